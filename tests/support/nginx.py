"""An nginx of the test's own, on a socket in a folder of its own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

__all__ = ["Answer", "can_run", "serving"]

Answer = tuple[int, Message, str]
"""Status, headers, body."""

_MEDIA_TYPES = Path("/etc/nginx/mime.types")
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def can_run() -> bool:
    """Whether an nginx is installed."""
    return shutil.which("nginx") is not None and _MEDIA_TYPES.exists()


@contextmanager
def serving(configuration: str) -> Iterator[Callable[..., Answer]]:
    """Run nginx with what would stand in its `http` block and listens on port 80; yield a function that asks it."""
    with tempfile.TemporaryDirectory() as place:  # not pytest's: the path of a socket has at most 107 bytes
        address = f"{place}/socket"
        file = Path(place, "nginx.conf")
        file.write_text(_whole(configuration.replace("listen 80;", f"listen unix:{address};"), place), encoding="utf-8")
        server = subprocess.Popen(["nginx", "-p", place, "-c", file])
        try:
            _wait_for(address)
            yield lambda url, **headers: _ask(address, url, headers)
        finally:
            server.terminate()
            server.wait(timeout=10)


def _whole(configuration: str, place: str) -> str:
    user = "user root;" if os.geteuid() == 0 else ""  # or it could not read the test's files
    folders = "".join(f"{name}_temp_path {place}/{name};" for name in _TEMPORARY)
    return (
        f"daemon off; pid {place}/pid; error_log {place}/errors; {user}\nevents {{}}\n"
        f"http {{ include {_MEDIA_TYPES}; access_log off; {folders}\n{configuration}}}\n"
    )


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            return _connect(address).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _connect(address: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        raise
    return connection


def _ask(address: str, url: str, headers: dict[str, str]) -> Answer:
    connection = HTTPConnection("localhost")
    connection.sock = _connect(address)
    try:
        connection.request("GET", url, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()
