"""A site of one generator, and the kinds of builds: what is done to the site before each."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from generators import Generator

__all__ = ["Kind", "Site"]

_TITLE: Final = re.compile(r"^((?:\.\. )?title: \"?)", re.IGNORECASE | re.MULTILINE)


class Kind(StrEnum):
    """A kind of build."""

    COLD = "cold"
    """Neither output nor caches are there."""
    UNCHANGED = "nothing changed"
    """The same sources once more."""
    BODY = "one body"
    """The text of a post in the middle has a paragraph more."""
    TITLE = "one title"
    """The title of a post in the middle has a word more."""
    NEWEST = "newest title"
    """The title of the newest post, which stands on every page, has a word more."""


@dataclass(frozen=True, slots=True)
class Site:
    """The site of one generator."""

    generator: Generator
    command: Sequence[str | Path]
    folder: Path
    posts: Sequence[Path]
    """Sources of the posts, the oldest first."""

    def prepare(self, kind: Kind, mark: str) -> None:
        """Do what comes before a build of that kind. What is edited then has the word `mark`."""
        middle, newest = self.posts[len(self.posts) // 2], self.posts[-1]
        if kind is Kind.COLD:
            self._forget()
        elif kind is Kind.BODY:
            _edit(middle, f"{middle.read_text(encoding='utf-8')}\n{mark} is the last word of it.\n")
        elif kind in {Kind.TITLE, Kind.NEWEST}:
            post = middle if kind is Kind.TITLE else newest
            _edit(post, _TITLE.sub(rf"\g<1>{mark} ", post.read_text(encoding="utf-8"), count=1))

    def _forget(self) -> None:
        """Delete the output, and all that builds left to be faster next time."""
        for pattern in (self.generator.output, *self.generator.leftovers):
            for path in self.folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def files(self) -> int:
        """Return the number of published files. Names with a leading dot, such as a manifest's, are not counted."""
        return sum(path.is_file() and not path.name.startswith(".") for path in self._output().rglob("*"))

    def pages_with(self, mark: str) -> int:
        """Return the number of published pages that have a word."""
        return sum(mark.encode() in page.read_bytes() for page in self._output().rglob("*.html"))

    def _output(self) -> Path:
        return self.folder / self.generator.output


def _edit(post: Path, text: str) -> None:
    post.write_text(text, encoding="utf-8")
