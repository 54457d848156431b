import pytest
from markupsafe import Markup

from sitegen.rendering.filters import fill, join_names, plural


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Part {n} of {total}", {"n": 2, "total": 5}, "Part 2 of 5"),
        ("<{n}>", {"n": "&"}, "&lt;&amp;&gt;"),
        ("by {who}", {"who": Markup("<b>A</b>")}, "by <b>A</b>"),
        ("{n} {m}", {"n": 1}, "1 {m}"),
        ("{n.__class__}", {"n": 1}, "{n.__class__}"),
    ],
)
def test_fill(text, values, expected):
    assert fill(text, **values) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "<C>"], "A, B and &lt;C&gt;")],
)
def test_names_are_joined_as_a_sentence_has_them(names, expected):
    assert join_names(names, "and") == expected


FORMS = {"zero": "none", "one": "<one>", "two": "two", "few": "{n} few", "many": "{n} many", "other": "{n} other"}


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        *(("en", 0, "0 other"), ("en", 1, "&lt;one&gt;"), ("en-GB", 2, "2 other")),
        *(("fr", 0, "&lt;one&gt;"), ("fr", 2, "2 other"), ("fr", 1_000_000, "1000000 many")),
        *(("ar", 0, "none"), ("ar", 2, "two"), ("ar", 7, "7 few"), ("ar", 11, "11 many"), ("ar", 100, "100 other")),
    ],
)
def test_a_number_takes_the_form_of_its_language(language, number, expected):
    assert plural(FORMS, number, language) == expected


def test_a_form_that_is_missing_is_said_as_other_and_a_word_without_forms_as_it_is():
    assert plural({"other": "{n} x"}, 1, "en") == "1 x"
    assert plural("x {n}", 3, "en") == "x 3"
