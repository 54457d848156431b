"""Which part of a file a request asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.preview.ranges import part_asked_for


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("bytes=0-", b"0123456789"),
        ("bytes=2-4", b"234"),
        ("Bytes= 2-4 ", b"234"),
        ("bytes=9-9", b"9"),
        ("bytes=8-100", b"89"),
        ("bytes=8-" + "9" * 50, b"89"),
        ("bytes=-3", b"789"),
        ("bytes=-100", b"0123456789"),
        # nothing of it is there
        ("bytes=10-", b""),
        ("bytes=10-20", b""),
        ("bytes=-0", b""),
        # nonsense, or what need not be done: the whole
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=x-y", None),
        ("bytes=1-2,4-5", None),
        ("bytes=²-", None),
        ("bytes=+1-2", None),
        ("bytes=1-2-3", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("lines=1-2", None),
        ("", None),
    ],
)
def test_one_range(field: str, part: bytes | None):
    asked = part_asked_for([field], 10)
    assert (None if asked is None else b"0123456789"[asked.start : asked.stop]) == part


@pytest.mark.parametrize("fields", [[], ["bytes=0-1", "bytes=0-1"]])
def test_there_must_be_one_field(fields: list[str]):
    assert part_asked_for(fields, 10) is None


def test_of_nothing_there_is_no_part():
    assert part_asked_for(["bytes=0-"], 0) is None


@given(st.from_regex(r"bytes=\d{0,4}-\d{0,4}", fullmatch=True) | st.text(), st.integers(0, 2000))
def test_a_part_is_within_the_file(field: str, size: int):
    asked = part_asked_for([field], size)
    assert asked is None or 0 <= asked.start <= asked.stop <= size
