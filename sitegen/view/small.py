"""What many views hold: bodies, dates, links, pictures, free data."""

from collections.abc import Iterator, Mapping

from sitegen.records import dataclass

__all__ = ["Body", "DateView", "EditionView", "FeedLink", "ImageView", "LinkView", "Record", "TermView"]


@dataclass(frozen=True, slots=True)
class Body:
    """Converted HTML by digest, with the address for each of its slots. Rendering joins it from the store."""

    digest: str
    """Of the HTML."""
    fills: tuple[str, ...]
    """An address, or the size of a picture, for each slot."""


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
    """`2008`."""

    def __str__(self) -> str:
        return self.full


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link to another page; prints as its title."""

    title: str
    """Plain text."""
    url: str
    """Where it leads; empty where there is no page."""
    date: DateView | None = None
    """Of a post."""
    current: bool = False
    """Whether it leads to the page on which it stands."""

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class TermView:
    """A tag, a category or an author as an entry of a list: name, page, number of posts."""

    name: str
    """As its oldest post writes it; an author's own."""
    url: str
    """List of its posts."""
    count: int
    """Number of its posts."""
    feed_url: str = ""
    """Feed of its posts."""


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture."""

    url: str
    """Root-relative, or elsewhere."""
    alt: str
    """What it shows, for those who do not see it; empty when it only decorates."""
    absolute_url: str
    """With scheme and host."""
    width: int = 0
    """CSS pixels; 0 when unknown."""
    height: int = 0
    """CSS pixels; 0 when unknown."""
    caption: str = ""
    """Text below it; may be empty."""
    credit: str = ""
    """Whose it is; may be empty."""


@dataclass(frozen=True, slots=True)
class EditionView:
    """The edition line: the newest post's date on the page and its issue number."""

    date: DateView
    """Of the newest post on the page."""
    number: str
    """`Vol. 18, No. 326`: years since the founding, day of the year."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed to subscribe to."""

    title: str
    """Of a site's own feed its format, `Atom`; else what it is of, in the language of the site."""
    url: str
    """Root-relative."""
    absolute_url: str
    """With scheme and host, to paste into a reader."""
    type: str
    """Media type: `application/rss+xml`."""
