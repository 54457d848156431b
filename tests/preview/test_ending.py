"""E5: however it is ended, `sitegen serve` is gone within a second, with all that it started, and leaves nothing."""

import os
import pty
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest
from previews import PATIENCE_S, Tab, parse, raw
from tiny import NOW, SiteFolder, post

ENDED_S = 5.0
"""1 s is promised, on a machine that does nothing else."""
ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)/")
GET = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@dataclass
class Terminal:
    """A terminal window in which `sitegen serve` runs, in a session of its own."""

    process: subprocess.Popen[bytes]
    screen: int
    """Descriptor to read from what the program prints, and to write to what is typed."""
    port: int
    printed: bytes

    def close(self) -> None:
        if self.screen >= 0:
            os.close(self.screen)
            self.screen = -1

    def read_to_end(self) -> bytes:
        """Return everything that was printed."""
        with suppress(OSError):  # EIO: nobody has the terminal open any more
            while data := os.read(self.screen, 65536):
                self.printed += data
        return self.printed


@contextmanager
def terminal(root: Path, *options: str, before: str = "exec") -> Iterator[Terminal]:
    screen, inside = pty.openpty()
    command = f'{before} "$0" -m sitegen serve --site "$1" "${{@:2}}"'
    process = subprocess.Popen(
        ["bash", "-c", command, sys.executable, str(root), *(options or ("--port", "0"))],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
        preexec_fn=_take_terminal,
    )
    os.close(inside)
    window = Terminal(process, screen, 0, b"")
    try:
        while not (found := ADDRESS.search(window.printed)):
            window.printed += os.read(screen, 65536)
        window.port = int(found[1])
        yield window
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        window.close()


def _take_terminal() -> None:
    """Make the terminal that is standard input the one of this session: Ctrl-C and hanging up reach its processes."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({"content/posts/a.md": post("A"), "content/posts/b.md": post("B")})


def assert_gone(window: Terminal, *, code: int = 0) -> None:
    started = perf_counter()
    assert window.process.wait(PATIENCE_S) == code
    assert perf_counter() - started < ENDED_S
    with pytest.raises(ProcessLookupError):
        os.killpg(window.process.pid, 0)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", window.port))


def assert_silent(printed: bytes) -> None:
    """Nothing but the greeting, and what the terminal shows of Ctrl-C."""
    assert b"Traceback" not in printed
    assert b"rror" not in printed
    assert len(printed.splitlines()) <= 4


ENDS: dict[str, Callable[[Terminal], object]] = {
    "Ctrl-C": lambda window: os.write(window.screen, b"\x03"),
    "SIGTERM": lambda window: window.process.terminate(),
    "hanging up": lambda window: window.process.send_signal(signal.SIGHUP),
    "closing the window": Terminal.close,
}


@pytest.mark.parametrize("end", ENDS)
def test_it_is_gone_at_once(folder: SiteFolder, end: str):
    with terminal(folder.root) as window:
        assert parse(raw(window.port, GET)).status == 200
        tab = Tab(window.port)
        tab.greet()
        with socket.create_connection(("127.0.0.1", window.port)) as silent:
            silent.sendall(b"GET / HT")
            ENDS[end](window)
            assert_gone(window)
        tab.close()
        if window.screen >= 0:
            assert_silent(window.read_to_end())
    folder.now = NOW
    folder.build()  # no lock is left behind


@pytest.mark.parametrize("end", ENDS)
def test_it_is_gone_at_once_while_it_reads_the_site(folder: SiteFolder, end: str):
    for n in range(300):
        folder.edit({f"content/posts/{n}.md": post(f"Post {n}", body="*Text* [of](a.md) some `length`.\n\n" * 50)})
    with terminal(folder.root) as window:
        ENDS[end](window)
        assert_gone(window)


@pytest.mark.parametrize("end", ["Ctrl-C", "closing the window"])
def test_it_is_gone_at_once_after_a_save(folder: SiteFolder, end: str):
    with terminal(folder.root) as window:
        assert parse(raw(window.port, GET)).status == 200
        folder.edit({"content/posts/a.md": post("A", body="Saved.")})
        ENDS[end](window)
        assert_gone(window)
    assert not list(folder.root.glob("output*"))


def test_one_that_shall_outlive_its_terminal_does(folder: SiteFolder):
    with terminal(folder.root, before="trap '' HUP; exec") as window:
        assert parse(raw(window.port, GET)).status == 200
        window.close()
        folder.edit({"content/posts/a.md": post("Seen")})
        while b"Seen" not in raw(window.port, GET):
            pass
        window.process.terminate()
        assert_gone(window)


def test_whoever_reads_its_output_may_stop(folder: SiteFolder):
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(folder.root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout
        assert child.stderr
        found = ADDRESS.search(child.stdout.readline())
        assert found
        child.stdout.close()  # as `| head -1` does
        port = int(found[1])
        for title in ("Seen", "Seen again", "And again"):  # the line about one is printed before the next is seen
            folder.edit({"content/posts/a.md": post(title)})
            while title.encode() not in raw(port, GET):
                pass
        child.terminate()
        assert child.wait(PATIENCE_S) == 0
        assert child.stderr.read() == b""


def test_a_taken_port_is_said_in_a_line(folder: SiteFolder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with terminal(folder.root, "--port", str(port)) as window:
            assert window.port > port  # the next one may be taken too
            assert f"port {port} is taken".encode() in window.printed
            ENDS["Ctrl-C"](window)
            assert_gone(window)


def test_a_port_that_is_free_again_is_used_again(folder: SiteFolder):
    with terminal(folder.root) as first:
        assert parse(raw(first.port, GET)).status == 200  # leaves a connection in TIME-WAIT
        first.process.terminate()
        assert_gone(first)
    with terminal(folder.root, "--port", str(first.port)) as second:
        assert second.port == first.port


def test_without_any_free_port_it_ends_and_says_so(folder: SiteFolder):
    command = [sys.executable, "-m", "sitegen", "serve", "--site", str(folder.root), "--port", "65535"]
    with suppress(OSError), socket.create_server(("127.0.0.1", 65535)):
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S * 3, check=False)
        assert done.returncode == 2
        assert "65535" in done.stderr
        assert "--port" in done.stderr
        assert "Traceback" not in done.stderr
