"""What was sealed comes back as JSON has it, however many pieces it was written in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import sealed

VALUES = st.none() | st.text(max_size=3) | st.lists(st.integers(), max_size=3)
SECTIONS = st.dictionaries(
    st.text(max_size=3), VALUES | st.dictionaries(st.text(max_size=3), VALUES, max_size=6), min_size=1, max_size=4
)


@given(SECTIONS, st.integers(1, 3))
def test_pieces_make_the_same_text(tmp_path_factory, sections, entries):
    file = tmp_path_factory.getbasetemp() / "sealed.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed, "_ENTRIES", entries)
        sealed.write_sealed(file, "title 1", sections)
    assert sealed.read_sealed(file, "title 1") == json.dumps(sections, separators=(",", ":"))
    assert sealed.read_sealed(file, "title 2") is None
