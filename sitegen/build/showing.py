"""What routes show of posts: found out where they are rendered, by many processes, and kept by the one that asked.

The next build that finds a text or a title edited takes from here what it patches (`build.patching`).
"""

from collections.abc import Mapping
from dataclasses import field

from sitegen.build.edition import Edition
from sitegen.build.index import Index, encoded, encoded_route, key_of_route
from sitegen.build.views import Cards
from sitegen.cache import Cache
from sitegen.records import dataclass
from sitegen.view import FeedPage, PostPage, Route, titled_addresses

__all__ = ["Keeper", "Showings", "Shown"]

_BATCH = 500
"""Routes whose texts are in memory at a time: 2 MB."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a route shows of posts."""

    bodies: tuple[str, ...]
    """Digests of the bodies that a post's page or a feed shows."""
    titles: tuple[int, ...]
    """Numbers of the posts whose titles it shows."""
    cards: Mapping[str, str]
    """Texts of the cards that it shows, by key, but for those that this process gave away before."""
    route: str
    """The route as text, if that was wanted and can be had."""


class Showings:
    """Finds out what routes of an edition show; `posts` are numbers by address, None where all routes show some."""

    def __init__(self, posts: Mapping[str, int] | None) -> None:
        self._posts = posts
        self._cards = Cards()

    @classmethod
    def of_edition(cls, edition: Edition) -> "Showings":
        """Return what looks at the routes of an edition: of one that is no whole site, all were kept before."""
        if not edition.is_whole:
            return cls(None)
        numbers = {path: number for number, path in enumerate(edition.manuscripts)}
        posts: dict[str, int] = {}
        for route in edition.plan.routes:
            page = route.view.page
            if isinstance(page, PostPage):  # links are root-relative, feeds have absolute ones
                posts |= dict.fromkeys((page.url, page.canonical), numbers[route.sources[0]])
        return cls(posts)

    def of(self, route: Route, *, encode: bool) -> Shown | None:
        """Return what a route shows of posts, None if that is nothing; `encode` when its text is wanted."""
        page, bodies = route.view.page, _shown_bodies(route)
        titles: tuple[int, ...] = ()
        if self._posts is not None:
            known = self._posts
            titles = tuple({known[address] for address in titled_addresses(page) if address in known})
            if not bodies and not titles:
                return None
        text = encoded_route(route, self._cards) if encode else ""
        if not text:
            self._cards.meet(page)
        return Shown(bodies, titles, self._cards.take_new(), text)


def _shown_bodies(route: Route) -> tuple[str, ...]:
    match route.view.page:
        case PostPage(content=content):
            return (content.digest,)
        case FeedPage(entries=entries):
            return tuple({entry.content.digest for entry in entries if entry.content})
    return ()


@dataclass(slots=True)
class Keeper:
    """Takes what routes show, keeps in a cache those that show something, and makes the index of all."""

    cache: Cache
    _shown: list[tuple[str, tuple[str, ...], tuple[int, ...]]] = field(default_factory=list)
    """Output path, bodies and titles of each."""
    _waiting: dict[str, tuple[Route, str]] = field(default_factory=dict)
    """Routes and their texts by their keys in the cache."""
    _met: set[str] = field(default_factory=set)
    """Keys of cards."""
    _cards: dict[str, str] = field(default_factory=dict)
    """Texts of cards that are not in the cache yet."""

    def add(self, route: Route, mark: str, shown: Shown | None) -> None:
        """Take what a route shows, whose fingerprint is `mark`."""
        if shown is None:
            return
        self._shown.append((route.output, shown.bodies, shown.titles))
        self._cards.update(shown.cards)
        self._waiting[key_of_route(route.output, mark)] = route, shown.route
        if len(self._waiting) >= _BATCH:
            self.keep()

    def keep(self) -> None:
        """Put into the cache what was taken and is not there yet."""
        keys = self._cards.keys() - self._met
        self._met |= keys
        missing = self.cache.missing([*self._waiting, *keys])
        texts = {key: self._cards[key] for key in keys & missing}
        for key, (route, text) in self._waiting.items():
            if key in missing:
                texts[key] = text or encoded_route(route, Cards())
        self.cache.put_many({key: text.encode() for key, text in texts.items() if text})
        self._waiting.clear()
        self._cards.clear()

    def index(self, edition: Edition, documents: Mapping[str, str]) -> Index:
        """Return the index of an edition of the whole site; `documents` as the index has them."""
        paths = tuple(edition.manuscripts)
        outputs: dict[str, list[str]] = {}
        titles: dict[str, list[int]] = {}
        for number, (output, bodies, posts) in enumerate(self._shown):
            for body in bodies:
                outputs.setdefault(body, []).append(output)
            for post in posts:
                titles.setdefault(paths[post], []).append(number)
        showing = [output for output, *_ in self._shown]
        return Index(edition.manuscripts, documents, outputs, showing, titles, encoded(edition.plan.site))
