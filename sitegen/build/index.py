"""What a build keeps so that the next can publish an edited text without planning the site again.

The routes that show the body of a post lie in the cache under their fingerprints, and documents under what they were
converted from; the index says which is which. It is one file beside the ledger, and what it names may be gone.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.build.views import decode_view, encode_view
from sitegen.cache import Cache
from sitegen.sealed import read_sealed, write_sealed
from sitegen.store import digest_of
from sitegen.view import FeedPage, PostPage, Route, View

__all__ = ["Index", "index_file", "index_of", "keep_routes", "read_index", "recall_routes", "write_index"]

_TITLE = "sitegen-index 2"
_BATCH = 500
"""Routes that are text in memory at a time: 2 MB."""


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is that shows the text of a post."""

    manuscripts: Mapping[str, Sequence[str]]
    """By path of the file of each post on the site: digest of its front matter, digest of its body."""
    documents: Mapping[str, str]
    """Key in the cache of the document that has a body, by the body's digest; of all bodies on the site."""
    outputs: Mapping[str, Sequence[str]]
    """Output paths of the posts' pages and feeds that show a body, by the body's digest."""
    site: str
    """What all pages share, as `encode_view` writes it; empty when it cannot be written."""


def index_file(ledger: Path) -> Path:
    """Return where the index lies that belongs to a ledger."""
    return ledger.with_name(ledger.name.replace("ledger", "index"))


def read_index(file: Path) -> Index | None:
    """Return the index that was written into `file`, or None."""
    body = read_sealed(file, _TITLE)
    return Index(**json.loads(body)) if body is not None else None


def write_index(file: Path, index: Index) -> None:
    """Keep the index for the next build."""
    data = {
        "manuscripts": index.manuscripts,
        "documents": index.documents,
        "outputs": index.outputs,
        "site": index.site,
    }
    write_sealed(file, _TITLE, data)


def index_of(edition: Edition, documents: Mapping[str, str]) -> Index:
    """Return the index of an edition of the whole site; `documents` as the index has them."""
    outputs: dict[str, list[str]] = {}
    for route in edition.plan.routes:
        for body in _shown_bodies(route):
            outputs.setdefault(body, []).append(route.output)
    return Index(edition.manuscripts, documents, outputs, _encoded(edition.plan.site))


def _shown_bodies(route: Route) -> frozenset[str]:
    """Return the digests of the bodies of posts that a post's page or a feed shows."""
    match route.view.page:
        case PostPage(content=content):
            return frozenset({content.digest})
        case FeedPage(entries=entries):
            return frozenset(entry.content.digest for entry in entries if entry.content)
    return frozenset()


def keep_routes(cache: Cache, routes: Iterable[Route], marks: Mapping[str, str]) -> None:
    """Keep the routes that show bodies of posts, by their fingerprints, unless they lie in the cache already."""
    all_showing = (route for route in routes if _shown_bodies(route))
    while showing := {_key(marks[route.output]): route for route in islice(all_showing, _BATCH)}:
        missing = cache.missing(showing)
        cache.put_many({key: text.encode() for key in missing if (text := _encoded_route(showing[key]))})


def recall_routes(cache: Cache, marks: Iterable[str]) -> Iterator[Route]:
    """Yield the routes that were kept by these fingerprints, without what all pages share. Raises ValueError."""
    for data in cache.get_many(map(_key, marks)).values():
        yield decode_view(data.decode())


def _key(mark: str) -> str:
    return digest_of("route", mark)


def _encoded_route(route: Route) -> str:
    view = View(None, route.view.page)
    return _encoded(Route(route.url, route.output, route.template, view, route.sources))


def _encoded(value: object) -> str:
    """Return a view as text; empty when it holds what has none, such as a date among free data."""
    try:
        return encode_view(value)
    except (TypeError, ValueError):
        return ""
