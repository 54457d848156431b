"""Numbered pages that never change once they are full: page n counts from the oldest item."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from sitegen.records import dataclass

__all__ = ["Sheet", "paginate"]

Item = TypeVar("Item")  # the syntax of PEP 695 needs Python 3.12


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a list."""

    number: int
    """0 for the first page, which holds the newest; else counted from the oldest."""
    items: tuple[Item, ...]
    """Newest first."""


def paginate(items: Sequence[Item], size: int) -> tuple[Sheet[Item], ...]:
    """Split `items`, newest first, into pages: the first page, then the numbered ones from the newest to page 1.

    The first page takes the newest `size` to `2 * size - 1`, so that the numbered pages are always full and a new
    item changes the first page alone, until it sheds a whole page.
    """
    numbered = max(len(items) // size - 1, 0)
    first = len(items) - numbered * size
    sheets = [Sheet(0, tuple(items[:first]))]
    for number in range(numbered, 0, -1):
        start = len(items) - number * size
        sheets.append(Sheet(number, tuple(items[start : start + size])))
    return tuple(sheets)
