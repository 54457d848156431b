"""Markdown of a whole site: documents in order, and findings where the writer finds them."""

import pytest

from sitegen.config import MarkupOptions
from sitegen.errors import Finding, Place, Severity, SourceError
from sitegen.model import Document
from sitegen.reading.conversion import Text, convert_each, convert_texts
from sitegen.reading.front_matter import read_matter

OPTIONS = MarkupOptions()
MATTER = read_matter(b"---\ntitle: A\npromo:\n  body: Buy\n---\n\nOne\n\nTwo\n", "content/posts/a.md")


def failing(*findings: Finding):
    return lambda texts, _: [SourceError(*findings) for _ in texts]


def test_documents_are_found_by_path_and_key():
    texts = [Text(MATTER, MATTER.text), Text(MATTER, "Buy", ("promo", "body"))]
    documents, findings = convert_texts(texts, OPTIONS)
    assert {key: document.body.parts for key, document in documents.items()} == {
        ("content/posts/a.md", ()): ("<p>One</p>\n<p>Two</p>",),
        ("content/posts/a.md", ("promo", "body")): ("<p>Buy</p>",),
    }
    assert not findings


@pytest.mark.parametrize(
    ("key", "place", "shown"),
    [
        ((), Place("", 4), "content/posts/a.md:9: warning: odd\n    Two"),
        ((), Place("", 4, 2), "content/posts/a.md:9:2: warning: odd\n    Two\n     ^"),
        ((), Place(), "content/posts/a.md: warning: odd"),
        (("promo", "body"), Place("", 1), "content/posts/a.md:4:9: warning: odd\n      body: Buy\n            ^"),
    ],
)
def test_a_finding_has_its_place_in_the_file(key, place, shown):
    text = Text(MATTER, MATTER.text, key)
    documents, findings = convert_texts([text], OPTIONS, failing(Finding("odd", place, severity=Severity.WARNING)))
    assert not documents
    assert [str(finding) for finding in findings["content/posts/a.md"]] == [shown]


def test_lines_of_a_front_matter_value_are_not_claimed():
    documents, _ = convert_texts([Text(MATTER, "\n[a](b.md)", ("summary",)), Text(MATTER, "\n[a](b.md)")], OPTIONS)
    assert [[slot.line for slot in document.body.slots] for document in documents.values()] == [[0], [2]]


def test_one_text_that_fails_does_not_keep_the_others_from_being_converted():
    results = convert_each(["a", "* " * 600 + "a", "b"], OPTIONS)
    assert [isinstance(result, Document) for result in results] == [True, False, True]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("", "«a»"), ("de", "„a“"), ("en-GB", "“a”"), ("it", "«a»"), ("DE-ch", "«a»"), ("hi", "«a»"), ("[de]", "«a»")],
)
def test_a_text_has_the_quotation_marks_of_its_own_language_if_they_are_known(lang, expected):
    matter = read_matter(f"---\ntitle: B\nlang: {lang}\n---\n".encode(), "content/posts/b.md")
    texts = [Text(MATTER, '"one"'), Text(matter, '"a"'), Text(MATTER, '"two"', ("summary",))]
    documents, _ = convert_texts(texts, MarkupOptions(language="es"))
    assert {(path, document.lead_text) for (path, _), document in documents.items()} == {
        ("content/posts/a.md", "«one»"),
        ("content/posts/b.md", expected),
        ("content/posts/a.md", "«two»"),
    }
