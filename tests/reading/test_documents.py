"""A document that was kept is the document."""

import json
from copy import deepcopy
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import MarkupOptions
from sitegen.errors import Finding, Place
from sitegen.model import Document
from sitegen.reading.documents import decode_document, encode_document
from sitegen.reading.markup import convert


def built(kind: type, **parts: Any) -> st.SearchStrategy[Any]:
    """Return a strategy that fills every field, also those with a default, so that a new field cannot be forgotten."""
    return st.builds(kind, **{field.name: ... for field in fields(kind)} | parts)


FINDINGS = built(Finding, place=built(Place))
DOCUMENTS = built(Document, findings=st.lists(FINDINGS, max_size=3).map(tuple))
TEXT = """\
# Über *alles*

A [link](../a.md "b"), a picture ![](x.png){#id}, <https://example.org/?a=1&b=2> and a note[^1].

<!-- more -->

```python
print("hi")
```

[^1]: Das „Zitat“.
"""
KEPT = encode_document(convert(TEXT, MarkupOptions()))


@given(DOCUMENTS)
def test_round_trip(document):
    data = encode_document(document)
    assert decode_document(data) == document
    assert encode_document(decode_document(data)) == data


@given(DOCUMENTS)
def test_a_document_that_was_kept_is_the_document(document):
    small = decode_document(encode_document(document))
    assert (small, hash(fields_of(small))) == (document, hash(fields_of(document)))
    assert document == small
    assert deepcopy(small) == document
    changed = replace(small, words=-1)
    assert changed == replace(document, words=-1) != small
    assert deepcopy(changed) == changed


def fields_of(document: Document) -> tuple[Any, ...]:
    return (document.lead_text, document.inline, tuple(document.body.parts), document.headings)


def test_a_document_that_was_kept_has_no_other_fields():
    with pytest.raises(AttributeError, match="author"):
        _ = decode_document(KEPT).author  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["", TEXT, "* a\n\n> b\n", "| a |\n|---|\n| b |\n"])
def test_round_trip_of_what_is_converted(text):
    document = convert(text, MarkupOptions())
    assert decode_document(encode_document(document)) == document


def test_characters_without_a_utf_8_form_are_kept():
    document = replace(decode_document(KEPT), lead_text="\ud83d\ude00 \udcff\x00\u2028")
    assert decode_document(encode_document(document)) == document


@given(st.binary() | st.integers(0, len(KEPT)).map(lambda end: KEPT[:end]).filter(lambda data: data != KEPT))
def test_what_is_no_document_is_refused(data):
    with pytest.raises(ValueError, match="not a document"):
        decode_document(data)


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: [],
        lambda fields: None,
        lambda fields: fields[:-1],
        lambda fields: [*fields, 1],
        lambda fields: [[0], *fields[1:]],
        lambda fields: [fields[0], None, *fields[2:]],
        lambda fields: [fields[0], [100, [], ""], *fields[2:]],
        lambda fields: [fields[0], [2, [["other", "a.md", 1]], ""], *fields[2:]],
        lambda fields: [*fields[:3], [[2, "a"]], *fields[4:]],
        lambda fields: [*fields[:4], [[]], *fields[5:]],
        lambda fields: [*fields[:9], [["what", ["", 0, 0], "", "", "", "fatal"]]],
    ],
)
def test_other_data_is_refused(change):
    line, _, texts = KEPT.partition(b"\n")
    decode_document(json.dumps(json.loads(line)).encode() + b"\n" + texts)
    with pytest.raises(ValueError, match="not a document"):
        decode_document(json.dumps(change(json.loads(line))).encode() + b"\n" + texts)


def test_endless_nesting_is_refused():
    with pytest.raises(ValueError, match="not a document"):
        decode_document(b"[" * 100_000)
