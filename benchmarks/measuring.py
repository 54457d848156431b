"""What a command takes: time, processor time and memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["BuildFailed", "Cost", "measure"]


class BuildFailed(Exception):
    """A command ended with an error; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    """From its start to its end."""
    cpu: float
    """Seconds of processor time, user and system, of all its processes."""
    memory: int
    """Bytes: the largest resident set of any of its processes."""


def measure(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder. Raises BuildFailed.

    The numbers come from wait4(2), which counts a process and all those that it waited for. Memory is never less than
    this script's own, about 20 MB: Linux counts what a process was before it became the command.
    """
    os.sync()  # what an earlier build left to be written to the disk is not this one's to wait for
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            said = log.read().decode(errors="replace")[-2000:]
            raise BuildFailed(f"exit code {process.returncode}; it said: {said}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
