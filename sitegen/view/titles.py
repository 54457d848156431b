"""Titles of posts, wherever a view shows one: on their own pages, on lists, in feeds, in links and redirects."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from sitegen.view.files import FeedEntry, RedirectPage
from sitegen.view.pages import PostPage
from sitegen.view.parts import CardView
from sitegen.view.small import LinkView
from sitegen.view.walks import Walk

__all__ = ["retitled", "titled_addresses"]

_ADDRESS: Final[Mapping[type, str]] = {
    CardView: "url",
    FeedEntry: "url",
    LinkView: "url",
    PostPage: "url",
    RedirectPage: "target",
}
"""Classes whose `title` can be a post's, and where they say of which: root-relative, in feeds absolute."""
_TITLED: Final = Walk(*_ADDRESS)


def titled_addresses(view: object) -> set[str]:
    """Return the addresses, as they stand there, of all that a view names by its title."""
    return {getattr(record, _ADDRESS[type(record)]) for record in _TITLED.records(view)}


def retitled(view: Any, titles: Mapping[str, str]) -> Any:  # noqa: ANN401  one of the views
    """Return a view in which all that leads to an address in `titles` has the title that stands there."""

    def change(record: Any) -> Any:  # noqa: ANN401
        title = titles.get(getattr(record, _ADDRESS[type(record)]))
        return record if title is None else replace(record, title=title)

    return _TITLED.replaced(view, change)
