"""Posts of the site: what stands in their files, joined with the authors, promos and comments that belong to them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sitegen.errors import Finding, Place, as_warning
from sitegen.memo import Memo
from sitegen.model import Author, Comment, CommentPolicy, Post
from sitegen.reading.conversion import Documents
from sitegen.reading.manuscripts import Manuscript
from sitegen.reading.people import People, bylines_of
from sitegen.reading.promos import Promos, promos_of
from sitegen.reading.written import missing_alt, same_names
from sitegen.records import dataclass
from sitegen.text import slugify

__all__ = ["Shelf", "make_posts"]

_NO_POST_YET = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that posts are joined with."""

    documents: Documents
    people: People
    default_authors: tuple[Author, ...]
    """Of posts that name none."""
    promos: Promos
    threads: Mapping[str, tuple[Comment, ...]]
    """Archived comments by the path of their post, oldest first."""
    comments: CommentPolicy
    """Of posts that do not say."""


def make_posts(
    manuscripts: Iterable[Manuscript], shelf: Shelf, memo: Memo[str, Any]
) -> tuple[tuple[tuple[Post, ...], tuple[Post, ...]], tuple[Finding, ...]]:
    """Return the posts that are on the site, newest first, those that are held back, and what is wrong with all.

    Faults of posts that are held back come as warnings. `memo` has the posts of the last reading by path.
    """
    known = tuple(manuscripts)
    posts: list[Post] = []
    held: list[Post] = []
    findings = [*_same_ids(known)]
    undated = max((m.date for m in known if m.taken and m.date), default=_NO_POST_YET)
    shared = (shelf.people, shelf.default_authors, shelf.promos, shelf.comments)
    for manuscript in known:
        path = manuscript.written.matter.source.path
        own = (manuscript, shelf.documents.get((path, ())), shelf.threads.get(path, ()))
        arguments = (*own, manuscript.date or undated, shared)
        known_post = memo.find(path, arguments)
        post, faults = known_post or memo.keep(path, arguments, _post(manuscript, shelf, undated))
        findings.extend(faults if manuscript.taken else map(as_warning, faults))
        if post is not None:
            (posts if manuscript.taken else held).append(post)
    posts.sort(key=lambda post: (post.date, post.id), reverse=True)
    return (tuple(posts), tuple(held)), tuple(findings)


def _same_ids(known: Collection[Manuscript]) -> Iterator[Finding]:
    """Yield an error for each id that two posts of the site have, a warning where all but one are held back."""
    all_ids = Counter([manuscript.id for manuscript in known])
    known = [manuscript for manuscript in known if all_ids[manuscript.id] > 1]
    taken = Counter(manuscript.id for manuscript in known if manuscript.taken)
    yield from same_names("id", (_named(m) for m in known if m.taken), hint=_SAME_ID)
    yield from map(as_warning, same_names("id", (_named(m) for m in known if taken[m.id] < 2), hint=_SAME_ID))


_SAME_ID = "a post's id is its `id`, else its path without suffix: rename one of them, or give it another `id`"


def _named(manuscript: Manuscript) -> tuple[str, Place]:
    source = manuscript.written.source
    return manuscript.id, source.place("id")


def _post(manuscript: Manuscript, shelf: Shelf, undated: datetime) -> tuple[Post | None, tuple[Finding, ...]]:
    """Return a post, or None when its text could not be converted, and what is wrong with it."""
    written, fields = manuscript.written, manuscript.written.fields
    authors, faults = bylines_of(written, shelf.people, shelf.default_authors, shelf.documents)
    promos, absent = promos_of(written, manuscript.id, shelf.promos, shelf.documents)
    findings = (*faults, *absent, *missing_alt(written, fields.image, "image"))
    document = shelf.documents.get((manuscript.path, ()))
    if document is None:
        return None, findings
    post = Post(
        id=manuscript.id,
        source=written.source,
        title=fields.title,
        date=manuscript.date or undated,
        slug=slugify(fields.slug or manuscript.name.slug),
        document=document,
        authors=authors,
        state=manuscript.state,
        updated=fields.updated,
        expires=fields.expires,
        category=fields.category,
        tags=fields.tags,
        summary=shelf.documents.get((manuscript.path, ("summary",))),
        permalink=fields.permalink,
        aliases=fields.aliases,
        promos=promos,
        unlisted=fields.unlisted,
        featured=fields.featured,
        image=fields.image,
        comments=fields.comments or shelf.comments,
        thread=shelf.threads.get(manuscript.path, ()),
        series=fields.series,
        lang=fields.lang,
        description=fields.description,
        template=fields.template,
        extra=fields.extra,
        bundle=manuscript.name.bundle,
    )
    return post, findings
