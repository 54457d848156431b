"""The story of reading: every file below content/ once, all Markdown in one go, then everything joined."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sitegen.config import Config
from sitegen.errors import Finding, Place, Severity, SourceError, as_warning
from sitegen.model import Author, CommentPolicy, Held, Post, Site, State
from sitegen.reading.assets import read_assets
from sitegen.reading.comments import read_threads
from sitegen.reading.conversion import ConvertAll, Documents, Text, convert_each, convert_files
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
from sitegen.reading.memory import Memory, no_memory
from sitegen.reading.names import stem_of
from sitegen.reading.pages import held_pages, is_page_taken, make_pages, texts_of_pages
from sitegen.reading.people import People, make_people, texts_of_authors
from sitegen.reading.posts import Shelf, make_posts
from sitegen.reading.promos import make_promos, texts_of_promos
from sitegen.reading.selection import Selection
from sitegen.reading.sidebar import read_sidebar
from sitegen.reading.tree import Kind, Tree
from sitegen.reading.walk import sort_key
from sitegen.reading.written import Written, read_written
from sitegen.records import dataclass
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
    """Everything with front matter, as it stands in its files, in order of path."""

    posts: tuple[Manuscript, ...]
    pages: tuple[Written[PageFields], ...]
    authors: tuple[Written[AuthorFields], ...]
    promos: tuple[Written[PromoFields], ...]

    def files(self) -> Iterator[tuple[str, object, Callable[[], Iterable[Text]]]]:
        """Yield the path of each file, what stands in it, and how to get the Markdown in it."""
        for post in self.posts:
            yield post.path, post.written, partial(texts_of_posts, (post,))
        for page in self.pages:
            yield page.source.path, page, partial(texts_of_pages, (page,))
        for author in self.authors:
            yield author.source.path, author, partial(texts_of_authors, (author,))
        for promo in self.promos:
            yield promo.source.path, promo, partial(texts_of_promos, (promo,))


def read_site(
    root: Path,
    config: Config,
    selection: Selection,
    store: Store,
    convert_all: ConvertAll = convert_each,
    memory: Memory | None = None,
) -> Site:
    """Return everything that is written in the folder `root`/content, of the posts those that `selection` takes.

    Files that are published as they are become known to `store`. `convert_all` may spread the conversion of Markdown
    over processes; what is the same as in `memory` is not read again. Raises FaultySite with the faults of all files;
    warnings and notices are `Site.findings`.
    """
    memory, findings = memory or no_memory(), _Findings()
    tree = findings.of(memory.tree.read_tree(root))
    texts = _read_texts(tree, config, selection, memory, findings)
    documents = _convert(texts, config, selection, convert_all, memory, findings)
    shelf = _fill_shelf(tree, texts, documents, config, selection, memory, findings)
    posts, held_posts = findings.of(make_posts(texts.posts, shelf, memory.posts))
    pages, drafts = findings.of(make_pages(texts.pages, documents, selection))
    site = Site(
        posts=posts,
        pages=pages,
        promos=shelf.promos.running,
        authors=shelf.people.authors,
        static=findings.of(read_assets(tree.of(Kind.STATIC), store, memory.files)),
        files=findings.of(read_assets(tree.of(Kind.FILE), store, memory.files)),
        data=findings.of(read_data(tree.of(Kind.DATA), memory.files)),
        held=_all_held(texts, selection),
        held_posts=held_posts,
        held_pages=drafts,
        root=root,
        sidebar_texts=findings.of(read_sidebar(config, convert_all)),
        founded=config.founded or _first_day(posts),
        next_change=_next_change(texts, selection),
        findings=(),
    )
    memory.turn()
    return findings.complete(site)


def _all_held(texts: _Texts, selection: Selection) -> tuple[Held, ...]:
    held = (*(held_post(post) for post in texts.posts if not post.taken), *held_pages(texts.pages, selection))
    return tuple(sorted(held, key=lambda one: sort_key(one.path)))


def _read_texts(tree: Tree, config: Config, selection: Selection, memory: Memory, findings: _Findings) -> _Texts:
    zone, matters = config.zone, memory.matters
    findings.all.extend(_nothing_written(tree))
    return _Texts(
        posts=findings.of(read_manuscripts(tree.of(Kind.DRAFT, Kind.POST), zone, selection, memory)),
        pages=findings.of(read_written(tree.of(Kind.PAGE), partial(read_page_fields, zone=zone), matters)),
        authors=findings.of(read_written(tree.of(Kind.AUTHOR), read_author_fields, matters)),
        promos=findings.of(read_written(tree.of(Kind.PROMO), partial(read_promo_fields, zone=zone), matters)),
    )


def _convert(
    texts: _Texts,
    config: Config,
    selection: Selection,
    convert_all: ConvertAll,
    memory: Memory,
    findings: _Findings,
) -> Documents:
    """Convert all Markdown; what is wrong in a text that is held back is a warning."""
    earlier = partial(memory.earlier.documents, options=config.markup)
    documents, faults = convert_files(texts.files(), config.markup, convert_all, memory.documents, earlier)
    held = {post.path for post in texts.posts if not post.taken}
    held |= {page.source.path for page in texts.pages if not is_page_taken(page, selection)}
    for path, found in faults.items():
        findings.all.extend(map(as_warning, found) if path in held else found)
    return documents


def _fill_shelf(
    tree: Tree,
    texts: _Texts,
    documents: Documents,
    config: Config,
    selection: Selection,
    memory: Memory,
    findings: _Findings,
) -> Shelf:
    same = memory.shared.same
    people = same("people", findings.of(make_people(texts.authors, documents)))
    promo_ids = (stem_of(entry.path) for entry in tree.of(Kind.PROMO))
    shelf = Shelf(
        documents=documents,
        people=people,
        default_authors=same("default authors", findings.of(_default_authors(config, people))),
        promos=same("promos", findings.of(make_promos(texts.promos, promo_ids, documents, selection))),
        threads=findings.of(read_threads(tree.of(Kind.COMMENTS), texts.posts, config.zone, memory.files)),
        comments=CommentPolicy(config.comments.default),
    )
    memory.shared.keep("shelf", (), replace(shelf, documents={}))
    return shelf


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
    now = selection.now
    moments = [post.date for post in texts.posts if post.date and post.date > now]
    moments += [post.written.fields.expires for post in texts.posts if post.written.fields.expires]
    moments += [moment for promo in texts.promos for moment in (promo.fields.starts, promo.fields.ends) if moment]
    return min((moment for moment in moments if moment > now), default=None)


def _first_day(posts: Iterable[Post]) -> date | None:
    """Return the day of the oldest post that readers find in lists."""
    return min((post.date.date() for post in posts if post.state is State.LIVE and not post.unlisted), default=None)
