"""Documents as bytes and back, for whoever keeps them: a line of JSON, and behind it all long texts as they are.

What JSON would escape and read character by character is most of a document; cut by its lengths it takes a third of
the time. And most of that nobody asks for: of a post's document, nothing but the body is shown.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from sys import intern
from typing import Any, Final, TypeVar

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Document, Heading, Html, Slot, SlotKind
from sitegen.store import Parts, Shelved

__all__ = [
    "PartialDocument",
    "decode_document",
    "encode_document",
    "fields_of_slots",
    "partial_record",
    "slots_of",
]

_Record = TypeVar("_Record")

_Fields = Sequence[Any]
Keep = Callable[[Sequence[bytes]], Sequence[bytes | Shelved]]
"""Says, for texts that are to be kept, where they are."""
_ANY_TEXT: Final = ("utf-8", "surrogatepass")
_LATE: Final = ("lead_text", "inline")
"""Fields of a document that are made when they are asked for, in the order of `_Compact.late`."""
_ALL: Final = attrgetter(*(field.name for field in fields(Document)))
_EARLY: Final = tuple(field.name for field in fields(Document) if field.name not in _LATE)


class PartialDocument(Document):
    """A document of which some fields are there, and `__getattr__` has the others when somebody asks for them."""

    __slots__ = ("late",)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Document) and bool(_ALL(self) == _ALL(other)))

    __hash__ = Document.__hash__


def partial_record(kind: type[_Record], **known: object) -> _Record:
    """Return a frozen record of which only these fields are there."""
    record = object.__new__(kind)
    for name, value in known.items():
        object.__setattr__(record, name, value)
    return record


class _Compact(PartialDocument):
    """A document in half the memory, as a site has tens of thousands of them."""

    __slots__ = ()
    late: Parts

    def __getattr__(self, name: str) -> str:
        """Return a text that is not there yet: Python asks here for what a slot does not have."""
        if name not in _LATE:
            raise AttributeError(name)
        return self.late[_LATE.index(name)]


def encode_document(document: Document) -> bytes:
    """Return a document as bytes; equal documents give equal bytes."""
    body, opening = document.body, document.opening
    texts = [Parts.of(body.parts), Parts.of(opening.parts), Parts.of([document.lead_text, document.inline])]
    fields = [
        [length for text in texts for length in text.lengths],
        _fields_of_html(body),
        _fields_of_html(opening),
        [[heading.level, heading.id, heading.title] for heading in document.headings],
        document.anchors,
        document.more,
        document.words,
        document.hosts,
        document.drop_cap,
        [_fields_of_finding(finding) for finding in document.findings],
    ]
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode(*_ANY_TEXT)
    return b"".join([line, b"\n", *(text.data for text in texts)])


def _fields_of_html(html: Html) -> _Fields:
    return [len(html.parts), fields_of_slots(html), html.digest]


def fields_of_slots(html: Html) -> _Fields:
    """Return the slots of converted HTML as JSON has them."""
    return [[slot.kind.value, slot.target, slot.line] for slot in html.slots]


def _fields_of_finding(finding: Finding) -> _Fields:
    place = [finding.place.path, finding.place.line, finding.place.column]
    return [finding.what, place, finding.why, finding.hint, finding.excerpt, finding.severity.value]


def decode_document(data: bytes, keep: Keep = list) -> Document:
    """Return the document that `encode_document` turned into `data`, its texts where `keep` keeps them.

    Raises ValueError when that is not its form.
    """
    try:
        line, _, texts = data.partition(b"\n")
        texts.decode(*_ANY_TEXT)  # now, not when somebody asks for one of them
        lengths, *fields = json.loads(line.decode(*_ANY_TEXT))
        cut = _cut(texts, lengths, (fields[0][0], fields[1][0], len(_LATE)))
        if is_same := fields[0] == fields[1] and cut[0] == cut[1]:
            del cut[1]  # as of most summaries
        kept = [Parts(*part) for part in zip(keep([text for text, _ in cut]), [group for _, group in cut], strict=True)]
        body = _html(fields[0], kept[0])
        return _document(fields, body, body if is_same else _html(fields[1], kept[1]), kept[-1])
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise ValueError("not a document") from error


def _cut(texts: bytes, lengths: Sequence[int], counts: Sequence[int]) -> list[tuple[bytes, tuple[int, ...]]]:
    """Return the texts in groups of so many. Raises ValueError when there are more of them, or fewer."""
    if sum(lengths) != len(texts) or sum(counts) != len(lengths):
        raise ValueError("texts are missing")
    groups: list[tuple[bytes, tuple[int, ...]]] = []
    first = start = 0
    for count in counts:
        group = tuple(lengths[first : first + count])
        end = start + sum(group)
        groups.append((texts[start:end], group))
        first, start = first + count, end
    return groups


def _document(fields: _Fields, body: Html, opening: Html, late: Parts) -> Document:
    _, _, headings, anchors, more, words, hosts, drop_cap, findings = fields
    early = (
        body,
        opening,
        tuple([Heading(level, intern(id_), title) for level, id_, title in headings]),
        tuple(map(intern, anchors)),
        more,
        words,
        tuple(hosts),
        drop_cap,
        tuple([_finding(finding) for finding in findings]),
    )
    return partial_record(_Compact, late=late, **dict(zip(_EARLY, early, strict=True)))


_KINDS: Final = {kind.value: kind for kind in SlotKind}


def _html(fields: _Fields, parts: Parts) -> Html:
    _, slots, digest = fields
    return Html(parts, slots_of(slots), digest)


def slots_of(fields: _Fields) -> tuple[Slot, ...]:
    """Return the slots of which `fields_of_slots` returned `fields`."""
    return tuple([Slot(_KINDS[kind], target, line) for kind, target, line in fields])


def _finding(fields: _Fields) -> Finding:
    what, (path, line, column), why, hint, excerpt, severity = fields
    return Finding(what, Place(path, line, column), why, hint, excerpt, Severity(severity))
