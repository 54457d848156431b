"""Documents as bytes and back, for keeping them: JSON, one array per value, its fields in their order."""

import json
from typing import Any

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Document, Heading, Html, Slot, SlotKind

__all__ = ["decode_document", "encode_document"]


def encode_document(document: Document) -> bytes:
    """Return a document as bytes; equal documents give equal bytes."""
    fields = [
        _fields_of(document.body),
        _fields_of(document.opening),
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


def _fields_of(html: Html) -> list[Any]:
    return [html.parts, [[slot.kind.value, slot.target, slot.line] for slot in html.slots], html.digest]


def _fields_of_finding(finding: Finding) -> list[Any]:
    place = finding.place
    where = [place.path, place.line, place.column]
    return [finding.what, where, finding.why, finding.hint, finding.excerpt, finding.severity.value]


def decode_document(data: bytes) -> Document:
    """Return the document that became `data`. Raises ValueError when none did."""
    try:
        return _document(*json.loads(data.decode("utf-8", "surrogatepass")))
    except (TypeError, RecursionError) as error:
        raise ValueError("not a document") from error


def _document(
    body: Any,
    opening: Any,
    headings: Any,
    anchors: Any,
    more: Any,
    lead_text: Any,
    words: Any,
    hosts: Any,
    drop_cap: Any,
    findings: Any,
    inline: Any,
) -> Document:
    return Document(
        _html(body),
        _html(opening),
        tuple([Heading(*heading) for heading in headings]),
        frozenset(anchors),
        more,
        lead_text,
        words,
        tuple(hosts),
        drop_cap,
        tuple([_finding(*finding) for finding in findings]),
        inline,
    )


_KINDS = {kind.value: kind for kind in SlotKind}


def _html(fields: Any) -> Html:
    parts, slots, digest = fields
    return Html(tuple(parts), tuple([Slot(_KINDS[kind], target, line) for kind, target, line in slots]), digest)


def _finding(what: str, place: list[Any], why: str, hint: str, excerpt: str, severity: str) -> Finding:
    return Finding(what, Place(*place), why, hint, excerpt, Severity(severity))
