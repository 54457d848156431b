import pytest
from markupsafe import Markup

from sitegen.rendering.filters import fill, join_names


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
