"""Documents of which planning's part is there and the rest is had when somebody asks for it.

A preview shows few of a large site's posts, and planning needs to know of all of them only where their links lead and
which parts they have: half of the time that opening such a site took was for what nobody had asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from sys import intern
from typing import Any, Final

from sitegen.model import Document, Html, Slot, SlotKind

__all__ = ["Load", "late_document", "outline_of"]

Load = Callable[[], Document]
"""Returns a document. Raises SitegenError when it cannot be had any more."""
_ALL: Final = attrgetter(*(field.name for field in fields(Document)))
_FIELDS: Final = frozenset(field.name for field in fields(Document))
_KINDS: Final = {kind.value: kind for kind in SlotKind}


class _Late:
    """A document, once it was asked for."""

    __slots__ = ("_document", "_load")

    def __init__(self, load: Load) -> None:
        self._load = load
        self._document: Document | None = None

    def get(self) -> Document:
        """Return it. In two threads at once it may be had twice, which does no harm: it is the same."""
        document = self._document
        if document is None:
            document = self._document = self._load()
        return document


class _LateHtml(Html):
    __slots__ = ("late",)
    late: _Late

    def __getattr__(self, name: str) -> Sequence[str]:
        """Return the parts: Python asks here for what a slot does not have."""
        if name != "parts":
            raise AttributeError(name)
        return self.late.get().body.parts


class _LateDocument(Document):
    __slots__ = ("late",)
    late: _Late

    def __getattr__(self, name: str) -> object:
        """Return a field that is not there yet."""
        if name not in _FIELDS:
            raise AttributeError(name)
        return getattr(self.late.get(), name)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Document) and bool(_ALL(self) == _ALL(other)))

    __hash__ = Document.__hash__


def outline_of(document: Document) -> Sequence[Any]:
    """Return planning's part of a document as JSON has it."""
    slots = [(slot.kind.value, slot.target, slot.line) for slot in document.body.slots]
    return document.body.digest, slots, document.anchors


def late_document(outline: Sequence[Any], load: Load) -> Document:
    """Return the document of which `outline_of` returned `outline`, and which `load` returns."""
    digest, slots, anchors = outline
    late = _Late(load)
    body, document = object.__new__(_LateHtml), object.__new__(_LateDocument)
    for name, value in (
        ("late", late),
        ("slots", tuple([Slot(_KINDS[kind], target, line) for kind, target, line in slots])),
        ("digest", digest),
    ):
        object.__setattr__(body, name, value)
    for name, value in (("late", late), ("body", body), ("anchors", tuple(map(intern, anchors)))):
        object.__setattr__(document, name, value)
    return document
