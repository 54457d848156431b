"""Canonical text: the same for equal values of one type in every process, another for all others.

It is `repr`, which names all fields of a frozen dataclass. What many views hold, such as the card of a post, is written
once and then stands as its digest.
"""

from collections.abc import Iterable
from typing import Any

from sitegen.store import digest_of
from sitegen.view import CardView, DateView, DayGroup, FeedEntry

__all__ = ["Canonical"]

_SHARED = frozenset({CardView, DateView, FeedEntry})
"""Classes of which planning makes one record per post, for all views that show it."""
_HOLDING = frozenset({tuple, DayGroup, *_SHARED})
"""Where such records are found; everything else is left to `repr`, which runs in C."""


class Canonical:
    """Writes canonical text, and remembers for its own life the digests of the records that views share."""

    def __init__(self) -> None:
        # Each with its record, so that the id stays the record's own.
        self._digests: dict[int, tuple[object, str]] = {}

    def texts(self, values: Iterable[Any]) -> list[str]:
        """Return the canonical text of each value: no line end is in it, and no lone surrogate."""
        return [self._text(value) if type(value) in _HOLDING else repr(value) for value in values]

    def _text(self, value: Any) -> str:  # noqa: ANN401  whatever a view holds
        kind = type(value)
        if kind in _SHARED:
            return self._digest(value)
        if kind is DayGroup:
            return f"DayGroup({', '.join(self.texts((value.date, value.posts)))})"
        # The elements of a tuple are of one class, so the first tells whether there is anything to find.
        return f"({', '.join(self.texts(value))})" if value and type(value[0]) in _HOLDING else repr(value)

    def _digest(self, record: object) -> str:
        known = self._digests.get(id(record))
        if known is None or known[0] is not record:  # sent to another process, ids are others' there
            known = record, f"#{digest_of(repr(record))}"  # a sign that begins no repr
            self._digests[id(record)] = known
        return known[1]
