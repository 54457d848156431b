"""The staging folder `.NAME.sitegen/` beside the output: new files wait in it, numbered, until all of them are there.

It lies beside the output to be on the same file system, where moving a file is one indivisible step. It also holds
the lock and the journal, and is gone when a build ends, well or not; only a commit that could not be finished stays.
"""

import errno
from pathlib import Path
from typing import Self

from sitegen.store import digest_of
from sitegen.writing.disk import Disk, Kind
from sitegen.writing.journal import Step, decode_journal, encode_journal
from sitegen.writing.lock import acquire, release

__all__ = ["Staging"]

_JOURNAL = "journal"
_LOCK = "lock"


class Staging:
    """A locked staging folder. All methods raise OSError."""

    def __init__(self, folder: Path, lock: int, disk: Disk) -> None:
        self._folder = folder
        self._lock = lock
        self._disk = disk
        self._count = 0

    @classmethod
    def open(cls, output: Path, disk: Disk) -> Self:
        """Lock the staging folder of `output`, making it if it is missing. Raises BusyError when it is locked."""
        folder = output.with_name(f".{output.name}.sitegen")
        if disk.kind(str(folder)) not in {Kind.NOTHING, Kind.FOLDER}:
            raise NotADirectoryError(errno.ENOTDIR, f"{folder} is not a folder")
        return cls(folder, acquire(folder / _LOCK, output, disk), disk)

    def on_same_device(self, output: Path) -> bool:
        """Whether a file can be moved from here to `output` in one step."""
        return self._disk.same_device(str(self._folder), str(output))

    @property
    def folder(self) -> str:
        """Where the files wait."""
        return str(self._folder)

    def path(self, name: str) -> str:
        """Return where the file `name` lies."""
        return f"{self._folder}/{name}"

    def has(self, name: str) -> bool:
        """Whether the file `name` is here."""
        return bool(name) and self._disk.kind(self.path(name)) is Kind.FILE

    def add(self, data: bytes) -> str:
        """Keep `data` in a new file and return the file's name."""
        name = str(self._count)
        self._count += 1
        self._disk.write_new(self.path(name), data)
        return name

    def write_journal(self, steps: tuple[Step, ...]) -> None:
        """Write the journal; when this returns, the commit will be carried out, by us or by the next build."""
        draft = self.path(self.add(encode_journal(steps)))
        self._disk.replace(draft, self.path(_JOURNAL))

    def has_journal(self) -> bool:
        """Whether a commit waits to be finished."""
        return self.has(_JOURNAL)

    def read_journal(self) -> tuple[Step, ...] | None:
        """Return the steps of the waiting commit, or None when it can't be trusted.

        It is trusted only whole: the journal, and each file that it has still to put in place, have the digests that
        they were given. Anything else was not left by a process that died, but by a disk or a hand.
        """
        steps = decode_journal(self._disk.read(self.path(_JOURNAL)))
        return steps if steps is not None and all(map(self._is_whole, steps)) else None

    def _is_whole(self, step: Step) -> bool:
        return not self.has(step.staged) or digest_of(self._disk.read(self.path(step.staged))) == step.digest

    def discard(self) -> None:
        """Remove the journal, then all other files but the lock."""
        self._disk.remove(self.path(_JOURNAL))
        for entry in self._disk.entries(str(self._folder)):
            if entry.name != _LOCK and not entry.is_dir(follow_symlinks=False):
                self._disk.remove(entry.path)

    def close(self) -> None:
        """Give the lock up and remove the folder, which stays only if a commit waits in it."""
        waiting = self.has_journal()
        try:
            if not waiting:
                self.discard()
        finally:
            release(self._lock, self._folder / _LOCK, self._disk, remove=not waiting)
