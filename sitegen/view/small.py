"""What many views hold: bodies, dates, links, pictures, free data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Body", "DateView", "EditionView", "FeedLink", "ImageView", "LinkView", "Record", "TermView"]


@dataclass(frozen=True, slots=True)
class Body:
    """Converted HTML by digest, with the address for each of its slots. Rendering joins it from the store."""

    digest: str
    fills: tuple[str, ...]


class Record(Mapping[str, object]):
    """A read-only mapping whose keys are attributes too: `site.data.links`, `page.extra.colour`, `site.words.by`."""

    __slots__ = ("_items",)
    _items: dict[str, object]

    def __init__(self, items: Mapping[str, object]) -> None:
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: str) -> object:
        return self._items[key]

    def __getattr__(self, key: str) -> object:
        try:
            return self._items[key]
        except KeyError:
            raise AttributeError(key) from None

    def __setattr__(self, key: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Record({self._items!r})"

    def __reduce__(self) -> tuple[type["Record"], tuple[dict[str, object]]]:
        return (Record, (self._items,))


@dataclass(frozen=True, slots=True)
class DateView:
    """A date in the forms that pages show; prints as `full`."""

    iso: str
    """For `datetime=`: `2008-09-27T00:00:00-04:00`."""
    day: str
    """`2008-09-27`, also good as an id."""
    full: str
    """`Saturday, September 27, 2008`."""
    medium: str
    """`Sep 27, 2008`."""
    url: str
    """The page of that day when it has two posts or more, else of its month; empty when there is none."""
    year: int

    def __str__(self) -> str:
        return self.full


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to another page; prints as its title."""

    title: str
    url: str
    date: DateView | None = None
    current: bool = False

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class TermView:
    """A tag, a category or an author as an entry of a list: name, page, number of posts."""

    name: str
    url: str
    count: int
    feed_url: str = ""


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture; `width` and `height` in CSS pixels are 0 when unknown."""

    url: str
    alt: str
    absolute_url: str
    width: int = 0
    height: int = 0
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class EditionView:
    """The edition line: the newest post's date on the page and its issue number."""

    date: DateView
    number: str
    """`Vol. 18, No. 326`: years since the founding, day of the year."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to subscribe to."""

    title: str
    url: str
    absolute_url: str
    type: str
    """Media type: `application/rss+xml`."""
