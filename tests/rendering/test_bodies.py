import pytest

from sitegen.rendering.bodies import join_body
from sitegen.store import Store
from sitegen.view import Body


def test_addresses_stand_between_the_parts():
    store = Store()
    store.add_parts("d", ('<a href="', '">one</a><img src="', '">'))
    assert join_body(Body("d", ("/a.html?x=1&amp;y", "/b.png")), store) == (
        '<a href="/a.html?x=1&amp;y">one</a><img src="/b.png">'
    )


def test_a_body_without_slots_is_its_only_part():
    store = Store()
    store.add_parts("d", ("<p>Text</p>",))
    assert join_body(Body("d", ()), store) == "<p>Text</p>"


@pytest.mark.parametrize("fills", [(), ("/a", "/b")])
def test_addresses_that_do_not_fit_the_parts_are_a_bug(fills):
    store = Store()
    store.add_parts("d", ("<p>", "</p>"))
    with pytest.raises(ValueError, match=r"shorter|longer"):
        join_body(Body("d", fills), store)
