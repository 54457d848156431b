"""Numbered pages count from the oldest and never change once they are full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.planning.pagination import paginate

counts = st.integers(0, 200)
sizes = st.integers(1, 15)


@pytest.mark.parametrize(
    ("count", "size", "pages"),
    [
        (0, 10, [(0, 0)]),
        (19, 10, [(0, 19)]),
        (20, 10, [(0, 10), (1, 10)]),
        (29, 10, [(0, 19), (1, 10)]),
        (30, 10, [(0, 10), (2, 10), (1, 10)]),
        (3, 1, [(0, 1), (2, 1), (1, 1)]),
    ],
)
def test_how_many_stand_where(count, size, pages):
    assert [(sheet.number, len(sheet.items)) for sheet in paginate(range(count), size)] == pages


@given(counts, sizes)
def test_every_item_stands_once_in_order(count, size):
    items = list(range(count))
    assert [item for sheet in paginate(items, size) for item in sheet.items] == items


@given(counts, sizes)
def test_the_first_page_holds_k_to_2k_minus_1(count, size):
    first = paginate(range(count), size)[0]
    assert len(first.items) == count if count < size else size <= len(first.items) < 2 * size


@given(counts, sizes)
def test_a_new_item_leaves_every_numbered_page_alone(count, size):
    before = {sheet.number: sheet.items for sheet in paginate([*range(count, 0, -1)], size) if sheet.number}
    after = {sheet.number: sheet.items for sheet in paginate([*range(count + 1, 0, -1)], size) if sheet.number}
    assert all(after[number] == items for number, items in before.items())
