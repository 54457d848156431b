"""A store maps a digest to the content that has it, and to nothing else.

Reading fills it, rendering reads it: a view carries digests, so a plan stays small and its fingerprint honest, and
`render` stays a pure function although bodies and pictures are not in its arguments.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol, overload

from sitegen.errors import SourceError
from sitegen.records import dataclass

__all__ = ["Parts", "Shelved", "Store", "digest_of", "digest_of_pieces"]

_DIGEST_BYTES = 20
_ANY_TEXT = ("utf-8", "surrogatepass")


def digest_of(*parts: bytes | str) -> str:
    """Return the digest of a sequence of strings: 40 hexadecimal digits of BLAKE2b, lengths included.

    Each part goes in behind its length, so that `("ab", "c")` and `("a", "bc")` differ.
    """
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode(*_ANY_TEXT) if isinstance(part, str) else part
        state.update(b"%d:%b" % (len(data), data))
    return state.hexdigest()


def digest_of_pieces(pieces: Sequence[bytes]) -> str:
    """Return `digest_of` the bytes that these pieces make up, without joining them."""
    state = hashlib.blake2b(b"%d:" % sum(map(len, pieces)), digest_size=_DIGEST_BYTES)
    for piece in pieces:
        state.update(piece)
    return state.hexdigest()


class Shelved(Protocol):
    """Bytes that are elsewhere than in memory."""

    def read(self, start: int, size: int) -> bytes:
        """Return so many of them. Raises SitegenError when they cannot be had."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Parts(Sequence[str]):
    """Strings as UTF-8, each made when it is asked for.

    One typographic quote in a string makes all its letters take two bytes: so 10,000 bodies take half as much.
    """

    kept: bytes | Shelved
    lengths: tuple[int, ...]
    """Bytes of each string."""

    @property
    def data(self) -> bytes:
        """All of them, one behind the other."""
        return self._read(0, sum(self.lengths))

    def _read(self, start: int, size: int) -> bytes:
        kept = self.kept
        return kept[start : start + size] if isinstance(kept, bytes) else kept.read(start, size)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Parts":
        """Return these strings."""
        if isinstance(texts, Parts):
            return texts
        encoded = [text.encode(*_ANY_TEXT) for text in texts]
        return cls(b"".join(encoded), tuple(map(len, encoded)))

    def __len__(self) -> int:
        return len(self.lengths)

    def __iter__(self) -> Iterator[str]:
        data, start = self.data, 0
        for length in self.lengths:
            yield data[start : start + length].decode(*_ANY_TEXT)
            start += length

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice) or index < 0:
            return tuple(self)[index]
        return self._read(sum(self.lengths[:index]), self.lengths[index]).decode(*_ANY_TEXT)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Parts):
            return self.lengths == other.lengths and self.data == other.data
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class Store:
    """Content by digest: the parts of converted bodies in memory, files where they lie on disk."""

    def __init__(self) -> None:
        self._parts: dict[str, Sequence[str]] = {}
        self._files: dict[str, tuple[Path, str]] = {}
        self._bytes: dict[str, bytes] = {}

    def add_parts(self, digest: str, parts: Sequence[str]) -> None:
        """Keep the strings between the slots of a converted body."""
        self._parts[digest] = parts

    def add_file(self, digest: str, file: Path, path: str) -> None:
        """Remember that `file` had `digest` when it was read; `path` is how a message names it.

        Of several, the one counts that was read last: the others may be gone by now.
        """
        self._files[digest] = (file, path)

    def add_bytes(self, data: bytes) -> str:
        """Keep `data` itself, such as a stylesheet that was minified, and return its digest."""
        digest = digest_of(data)
        self._bytes[digest] = data
        return digest

    def parts(self, digest: str) -> Sequence[str]:
        """Return the strings between the slots of a body; KeyError if the store never had it (a bug)."""
        return self._parts[digest]

    def file(self, digest: str) -> bytes:
        """Return a file's bytes. Raises SourceError if it changed since it was read, KeyError if it never was."""
        if digest in self._bytes:
            return self._bytes[digest]
        file, path = self._files[digest]
        try:
            data = file.read_bytes()
        except OSError as error:
            raise SourceError.of(f"cannot read the file: {error.strerror}", path=path) from error
        if digest_of(data) != digest:
            raise SourceError.of(
                "changed while the site was being built", path=path, hint="run the build again when saving is done"
            )
        return data
