"""The story of reading: every file below content/ once, all Markdown in one go, then everything joined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sitegen.config import Config
from sitegen.errors import Finding, Place, Severity, SourceError, as_warning
from sitegen.model import Author, CommentPolicy, Post, Site, State
from sitegen.reading.assets import read_assets
from sitegen.reading.comments import read_threads
from sitegen.reading.conversion import ConvertAll, Documents, Text, convert_each, convert_texts
from sitegen.reading.data import read_data
from sitegen.reading.fields import (
    AuthorFields,
    PageFields,
    PromoFields,
    read_author_fields,
    read_page_fields,
    read_promo_fields,
)
from sitegen.reading.manuscripts import Manuscript, held_post, read_manuscripts, texts_of_posts
from sitegen.reading.names import stem_of
from sitegen.reading.pages import is_page_taken, make_pages, texts_of_pages
from sitegen.reading.people import People, make_people, texts_of_authors
from sitegen.reading.posts import Shelf, make_posts
from sitegen.reading.promos import make_promos, texts_of_promos
from sitegen.reading.selection import Selection
from sitegen.reading.sidebar import read_sidebar
from sitegen.reading.tree import Kind, Tree, read_tree
from sitegen.reading.walk import sort_key
from sitegen.reading.written import Written, read_written
from sitegen.store import Store

__all__ = ["FaultySite", "read_site"]

T = TypeVar("T")


class _Findings:
    """What there is to say about a site, collected while it is read."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    def of(self, result: tuple[T, Iterable[Finding]]) -> T:
        """Keep the findings of a step and return its value."""
        value, found = result
        self.all.extend(found)
        return value

    def complete(self, site: Site) -> Site:
        """Return a site with what there is to say about it. Raises FaultySite when some of that are errors."""
        faulty = frozenset(finding.place.path for finding in self.errors)
        site = replace(site, findings=self.remarks, faulty=faulty)
        if self.errors:
            raise FaultySite(site, *self.errors)
        return site

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stops the build."""
        return tuple(finding for finding in self.all if finding.severity is Severity.ERROR)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """Warnings and notices in order of place."""
        remarks = (finding for finding in self.all if finding.severity is not Severity.ERROR)
        return tuple(sorted(remarks, key=lambda finding: finding.sort_key))


class FaultySite(SourceError):
    """Some files cannot be read, or say what cannot be."""

    def __init__(self, site: Site, *findings: Finding) -> None:
        super().__init__(*findings)
        self.site = site
        """What could be read, so that its other faults can be told in the same run."""


@dataclass(frozen=True, slots=True)
class _Texts:
    """Everything with front matter, as it stands in its files."""

    posts: tuple[Manuscript, ...]
    pages: tuple[Written[PageFields], ...]
    authors: tuple[Written[AuthorFields], ...]
    promos: tuple[Written[PromoFields], ...]

    def __iter__(self) -> Iterator[Text]:
        """Yield all Markdown of the site."""
        yield from texts_of_posts(self.posts)
        yield from texts_of_pages(self.pages)
        yield from texts_of_authors(self.authors)
        yield from texts_of_promos(self.promos)


def read_site(
    root: Path, config: Config, selection: Selection, store: Store, convert_all: ConvertAll = convert_each
) -> Site:
    """Return everything that is written in the folder `root`/content, of the posts those that `selection` takes.

    Files that are published as they are become known to `store`. `convert_all` may spread the conversion of Markdown
    over processes. Raises FaultySite with the faults of all files; warnings and notices are `Site.findings`.
    """
    findings = _Findings()
    tree = findings.of(read_tree(root))
    texts = _read_texts(tree, config, selection, findings)
    documents = _convert(texts, config, selection, convert_all, findings)
    shelf = _fill_shelf(tree, texts, documents, config, selection, findings)
    posts, held_posts = findings.of(make_posts(texts.posts, shelf))
    pages, held_pages = findings.of(make_pages(texts.pages, documents, selection))
    held = (*(held_post(post) for post in texts.posts if not post.taken), *held_pages)
    findings.all.extend(_nothing_written(tree))
    site = Site(
        posts=posts,
        pages=pages,
        promos=shelf.promos.running,
        authors=shelf.people.authors,
        static=findings.of(read_assets(tree.of(Kind.STATIC), store)),
        files=findings.of(read_assets(tree.of(Kind.FILE), store)),
        data=findings.of(read_data(tree.of(Kind.DATA))),
        held=tuple(sorted(held, key=lambda one: sort_key(one.path))),
        held_posts=held_posts,
        root=root,
        sidebar_texts=findings.of(read_sidebar(config, convert_all)),
        founded=config.founded or _first_day(posts),
        next_change=_next_change(texts, selection),
        findings=(),
    )
    return findings.complete(site)


def _read_texts(tree: Tree, config: Config, selection: Selection, findings: _Findings) -> _Texts:
    return _Texts(
        posts=findings.of(read_manuscripts(tree.of(Kind.POST, Kind.DRAFT), config.zone, selection)),
        pages=findings.of(read_written(tree.of(Kind.PAGE), partial(read_page_fields, zone=config.zone))),
        authors=findings.of(read_written(tree.of(Kind.AUTHOR), read_author_fields)),
        promos=findings.of(read_written(tree.of(Kind.PROMO), partial(read_promo_fields, zone=config.zone))),
    )


def _convert(
    texts: _Texts, config: Config, selection: Selection, convert_all: ConvertAll, findings: _Findings
) -> Documents:
    """Convert all Markdown; what is wrong in a text that is held back is a warning."""
    documents, faults = convert_texts(texts, config.markup, convert_all)
    held = {post.path for post in texts.posts if not post.taken}
    held |= {page.source.path for page in texts.pages if not is_page_taken(page, selection)}
    for path, found in faults.items():
        findings.all.extend(map(as_warning, found) if path in held else found)
    return documents


def _fill_shelf(
    tree: Tree, texts: _Texts, documents: Documents, config: Config, selection: Selection, findings: _Findings
) -> Shelf:
    people = findings.of(make_people(texts.authors, documents))
    promo_ids = (stem_of(entry.path) for entry in tree.of(Kind.PROMO))
    return Shelf(
        documents=documents,
        people=people,
        default_authors=findings.of(_default_authors(config, people)),
        promos=findings.of(make_promos(texts.promos, promo_ids, documents, selection)),
        threads=findings.of(read_threads(tree.of(Kind.COMMENTS), texts.posts, config.zone)),
        comments=CommentPolicy(config.comments.default),
    )


def _default_authors(config: Config, people: People) -> tuple[tuple[Author, ...], tuple[Finding, ...]]:
    """Return the author of posts that name none, if the configuration has one."""
    if not config.author:
        return (), ()
    try:
        return (people.named(config.author),), ()
    except ValueError as error:
        return (), (Finding(f"there is no author `{config.author}`", Place(config.source), hint=str(error)),)


def _nothing_written(tree: Tree) -> Iterator[Finding]:
    """Yield a notice for a site without any post, draft or page: perhaps it is not the folder that was meant."""
    if not tree.of(Kind.POST, Kind.DRAFT, Kind.PAGE):
        hint = 'begin a post: sitegen new "Title"'
        yield Finding("holds no post and no page yet", Place("content"), hint=hint, severity=Severity.NOTICE)


def _next_change(texts: _Texts, selection: Selection) -> datetime | None:
    """Return the next moment at which a post or a promo changes its state."""
    moments = [moment for post in texts.posts for moment in (post.date, post.written.fields.expires)]
    moments += [moment for promo in texts.promos for moment in (promo.fields.starts, promo.fields.ends)]
    return min((moment for moment in moments if moment and moment > selection.now), default=None)


def _first_day(posts: Iterable[Post]) -> date | None:
    """Return the day of the oldest post that readers find in lists."""
    return min((post.date.date() for post in posts if post.state is State.LIVE and not post.unlisted), default=None)
