"""Which promotional block the site picks for a post that names none."""

import pytest
from models import make_author, make_post, make_promo

from sitegen.planning.promos import pick_promo, promos_of

DEFAULT = make_promo("default", default=True)
HEAVY_DEFAULT = make_promo("heavy", default=True, weight=9)
PAY = make_promo("pay", tags={"pay"})
PAY_BY_DESK = make_promo("pay-by-desk", tags={"pay", "salary"}, authors={"the-desk"}, weight=5)
INTERVIEWS = make_promo("interviews", categories={"interviews"})
NAMED_ONLY = make_promo("named-only", weight=99)
POST = make_post("a", tags=("Pay",), category="Interviews", authors=(make_author("The Desk"),))


def running(*promos):
    return sorted(promos, key=lambda promo: (-promo.weight, promo.id))


@pytest.mark.parametrize(
    ("promos", "picked"),
    [
        ([], None),
        ([NAMED_ONLY], None),
        ([DEFAULT, PAY], PAY),  # matching before default
        ([HEAVY_DEFAULT, PAY], PAY),  # whatever the weight
        ([PAY, PAY_BY_DESK], PAY_BY_DESK),  # then weight
        ([PAY, INTERVIEWS], INTERVIEWS),  # then id
        ([DEFAULT, HEAVY_DEFAULT], HEAVY_DEFAULT),
        ([make_promo("other", tags={"pay"}, authors={"somebody-else"})], None),  # keys must all hold
        ([make_promo("name", authors={"the desk"})], make_promo("name", authors={"the desk"})),
    ],
)
def test_the_pick(promos, picked):
    assert pick_promo(POST, running(*promos)) == picked


def test_what_a_post_says_itself_wins_in_its_order():
    assert promos_of(make_post("a", promos=(PAY, DEFAULT)), [HEAVY_DEFAULT]) == (PAY, DEFAULT)
    assert promos_of(make_post("a", promos=()), [HEAVY_DEFAULT]) == ()
    assert promos_of(make_post("a"), [HEAVY_DEFAULT]) == (HEAVY_DEFAULT,)
