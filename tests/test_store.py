"""Strings that are kept as UTF-8 are the strings."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.store import Parts

ANY_TEXT = st.text(st.characters(), max_size=9)  # surrogates too


@given(st.lists(ANY_TEXT, max_size=5).map(tuple), st.lists(ANY_TEXT, max_size=5).map(tuple))
def test_parts_are_the_strings(texts, others):
    parts = Parts.of(texts)
    assert Parts.of(parts) is parts
    assert (tuple(parts), len(parts), hash(parts)) == (texts, len(texts), hash(texts))
    assert [parts[index] for index in range(-len(texts), len(texts))] == [*texts, *texts]
    assert parts[1:3] == texts[1:3]
    assert parts == texts
    assert texts == parts
    assert (parts == Parts.of(others)) == (texts == others)
    assert parts != "text"
