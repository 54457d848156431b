"""Reading files that somebody may be saving: whole as they were saved, never the one half that is already there."""

import errno
import os
from pathlib import Path
from time import sleep, time_ns  # noqa: TID251  # how young a file is reaches no byte

__all__ = ["read_steady"]

_QUIET_NS = 10_000_000
"""For so long nobody may have written to a file. Editors that empty it first fill it again within 1 ms."""
_TRIES = 100


def read_steady(file: Path) -> bytes:
    """Return the bytes of a file, after waiting for whoever is writing it; for 1 s at most.

    Raises OSError when it cannot be read, EBUSY when it is still being written.
    """
    for _ in range(_TRIES):
        before = file.stat()
        data = file.read_bytes()
        if (age := _age_of(before)) < _QUIET_NS:
            sleep((_QUIET_NS - age) / 1e9)
        if _times_of(file.stat()) == _times_of(before):
            return data
    raise OSError(errno.EBUSY, "it is still being written", str(file))


def _age_of(status: os.stat_result) -> int:
    """Return the nanoseconds since a file was written or got its name; one from the future is as old as it is early."""
    now = time_ns()
    return min(abs(now - status.st_mtime_ns), abs(now - status.st_ctime_ns))


def _times_of(status: os.stat_result) -> tuple[int, int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
