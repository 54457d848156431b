"""The journal is read back exactly, or not at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.writing.journal import Step, Verb, decode_journal, encode_journal

NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8)
STEPS = st.lists(st.builds(Step, st.sampled_from(Verb), NAMES, NAMES, NAMES), max_size=4).map(tuple)


@settings(deadline=None)
@given(STEPS)
def test_law_what_is_written_is_read(steps):
    assert decode_journal(encode_journal(steps)) == steps


@settings(deadline=None)
@given(STEPS, st.data())
def test_law_any_damage_is_seen(steps, data):
    whole = encode_journal(steps)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert decode_journal(whole[:at]) is None
    assert decode_journal(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]) is None


def test_other_version_is_not_read():
    assert decode_journal(encode_journal(()).replace(b"journal 1", b"journal 2")) is None
