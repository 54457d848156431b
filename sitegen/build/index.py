"""What a build keeps so that the next can publish an edited text or title without planning the site again.

The routes that show the body or the title of a post lie in the cache under their fingerprints, and documents under
what they were converted from; the index says which is which. It is one file beside the ledger, and what it names may be
gone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sitegen.build.views import Cards, decode_view, encode_view, shared_in
from sitegen.cache import Cache
from sitegen.records import dataclass
from sitegen.sealed import read_sealed, write_sealed
from sitegen.store import digest_of
from sitegen.view import Route, View

__all__ = [
    "Index",
    "encoded",
    "encoded_route",
    "index_file",
    "key_of_route",
    "read_index",
    "recall_routes",
    "write_index",
]

_TITLE = "sitegen-index 3"


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
    return Index(**json.loads(body)) if body is not None else None


def write_index(file: Path, index: Index) -> None:
    """Keep the index for the next build."""
    data = {
        "manuscripts": index.manuscripts,
        "documents": index.documents,
        "outputs": index.outputs,
        "showing": index.showing,
        "titles": index.titles,
        "site": index.site,
    }
    write_sealed(file, _TITLE, data)


def recall_routes(cache: Cache, marks: Mapping[str, str]) -> Iterator[Route]:
    """Yield the routes that were kept of these outputs with these fingerprints, without what all pages share.

    Raises ValueError.
    """
    texts = [data.decode() for data in cache.get_many(key_of_route(*each) for each in marks.items()).values()]
    keys = {key for text in texts for key in shared_in(text)}
    cards = {key: decode_view(data.decode()) for key, data in cache.get_many(keys).items()}
    for text in texts:
        yield decode_view(text, cards)


def key_of_route(output: str, mark: str) -> str:
    """Return the key in the cache of the route to `output` that has the fingerprint `mark`."""
    return digest_of("route", output, mark)  # redirects from two addresses to one are the same file


def encoded_route(route: Route, cards: Cards) -> str:
    """Return a route without what all pages share as text, with keys of `cards`; empty when it has none."""
    view = View(None, route.view.page)
    return encoded(Route(route.url, route.output, route.template, view, route.sources), cards)


def encoded(value: object, cards: Cards | None = None) -> str:
    """Return a view as text; empty when it holds what has none, such as a date among free data."""
    try:
        return encode_view(value, cards)
    except (TypeError, ValueError):
        return ""
