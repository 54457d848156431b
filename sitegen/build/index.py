"""What a build keeps so that the next can publish an edited text or title without planning the site again.

The routes that show the body or the title of a post lie in the cache under their fingerprints, and documents under
what they were converted from; the index says which is which. It is one file beside the ledger, and what it names may be
gone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.build.views import Cards, decode_view, encode_view, shared_in
from sitegen.cache import Cache
from sitegen.sealed import read_sealed, write_sealed
from sitegen.store import digest_of
from sitegen.view import FeedPage, PostPage, Route, View, titled_addresses

__all__ = ["Index", "index_file", "index_of", "keep_routes", "read_index", "recall_routes", "write_index"]

_TITLE = "sitegen-index 2"


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is that shows the text or the title of a post."""

    manuscripts: Mapping[str, Sequence[str]]
    """By path of the file of each post on the site: digest of its front matter, digest of its body."""
    documents: Mapping[str, str]
    """Key in the cache of the document that has a body, by the body's digest; of all bodies on the site."""
    outputs: Mapping[str, Sequence[str]]
    """Output paths of the posts' pages and feeds that show a body, by the body's digest."""
    showing: Sequence[str]
    """Output paths of all files that show the body or the title of a post."""
    titles: Mapping[str, Sequence[int]]
    """Which of those show the title of a post, as numbers into `showing`; by path of the post's file."""
    site: str
    """What all pages share, as `encode_view` writes it; empty when it cannot be written."""


def index_file(ledger: Path) -> Path:
    """Return where the index lies that belongs to a ledger."""
    return ledger.with_name(ledger.name.replace("ledger", "index"))


def read_index(file: Path) -> Index | None:
    """Return the index that was written into `file`, or None."""
    body = read_sealed(file, _TITLE)
    return Index(*json.loads(body)) if body is not None else None


def write_index(file: Path, index: Index) -> None:
    """Keep the index for the next build."""
    data = [index.manuscripts, index.documents, index.outputs, index.showing, index.titles, index.site]
    write_sealed(file, _TITLE, json.dumps(data, separators=(",", ":")))


def index_of(edition: Edition, documents: Mapping[str, str]) -> Index:
    """Return the index of an edition of the whole site; `documents` as the index has them."""
    outputs: dict[str, list[str]] = {}
    showing: list[str] = []
    titles: dict[str, list[int]] = {}
    posts = _posts(edition.plan.routes)
    for route in edition.plan.routes:
        bodies = _shown_bodies(route)
        named = titled_addresses(route.view.page) & posts.keys()
        for body in bodies:
            outputs.setdefault(body, []).append(route.output)
        for path in {posts[address] for address in named}:
            titles.setdefault(path, []).append(len(showing))
        if bodies or named:
            showing.append(route.output)
    return Index(edition.manuscripts, documents, outputs, showing, titles, _encoded(edition.plan.site))


def _posts(routes: Iterable[Route]) -> dict[str, str]:
    """Return the path of the file of each post, by each of the two addresses at which views name it."""
    pages = [(route.view.page, route.sources[0]) for route in routes if isinstance(route.view.page, PostPage)]
    return {address: path for page, path in pages for address in (page.url, page.canonical)}


def _shown_bodies(route: Route) -> frozenset[str]:
    """Return the digests of the bodies of posts that a post's page or a feed shows."""
    match route.view.page:
        case PostPage(content=content):
            return frozenset({content.digest})
        case FeedPage(entries=entries):
            return frozenset(entry.content.digest for entry in entries if entry.content)
    return frozenset()


def keep_routes(cache: Cache, index: Index, routes: Iterable[Route], marks: Mapping[str, str]) -> None:
    """Keep the routes that show posts, by their fingerprints, unless they lie in the cache already."""
    showing, cards = frozenset(index.showing), Cards()
    shown = {_key(route.output, marks[route.output]): route for route in routes if route.output in showing}
    held = {key for route in shown.values() for key in cards.keys_in(route.view.page)}
    missing = cache.missing([*shown, *held])
    texts = {key: _encoded_route(route, cards) for key, route in shown.items() if key in missing}
    cache.put_many({key: text.encode() for key, text in (texts | cards.texts).items() if text and key in missing})


def recall_routes(cache: Cache, marks: Mapping[str, str]) -> Iterator[Route]:
    """Yield the routes that were kept of these outputs with these fingerprints, without what all pages share.

    Raises ValueError.
    """
    texts = [data.decode() for data in cache.get_many(_key(*each) for each in marks.items()).values()]
    keys = {key for text in texts for key in shared_in(text)}
    cards = {key: decode_view(data.decode()) for key, data in cache.get_many(keys).items()}
    for text in texts:
        yield decode_view(text, cards)


def _key(output: str, mark: str) -> str:
    return digest_of("route", output, mark)  # redirects from two addresses to one are the same file


def _encoded_route(route: Route, cards: Cards) -> str:
    view = View(None, route.view.page)
    return _encoded(Route(route.url, route.output, route.template, view, route.sources), cards)


def _encoded(value: object, cards: Cards | None = None) -> str:
    """Return a view as text; empty when it holds what has none, such as a date among free data."""
    try:
        return encode_view(value, cards)
    except (TypeError, ValueError):
        return ""
