"""All that was written, at one moment."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from sitegen.errors import Finding
from sitegen.model.documents import Document
from sitegen.model.posts import Author, Page, Post, Promo, State, Value
from sitegen.records import dataclass

__all__ = ["Asset", "Held", "Site"]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is published as it is."""

    path: str
    """Below the site's folder: `content/static/robots.txt`, `content/posts/2014/a/chart.png`."""
    digest: str
    size: int
    """Bytes."""
    width: int = 0
    """Of a picture, in CSS pixels; 0 when it is none or does not say."""
    height: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A post or page that is in content/ but not on the site."""

    path: str
    title: str
    state: State
    date: datetime | None
    """Of a scheduled post: when it is due; of an expired one: when it ran out; else its date, if it has one."""
    reason: str
    """One sentence part: `draft: true`, `in drafts/`, `no date`, `due 2027-03-01 00:00`."""


@dataclass(frozen=True)
class Site:
    """All that was written, sorted and checked. Drafts and due dates are decided; nothing after this filters again."""

    posts: tuple[Post, ...]
    """Newest first, by (date, id); with unlisted ones."""
    pages: tuple[Page, ...]
    """By path."""
    promos: tuple[Promo, ...]
    """Those running now, in the order in which one is picked: highest weight first, then id."""
    authors: tuple[Author, ...]
    """Those with a file, by id."""
    static: tuple[Asset, ...]
    """Files below content/static/, by path."""
    files: tuple[Asset, ...]
    """Other files below content/, by path; published when in a live bundle, or when a published source names them."""
    data: Mapping[str, Value]
    held: tuple[Held, ...]
    """By path."""
    findings: tuple[Finding, ...]
    """Warnings and notices of reading."""
    root: Path
    """The site's folder. Only reading and the store may open files below it."""
    held_posts: tuple[Post, ...] = ()
    """Those of `held` that could be read, only to find what is wrong with them before they are published."""
    held_pages: tuple[Page, ...] = ()
    """Likewise."""
    faulty: frozenset[str] = frozenset()
    """Paths of files with errors. A site that has any is planned only to find its other faults."""
    next_change: datetime | None = None
    """When time alone next makes this another site: a post is due or expires, a promo starts or ends."""
    sidebar_texts: tuple[Document | None, ...] = ()
    """The converted body of each block of the configured sidebar, None for a block without one."""
    founded: date | None = None
    """Configured, else the first live post's date."""

    @cached_property
    def held_paths(self) -> Mapping[str, Held]:
        """Held-back sources by path, for the error about a link that leads to one."""
        return {held.path: held for held in self.held}

    def listed(self) -> Iterator[Post]:
        """Yield the posts that lists, feeds, counts and neighbours are made of, newest first."""
        return iter(self._listed)

    @cached_property
    def _listed(self) -> tuple[Post, ...]:
        return tuple([post for post in self.posts if not post.unlisted])
