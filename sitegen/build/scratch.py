"""A scratch file: where a build lays what would fill its memory and is asked for once or twice.

The file has no name, so it is gone with the last process that has it open, however that ends. Where there are no such
files, or no room for one, what would lie in it stays in memory.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from sitegen.errors import SitegenError
from sitegen.records import dataclass
from sitegen.store import Shelved

__all__ = ["Scratch"]

_NAMELESS: Final = getattr(os, "O_TMPFILE", 0)
"""Of Linux (open(2)), the only system on which worker processes are forked and so have the file open too."""
_SPARE: Final = 4 << 20
"""Bytes that are kept in memory before there is a file: those of 500 posts."""
_BLOCK: Final = 1 << 20
"""Bytes that are written at a time."""
_SMALL: Final = 96
"""Bytes that take as much memory as the note where they would lie."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """Bytes in a scratch file."""

    scratch: "Scratch"
    start: int

    def read(self, start: int, size: int) -> bytes:
        return self.scratch.read(self.start + start, size)


class Scratch:
    """Bytes in a file of `folder`, as long as the context lasts; None keeps all of them in memory."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._file: int | None = None
        self._held = 0
        self._is_full = False
        self._written = 0
        self._tail = bytearray()
        """What comes next in the file, and is not there yet."""

    def keep(self, pieces: Sequence[bytes]) -> list[bytes | Shelved]:
        """Keep `pieces`, in memory or in the file."""
        self._held += sum(map(len, pieces))
        if self._held <= _SPARE or self._is_full or not self._is_open():
            return list(pieces)
        return [self._laid(piece) if len(piece) > _SMALL else piece for piece in pieces]

    def _laid(self, piece: bytes) -> _Laid:
        laid = _Laid(self, self._written + len(self._tail))
        self._tail += piece
        if len(self._tail) > _BLOCK:
            self._write()
        return laid

    def _write(self) -> None:
        """Write the tail to the file. Where it cannot be written it stays, and nothing more is laid behind it."""
        assert self._file is not None  # noqa: S101  what is laid, is laid in an open file
        with suppress(OSError):  # as on a full disk, which will be told when the site itself is written
            if os.pwrite(self._file, self._tail, self._written) == len(self._tail):
                self._written += len(self._tail)
                self._tail.clear()
                return
        self._is_full = True

    def _is_open(self) -> bool:
        folder, self._folder = self._folder, None  # tried once
        if folder is not None and _NAMELESS:
            with suppress(OSError):
                self._file = os.open(folder, _NAMELESS | os.O_RDWR, 0o600)
        return self._file is not None

    def read(self, start: int, size: int) -> bytes:
        """Return `size` bytes that were laid at `start`. Raises SitegenError when they cannot be read."""
        if start >= self._written:
            start -= self._written
            return bytes(self._tail[start : start + size])
        assert self._file is not None, "the build is over"  # noqa: S101
        try:
            data = os.pread(self._file, size, start)
        except OSError as error:
            raise SitegenError.of(f"cannot read what was laid aside: {error.strerror}") from error
        if len(data) != size:
            raise SitegenError.of("what was laid aside is gone", why="something else than sitegen cut its scratch file")
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __reduce__(self) -> NoReturn:
        raise TypeError("a scratch file is of one process and those forked from it")
