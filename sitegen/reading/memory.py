"""What was read last time: a site that is read again is read where its files differ, and nowhere else.

It holds for one configuration. Each thing is remembered with all that it was made from, so nothing has to be thrown
away when a file changes: an `Entry` of another version makes another text, and that another post.
"""

from dataclasses import field
from pathlib import Path
from typing import Any

from sitegen.errors import Finding
from sitegen.memo import Forgetful, Memo
from sitegen.reading.files import Files
from sitegen.reading.recollection import Recollection
from sitegen.reading.tree import Tree, read_tree
from sitegen.records import dataclass

__all__ = ["Memory", "no_memory"]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a site, each by path."""

    tree: Files = field(default_factory=Files)
    """Which files there are."""
    matters: Memo[str, Any] = field(default_factory=Memo)
    """What the front matter of single files says, with its faults."""
    files: Memo[str, Any] = field(default_factory=Memo)
    """What other files say: comments, data, digests of pictures."""
    names: Memo[str, Any] = field(default_factory=Memo)
    """Posts named and dated."""
    documents: Memo[str, Any] = field(default_factory=Memo)
    """What the texts of a file became."""
    posts: Memo[str, Any] = field(default_factory=Memo)
    """Posts joined with what belongs to them."""
    shared: Memo[str, Any] = field(default_factory=Memo)
    """What posts are joined with, by what it is."""
    earlier: Recollection = field(default_factory=Recollection)
    """What posts said when the site was last opened."""

    def turn(self) -> None:
        """Forget what the site has not any more."""
        for memo in (self.matters, self.files, self.names, self.documents, self.posts, self.shared):
            memo.turn()


class _AnyFiles(Files):
    """The tree of a site that is read once, its entries without a version."""

    def read_tree(self, root: Path) -> tuple[Tree, tuple[Finding, ...]]:
        """Return what `read_tree` returns."""
        return read_tree(root)


def no_memory() -> Memory:
    """Return the memory of those who read a site once."""
    return Memory(_AnyFiles(), Forgetful(), Forgetful(), Forgetful(), Forgetful(), Forgetful(), Forgetful())
