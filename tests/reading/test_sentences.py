"""A plain sentence becomes what Markdown would make of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import MarkupOptions
from sitegen.reading.markup import convert
from sitegen.reading.sentences import sentence

LETTERS = st.sampled_from("aZwhtp1209éßжлمر中ーก़ſıẍʼ٣²Ⅷ𝐀")
WORDS = st.text(LETTERS, min_size=1, max_size=8) | st.sampled_from(["www", "http", "https", "mailto", "toc", "c"])
MARKS = st.sampled_from(["", "", ",", ";", ":", "!", "?", "."])
LINES = st.lists(st.tuples(WORDS, MARKS).map("".join), max_size=12).map(" ".join)
LANGUAGES = ["", "de", "fr", "ar", "ja"]


@given(LINES, st.sampled_from(LANGUAGES), st.booleans())
def test_it_is_what_markdown_makes_of_it(text, language, is_on):
    document = sentence(text)
    if document is not None:
        options = MarkupOptions(typography=is_on, language=language, autolink=is_on, raw_html=is_on)
        assert document == convert(text, options)


@given(st.text(alphabet=st.characters() | st.sampled_from(" .,:-*_`'\"#&<>[]()|~^=+!?/@\\\n1a"), max_size=12))
def test_no_text_is_taken_for_one_that_is_none(text):
    document = sentence(text)
    if document is not None:
        assert document == convert(text, MarkupOptions())


@pytest.mark.parametrize(
    "text",
    ["How a baker came to inherit the museum.", "One word", "Ask: why, how; when?", "Été 5", "中文 一 二", "A" * 199],
)
def test_plain_sentences(text):
    assert sentence(text) == convert(text, MarkupOptions())


NOT_PLAIN = """
*a*|a_b|It's|a "b"|a...|a--b|1. a|see www.example.org|a  b| a|a |a/b|a@b.org|AT&T|a: |a:b|# a|- a|a %|a (b)
"""


@pytest.mark.parametrize("text", ["", "A" * 200, "a\nb", "a\xa0b", *NOT_PLAIN.strip("\n").split("|")])
def test_what_could_be_markup_is_left_to_markdown(text):
    assert sentence(text) is None
