"""What each file below content/ is, by where it lies: a post, a page, an author, ... (CONTENT.md section 1)."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import splitext

from sitegen.errors import Finding, Place
from sitegen.reading.walk import Entry, walk
from sitegen.text import fold, nearest

__all__ = ["Kind", "Tree", "read_tree"]

_MARKDOWN = frozenset({".md", ".markdown"})
_YAML = frozenset({".yaml", ".yml"})
_DATA = _YAML | {".toml", ".json"}


class Kind(enum.Enum):
    """What a file is, named after the folder below content/ in which it lies."""

    POST = "posts"
    DRAFT = "drafts"
    """A post that is a draft whatever it says."""
    PAGE = "pages"
    AUTHOR = "authors"
    PROMO = "promos"
    COMMENTS = "comments"
    """The comments of one post."""
    DATA = "data"
    STATIC = "static"
    """Copied as it is, to the path below content/static/."""
    FILE = "files"
    """Any other file: published when something that is published needs it."""


_MARKDOWN_FOLDERS = {kind.value: kind for kind in (Kind.POST, Kind.DRAFT, Kind.PAGE, Kind.AUTHOR, Kind.PROMO)}
_FLAT = frozenset({Kind.AUTHOR, Kind.PROMO, Kind.DATA})


@dataclass(frozen=True)
class Tree:
    """The files of a site by what they are, in order of path."""

    entries: tuple[tuple[Kind, Entry], ...]

    def of(self, *kinds: Kind) -> tuple[Entry, ...]:
        """Return the files of these kinds: all of one, then of the next."""
        return tuple(entry for kind in kinds for entry in self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[Kind, list[Entry]]:
        found: dict[Kind, list[Entry]] = {}
        for kind, entry in self.entries:
            found.setdefault(kind, []).append(entry)
        return found


def read_tree(root: Path) -> tuple[Tree, tuple[Finding, ...]]:
    """Return what lies below `root`/content, and an error for each file that has no place there.

    Raises SourceError when there is no content/ folder. No file is opened.
    """
    files, faults = walk(root)
    found = [(_kind_of(entry.path), entry) for entry in files]
    misplaced = [kind for kind, _ in found if isinstance(kind, Finding)]
    return Tree(tuple((kind, entry) for kind, entry in found if isinstance(kind, Kind))), (*faults, *misplaced)


def _kind_of(path: str) -> Kind | Finding:
    """Return what the file at `path` is, or an error when it would be lost without a word."""
    folder, _, below = path.removeprefix("content/").rpartition("/")[0].partition("/")
    suffix = splitext(path)[1].lower()
    if folder == Kind.STATIC.value:
        return Kind.STATIC
    if folder == Kind.COMMENTS.value:
        return Kind.COMMENTS if suffix in _YAML else _not_comments(path)
    if folder == Kind.DATA.value and suffix in _DATA:
        return _misplaced(path, folder) if below else Kind.DATA
    if suffix not in _MARKDOWN:
        return Kind.FILE
    kind = _MARKDOWN_FOLDERS.get(folder)
    return _misplaced(path, folder) if kind is None or (kind in _FLAT and below) else kind


def _misplaced(path: str, folder: str) -> Finding:
    if folder in {kind.value for kind in _FLAT}:
        return Finding(
            f"is not read: content/{folder}/ has no folders", Place(path), hint=f"move it to content/{folder}/"
        )
    meant = next((name for name in _MARKDOWN_FOLDERS if name == fold(folder)), None) or nearest(
        folder, _MARKDOWN_FOLDERS
    )
    return Finding(
        "is not read: Markdown belongs into one of the folders posts, drafts, pages, authors and promos",
        Place(path),
        hint=f"did you mean content/{meant}/?" if meant else "move it to content/posts/ or content/pages/",
    )


def _not_comments(path: str) -> Finding:
    return Finding("is not read: comments are kept in .yaml files", Place(path), hint="rename it, or move it elsewhere")
