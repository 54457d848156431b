"""Documents as bytes and back, for whoever keeps them: a line of JSON, and behind it all long texts as they are.

What JSON would escape and read character by character is most of a document; cut by its lengths it takes a third of
the time.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Document, Heading, Html, Slot, SlotKind

__all__ = ["decode_document", "encode_document"]

_Fields = Sequence[Any]


def encode_document(document: Document) -> bytes:
    """Return a document as bytes; equal documents give equal bytes."""
    body, opening = document.body, document.opening
    texts = [*body.parts, *opening.parts, document.lead_text, document.inline]
    fields = [
        [len(text) for text in texts],
        _fields_of_html(body),
        _fields_of_html(opening),
        [[heading.level, heading.id, heading.title] for heading in document.headings],
        sorted(document.anchors),
        document.more,
        document.words,
        document.hosts,
        document.drop_cap,
        [_fields_of_finding(finding) for finding in document.findings],
    ]
    line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return "".join([line, "\n", *texts]).encode("utf-8", "surrogatepass")


def _fields_of_html(html: Html) -> _Fields:
    return [len(html.parts), [[slot.kind.value, slot.target, slot.line] for slot in html.slots], html.digest]


def _fields_of_finding(finding: Finding) -> _Fields:
    place = [finding.place.path, finding.place.line, finding.place.column]
    return [finding.what, place, finding.why, finding.hint, finding.excerpt, finding.severity.value]


def decode_document(data: bytes) -> Document:
    """Return the document that `encode_document` turned into `data`. Raises ValueError when that is not its form."""
    try:
        line, _, texts = data.decode("utf-8", "surrogatepass").partition("\n")
        lengths, *fields = json.loads(line)
        return _document(fields, _cut(texts, lengths))
    except (ValueError, TypeError, RecursionError, StopIteration) as error:
        raise ValueError("not a document") from error


def _cut(texts: str, lengths: Sequence[int]) -> Iterator[str]:
    if sum(lengths) != len(texts):
        raise ValueError("texts are missing")
    start = 0
    for length in lengths:
        yield texts[start : start + length]
        start += length


def _document(fields: _Fields, texts: Iterator[str]) -> Document:
    body, opening, headings, anchors, more, words, hosts, drop_cap, findings = fields
    return Document(
        body=_html(body, texts),
        opening=_html(opening, texts),
        headings=tuple([Heading(level, id_, title) for level, id_, title in headings]),
        anchors=frozenset(anchors),
        more=more,
        lead_text=next(texts),
        words=words,
        hosts=tuple(hosts),
        drop_cap=drop_cap,
        findings=tuple([_finding(finding) for finding in findings]),
        inline=next(texts),
    )


def _html(fields: _Fields, texts: Iterator[str]) -> Html:
    parts, slots, digest = fields
    return Html(
        tuple(islice(texts, parts)),
        tuple([Slot(SlotKind(kind), target, line) for kind, target, line in slots]),
        digest,
    )


def _finding(fields: _Fields) -> Finding:
    what, (path, line, column), why, hint, excerpt, severity = fields
    return Finding(what, Place(path, line, column), why, hint, excerpt, Severity(severity))
