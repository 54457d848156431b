"""Documents of which planning's part is there and the rest is had when somebody asks for it.

A preview shows few of a large site's posts, and planning needs to know of all of them only where their links lead and
which parts they have: half of the time that opening such a site took was for what nobody had asked for.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from sys import intern
from typing import Any, Final

from sitegen.model import Document, Html
from sitegen.reading.documents import PartialDocument, fields_of_slots, partial_record, slots_of

__all__ = ["Load", "late_document", "outline_of"]

Load = Callable[[], Document]
"""Returns a document. Raises SitegenError when it cannot be had any more."""
_FIELDS: Final = frozenset(field.name for field in fields(Document))


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


class _LateDocument(PartialDocument):
    __slots__ = ()
    late: _Late

    def __getattr__(self, name: str) -> object:
        """Return a field that is not there yet."""
        if name not in _FIELDS:
            raise AttributeError(name)
        return getattr(self.late.get(), name)


def outline_of(document: Document) -> Sequence[Any]:
    """Return planning's part of a document as JSON has it."""
    return document.body.digest, fields_of_slots(document.body), document.anchors


def late_document(outline: Sequence[Any], load: Load) -> Document:
    """Return the document of which `outline_of` returned `outline`, and which `load` returns."""
    digest, slots, anchors = outline
    late = _Late(load)
    body = partial_record(_LateHtml, late=late, slots=slots_of(slots), digest=digest)
    return partial_record(_LateDocument, late=late, body=body, anchors=tuple(map(intern, anchors)))
