"""A store maps a digest to the content that has it, and to nothing else.

Reading fills it, rendering reads it: a view carries digests, so a plan stays small and its fingerprint honest, and
`render` stays a pure function although bodies and pictures are not in its arguments.
"""

import hashlib
from pathlib import Path

from sitegen.errors import SourceError

__all__ = ["Store", "digest_of"]

_DIGEST_BYTES = 20


def digest_of(*parts: bytes | str) -> str:
    """Return the digest of a sequence of strings: 40 hexadecimal digits of BLAKE2b, lengths included.

    Each part goes in behind its length, so that `("ab", "c")` and `("a", "bc")` differ.
    """
    state = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:%b" % (len(data), data))
    return state.hexdigest()


class Store:
    """Content by digest: the parts of converted bodies in memory, files where they lie on disk."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[str, ...]] = {}
        self._files: dict[str, tuple[Path, str]] = {}
        self._bytes: dict[str, bytes] = {}

    def add_parts(self, digest: str, parts: tuple[str, ...]) -> None:
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

    def parts(self, digest: str) -> tuple[str, ...]:
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
