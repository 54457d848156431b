"""One build at a time: a lock on a file, which the system frees when its holder dies, however it dies.

The file is removed by the holder while it still holds the lock. So somebody may lock a file that has just lost its
name; whoever gets the lock therefore checks that the name still leads to the locked file, and starts again if not.
"""

import contextlib
import os
import sys
from pathlib import Path
from time import sleep

from sitegen.errors import BusyError
from sitegen.writing.disk import Disk

__all__ = ["acquire", "release"]

if sys.platform == "win32":  # no cover: Windows only
    import msvcrt

    def _lock(file: int) -> None:
        # A byte that is never written, because Windows lets nobody else read a locked one.
        os.lseek(file, 1 << 20, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_TRIES = 100
_PAUSE = 0.005
"""Seconds between tries while the holder, who has just begun or is just ending, is not named in the file."""


def acquire(path: Path, output: Path, disk: Disk) -> int:
    """Lock the file `path`, making it and its folder; return its descriptor, for `release`.

    Raises BusyError when another process builds `output`, OSError when there can be no such file.
    """
    for _ in range(_TRIES):
        file = _open(path, disk)
        if file is None:
            continue
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            os.close(file)
            if holder := _holder(path):
                raise _busy(f"another build (pid {holder})", output) from error
            sleep(_PAUSE)
            continue
        if _is_at(file, path):
            _sign(file, path, disk)
            return file
        os.close(file)
    raise _busy("another build", output)


def _open(path: Path, disk: Disk) -> int | None:
    """Open the file; None when its last holder has just removed the folder."""
    made = disk.make_folder(str(path.parent))
    try:
        return disk.open_lock(str(path))
    except FileNotFoundError:
        return None
    except OSError:
        if made:
            with contextlib.suppress(OSError):
                disk.remove_folder(str(path.parent))
        raise


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except FileNotFoundError:
        return False


def _sign(file: int, path: Path, disk: Disk) -> None:
    """Leave our process id in the locked file, for the message that others show."""
    try:
        disk.change(os.ftruncate, file, 0)
        disk.write(file, b"%d\n" % os.getpid())
    except BaseException:
        with contextlib.suppress(OSError):
            release(file, path, disk, remove=True)
        raise


def _holder(path: Path) -> str:
    """Return the process id in the lock file; empty when there is none, or no file any more."""
    try:
        holder = path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""
    return holder if holder.isdigit() else ""


def _busy(who: str, output: Path) -> BusyError:
    return BusyError.of(f"{who} is writing {output}", hint="wait until it has finished")


def release(file: int, path: Path, disk: Disk, *, remove: bool) -> None:
    """Give the lock up; `remove` also removes its file and, when nothing else is in it, its folder."""
    if sys.platform == "win32":  # no cover: Windows only, where an open file can't be removed
        os.close(file)
        if remove:
            with contextlib.suppress(PermissionError):  # the next build has opened it already
                disk.remove(str(path))
                disk.remove_folder(str(path.parent))
        return
    try:
        if remove:
            disk.remove(str(path))
            disk.remove_folder(str(path.parent))
    finally:
        os.close(file)
