"""The only module that changes the file system, one system call at a time.

Each such call passes through `Disk.change`, in an order that depends on nothing but the build: a test overrides that
one method to make call N fail, or to end the process there.

Nothing is flushed with fsync: these files survive the death of the process, which is what a build promises. After a
power failure a file may be short; the next build sees that, because it compares bytes, and writes the file again.
"""

import contextlib
import enum
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

from sitegen.errors import OutputError

__all__ = ["Disk", "Kind", "explained"]

_P = ParamSpec("_P")
_T = TypeVar("_T")
_FILE_MODE = 0o666  # less the umask, as any other program's files
_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_EMPTY = {errno.ENOTEMPTY, errno.EEXIST}  # rmdir(2): POSIX allows either


class Kind(enum.Enum):
    """What stands at a path; links are not followed."""

    NOTHING = "nothing"
    FILE = "file"
    FOLDER = "folder"
    OTHER = "link or special file"
    """Symbolic link, device, socket, pipe: never ours."""


class Disk:
    """Calls to the file system. All methods raise OSError; `explained` turns it into an error for people."""

    def change(self, function: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Make one state-changing system call and return what it returns."""
        return function(*args, **kwargs)

    def write_new(self, path: str, data: bytes) -> None:
        """Write a file that must not exist yet."""
        # O_BINARY exists on Windows only, where it keeps line ends as they are.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        file = self.change(os.open, path, flags, _FILE_MODE)
        try:
            self.write(file, data)
        finally:
            os.close(file)

    def write(self, file: int, data: bytes) -> None:
        """Write all of `data` to an open file; one call may take less than is offered."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.change(os.write, file, rest) :]

    def open_lock(self, path: str) -> int:
        """Return a file descriptor for reading and writing; the file is made if it is missing."""
        return self.change(os.open, path, os.O_RDWR | os.O_CREAT, _FILE_MODE)

    def replace(self, source: str, target: str) -> None:
        """Put the file `source` at `target` in one indivisible step, over a file that stands there."""
        self.change(os.replace, source, target)

    def remove(self, path: str) -> None:
        """Remove a file if it is there."""
        with contextlib.suppress(FileNotFoundError):
            self.change(os.unlink, path)

    def make_folder(self, path: str) -> bool:
        """Make one folder; return whether it was missing."""
        try:
            self.change(os.mkdir, path)
        except FileExistsError:
            return False
        return True

    def remove_folder(self, path: str) -> None:
        """Remove a folder if it is there and empty."""
        try:
            self.change(os.rmdir, path)
        except FileNotFoundError:
            return
        except OSError as error:
            if error.errno not in _NOT_EMPTY:
                raise

    def kind(self, path: str) -> Kind:
        """Return what stands at `path`."""
        try:
            mode = os.lstat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return Kind.NOTHING
        if stat.S_ISREG(mode):
            return Kind.FILE
        return Kind.FOLDER if stat.S_ISDIR(mode) else Kind.OTHER

    def holds(self, path: str, data: bytes) -> bool:
        """Whether a regular file with exactly these bytes stands at `path`."""
        try:
            info = os.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            return False
        return stat.S_ISREG(info.st_mode) and info.st_size == len(data) and self.read(path) == data

    def read(self, path: str) -> bytes:
        """Return a file's bytes."""
        return Path(path).read_bytes()

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """Return what a folder holds, by name."""
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)

    def same_file(self, one: str, other: str) -> bool:
        """Whether two names, both of which exist, are one file, as on a file system that ignores case."""
        return os.path.samestat(os.lstat(one), os.lstat(other))

    def same_device(self, one: str, other: str) -> bool:
        """Whether two folders lie on one file system, so that a file can be moved between them in one step."""
        return os.lstat(one).st_dev == os.lstat(other).st_dev

    def is_writable(self, folder: str) -> bool:
        """Whether files can be made and removed in a folder, as far as permissions tell."""
        return os.access(folder, os.W_OK | os.X_OK)


@contextlib.contextmanager
def explained(path: str, hint: str = "") -> Iterator[None]:
    """Turn an OSError into an OutputError that names `path`, the reason and, on a full disk, the free space."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in _FULL:
            reason += _free_space(path)
        raise OutputError.of(f"cannot write the site: {reason}", path=path, hint=hint) from error


def _free_space(path: str) -> str:
    folder = next((parent for parent in Path(path).parents if parent.is_dir()), None)
    if folder is None:
        return ""
    return f" ({shutil.disk_usage(folder).free:,} bytes free)"
