"""A server of a generator that shows its site while it is written."""

import http.client
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from generators import GENERATORS

__all__ = ["Server", "ServerFailed"]

_PATIENCE_S = 300.0
_PAUSE_S = 0.002
"""Between two questions whether an edit is seen."""


class ServerFailed(Exception):
    """A server ended, or does not show what it should."""


class Server:
    """The server of one site. It is asked over HTTP, by its own name."""

    def __init__(self, name: str, venvs: Path, folder: Path) -> None:
        self.name = name
        self._program = GENERATORS[name].command(venvs / GENERATORS[name].program)[0]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    def start(self) -> float:
        """Start it; return the seconds until it has answered for the front page."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        started = time.perf_counter()
        self._process = subprocess.Popen(
            self._command(), cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while self.get("/")[0] != http.HTTPStatus.OK:
            if self._process.poll() is not None or time.perf_counter() - started > _PATIENCE_S:
                raise ServerFailed(f"{self.name} does not serve")
            time.sleep(_PAUSE_S)
        return time.perf_counter() - started

    def stop(self) -> None:
        """End it, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of an answer; status 0 when there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE_S)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def wait_for(self, path: str, mark: str) -> None:
        """Ask for a page until it shows `mark`."""
        deadline = time.perf_counter() + _PATIENCE_S
        while mark.encode() not in self.get(path)[1]:
            if time.perf_counter() > deadline:
                raise ServerFailed(f"{self.name} does not show {mark} at {path}")
            time.sleep(_PAUSE_S)

    def memory(self) -> int:
        """Return the bytes of its resident set; only on Linux."""
        status = (self._of_process() / "status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024

    def descriptors(self) -> int:
        """Return the number of its open files; only on Linux."""
        return len(list((self._of_process() / "fd").iterdir()))

    def _of_process(self) -> Path:
        return Path("/proc", str(self._process.pid if self._process else "none"))

    def _command(self) -> Sequence[str | Path]:
        if self.name == "sitegen":
            return self._program, "serve", "--port", str(self._port)
        return self._program, "server", "--port", str(self._port), "--bind", "127.0.0.1"
