"""Converted HTML and its addresses, put together."""

from itertools import chain, zip_longest

from sitegen.store import Store
from sitegen.view import Body

__all__ = ["join_body"]


def join_body(body: Body, store: Store) -> str:
    """Return the HTML of `body`: its parts from the store, with an address in each slot between them.

    The addresses are ready to stand in an attribute: planning escaped them. KeyError if the store never had the body.
    """
    return "".join(chain.from_iterable(zip_longest(store.parts(body.digest), body.fills, fillvalue="")))
