"""A scratch file: where a build lays what would fill its memory and is asked for once or twice.

The file has no name, so it is gone with the last process that has it open, however that ends. Where there are no such
files, or no room for one, what would lie in it stays in memory.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from sitegen.errors import SitegenError
from sitegen.store import Shelved

__all__ = ["Scratch"]

_NAMELESS: Final = getattr(os, "O_TMPFILE", 0)
"""Of Linux (open(2)), the only system on which worker processes are forked and so have the file open too."""
_SPARE: Final = 4 << 20
"""Bytes that are kept in memory before there is a file: those of 500 posts."""
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
        self._end = 0
        self._held = 0

    def keep(self, pieces: Sequence[bytes]) -> list[bytes | Shelved]:
        """Keep `pieces`, in memory or in the file."""
        size = sum(map(len, pieces))
        self._held += size
        if self._held <= _SPARE or not self._lay(pieces, size):
            return list(pieces)
        kept: list[bytes | Shelved] = []
        start = self._end
        for piece in pieces:
            kept.append(_Laid(self, start) if len(piece) > _SMALL else piece)
            start += len(piece)
        self._end = start
        return kept

    def _lay(self, pieces: Sequence[bytes], size: int) -> bool:
        """Write `pieces` to the end of the file; return whether they are there."""
        if self._file is None and not self._open():
            return False
        assert self._file is not None  # noqa: S101  it was just opened
        with suppress(OSError):  # as on a full disk, which will be told when the site itself is written
            return os.pwritev(self._file, pieces, self._end) == size
        return False

    def _open(self) -> bool:
        folder, self._folder = self._folder, None  # tried once
        if folder is not None and _NAMELESS:
            with suppress(OSError):
                self._file = os.open(folder, _NAMELESS | os.O_RDWR, 0o600)
        return self._file is not None

    def read(self, start: int, size: int) -> bytes:
        """Return `size` bytes of the file. Raises SitegenError when it cannot be read."""
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
