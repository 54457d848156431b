"""Texts to convert that stay in their files until then: those of a large site would fill the memory."""

from typing import Self

from sitegen.errors import SourceError
from sitegen.reading.front_matter import Matter, decode
from sitegen.reading.walk import TEXT_LIMIT, Entry, read_bytes
from sitegen.records import dataclass
from sitegen.store import digest_of

__all__ = ["Markdown", "Passage", "digest_of_markdown", "read_markdown", "size_of_markdown"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The text behind the front matter of a file."""

    entry: Entry
    start: int
    """Characters before it."""
    size: int
    """Its characters, without blank ones at its ends."""
    digest: str
    """`digest_of` it."""

    @classmethod
    def of(cls, entry: Entry, matter: Matter) -> Self:
        """Return where the text of a file stands that was read."""
        start = len(matter.head) + 1 if matter.head else 0
        return cls(entry, start, len(matter.text.strip()), digest_of(matter.text))

    def read(self) -> str:
        """Return the text. Raises SourceError when it cannot be read any more, or is another than it was."""
        path = self.entry.path
        text = decode(read_bytes(self.entry, at_most=TEXT_LIMIT), path)[self.start :]
        if digest_of(text) != self.digest:
            raise SourceError.of("changed while the site was being built", path=path, hint="run the build again")
        return text


Markdown = str | Passage
"""A text to convert: itself, or where it stands."""


def read_markdown(text: Markdown) -> str:
    """Return the text itself. Raises SourceError when it is not where it stood."""
    return text if isinstance(text, str) else text.read()


def digest_of_markdown(text: Markdown) -> str:
    """Return `digest_of` the text itself."""
    return digest_of(text) if isinstance(text, str) else text.digest


def size_of_markdown(text: Markdown) -> int:
    """Return about how many characters it has."""
    return len(text) if isinstance(text, str) else text.size
