"""Documents as bytes and back, for whoever keeps them: JSON, an array per value with its fields in their order."""

import json
from collections.abc import Sequence
from typing import Any

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Document, Heading, Html, Slot, SlotKind

__all__ = ["decode_document", "encode_document"]

_Fields = Sequence[Any]


def encode_document(document: Document) -> bytes:
    """Return a document as bytes; equal documents give equal bytes."""
    fields = [
        _fields_of_html(document.body),
        _fields_of_html(document.opening),
        [[heading.level, heading.id, heading.title] for heading in document.headings],
        sorted(document.anchors),
        document.more,
        document.lead_text,
        document.words,
        document.hosts,
        document.drop_cap,
        [_fields_of_finding(finding) for finding in document.findings],
        document.inline,
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _fields_of_html(html: Html) -> _Fields:
    return [html.parts, [[slot.kind.value, slot.target, slot.line] for slot in html.slots], html.digest]


def _fields_of_finding(finding: Finding) -> _Fields:
    place = [finding.place.path, finding.place.line, finding.place.column]
    return [finding.what, place, finding.why, finding.hint, finding.excerpt, finding.severity.value]


def decode_document(data: bytes) -> Document:
    """Return the document that `encode_document` turned into `data`. Raises ValueError when that is not its form."""
    try:
        return _document(json.loads(data.decode("utf-8", "surrogatepass")))
    except (TypeError, RecursionError) as error:
        raise ValueError("not a document") from error


def _document(fields: _Fields) -> Document:
    body, opening, headings, anchors, more, lead_text, words, hosts, drop_cap, findings, inline = fields
    return Document(
        body=_html(body),
        opening=_html(opening),
        headings=tuple([Heading(level, id_, title) for level, id_, title in headings]),
        anchors=frozenset(anchors),
        more=more,
        lead_text=lead_text,
        words=words,
        hosts=tuple(hosts),
        drop_cap=drop_cap,
        findings=tuple([_finding(finding) for finding in findings]),
        inline=inline,
    )


def _html(fields: _Fields) -> Html:
    parts, slots, digest = fields
    return Html(tuple(parts), tuple([Slot(SlotKind(kind), target, line) for kind, target, line in slots]), digest)


def _finding(fields: _Fields) -> Finding:
    what, (path, line, column), why, hint, excerpt, severity = fields
    return Finding(what, Place(path, line, column), why, hint, excerpt, Severity(severity))
