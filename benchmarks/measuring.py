"""Builds a site once and says what it took."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generators import Generator

__all__ = ["BuildFailed", "Cost", "Site", "measure"]


class BuildFailed(Exception):
    """A generator ended with an error; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took."""

    seconds: float
    """From its start to its end."""
    cpu: float
    """Seconds of processor time, user and system, of all its processes."""
    memory: int
    """Bytes: the largest resident set of any of its processes."""


def measure(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder. Raises BuildFailed.

    The numbers come from wait4(2), which adds up a process and all those it waited for. A process starts with the
    memory of the one that made it, so nothing below this script's own memory, about 20 MB, can be measured.
    """
    os.sync()  # what the build before it left to be written is not this one's to wait for
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise BuildFailed(log.read().decode(errors="replace")[-2000:])
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


@dataclass(slots=True)
class Site:
    """The site of one generator: its folder, its posts, and the edits that are made to them."""

    generator: Generator
    command: Sequence[str | Path]
    folder: Path
    posts: Sequence[Path]
    """Sources of the posts, the oldest first."""

    @property
    def output(self) -> Path:
        """Folder that it publishes."""
        return self.folder / self.generator.output

    def build(self) -> Cost:
        """Build it. Raises BuildFailed."""
        return measure(self.command, self.folder)

    def forget(self) -> None:
        """Delete what was built, and all that a build left to be faster next time."""
        for pattern in (self.generator.output, *self.generator.memory):
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def pages(self) -> list[Path]:
        """Return the published files of HTML."""
        return list(self.output.rglob("*.html"))

    def files(self) -> int:
        """Return the number of published files; names with a dot, such as manifests, are not counted."""
        return sum(1 for path in self.output.rglob("*") if path.is_file() and not path.name.startswith("."))

    def pages_with(self, word: str) -> int:
        """Return the number of pages that a word stands on."""
        return sum(1 for page in self.pages() if word.encode() in page.read_bytes())
