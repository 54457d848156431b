"""Converted HTML and its addresses, put together."""

from itertools import chain

from sitegen.store import Store
from sitegen.view import Body

__all__ = ["join_body"]


def join_body(body: Body, store: Store) -> str:
    """Return the HTML of `body`: its parts from the store, with an address in each slot between them.

    The addresses are ready to stand in an attribute: planning escaped them. Raises KeyError if the store never had
    the body and ValueError if the addresses do not fit its slots; both are bugs.
    """
    parts = store.parts(body.digest)
    return "".join(chain.from_iterable(zip(parts, (*body.fills, ""), strict=True)))
