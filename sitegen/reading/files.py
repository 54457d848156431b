"""The files of a site that is read again and again: looked at where something has happened, else remembered."""

import os
import stat
from collections.abc import Collection
from pathlib import Path

from sitegen.errors import Finding
from sitegen.freshness import stamp_of
from sitegen.reading.tree import Tree, read_tree
from sitegen.reading.walk import Entry

__all__ = ["Files"]


class Files:
    """The tree of a site; each `Entry` has a version that changes when the file may have changed."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._everything = True
        self._round = 0
        self._read: tuple[Tree, tuple[Finding, ...]] | None = None

    def tell(self, paths: Collection[str]) -> None:
        """Take note that files or folders may have changed; with no path, that any may have."""
        self._told.update(paths)
        self._everything = self._everything or not paths

    def is_nothing(self, root: Path, path: str) -> bool:
        """Whether nothing is at `path`, nor was when the tree was last read: it was there for a moment only."""
        gone = self._read is not None and not os.path.lexists(root / path)
        return gone and _is_as_known(root, path, self._known)

    @property
    def _known(self) -> dict[str, Entry]:
        return {entry.path: entry for _, entry in self._read[0].entries} if self._read else {}

    def read_tree(self, root: Path) -> tuple[Tree, tuple[Finding, ...]]:
        """Return what `read_tree` would. Raises SourceError when there is no content/ folder."""
        self._round += 1
        known = self._known
        told = {path for path in self._told if path.startswith("content/") or path == "content"}
        if self._read is None or self._everything or not all(_is_as_known(root, path, known) for path in told):
            tree, findings = read_tree(root)
        else:
            tree, findings = self._read
        entries = tuple([(kind, self._versioned(entry, known)) for kind, entry in tree.entries])
        self._read = Tree(entries), findings
        self._told.clear()
        self._everything = False
        return self._read

    def _versioned(self, entry: Entry, known: dict[str, Entry]) -> Entry:
        """Return the entry as it was known, if nothing can have happened to its file since."""
        old = known.get(entry.path)
        if old is entry and not entry.is_link and entry.path not in self._told:
            return entry
        stamp = stamp_of(entry.file)
        if old is not None and entry.path not in self._told and old.version.startswith(f"{stamp} "):
            same = Entry(entry.path, entry.file, entry.is_link, old.version)
            return old if old == same else same
        return Entry(entry.path, entry.file, entry.is_link, f"{stamp} {self._round}")


def _is_as_known(root: Path, path: str, known: dict[str, Entry]) -> bool:
    """Whether the tree has nothing at `path` that was not there before, and nothing less."""
    try:
        status = os.lstat(root / path)
    except OSError:
        return path not in known and not any(other.startswith(f"{path}/") for other in known)
    entry = known.get(path)
    return entry is not None and not entry.is_link and stat.S_ISREG(status.st_mode)
