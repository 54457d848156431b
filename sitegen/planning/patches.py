"""A text edited and nothing else: what was planned stays, and the routes that show the text get the new one.

That is the common save. Everything else that a post says stands in its front matter, and what planning reads of a text
(its opening, its headings, its links) seldom changes with it.
"""

from collections.abc import Mapping
from dataclasses import replace

from sitegen.model import Document, Html
from sitegen.planning.lengths import reading_minutes
from sitegen.view import Body, FeedEntry, FeedPage, PostPage, Route

__all__ = ["differs_in_text_alone", "patch_route"]


def differs_in_text_alone(old: Document, new: Document) -> bool:
    """Whether a post that has `new` in place of `old` leaves the plan as it is, but for its body and its length.

    Never where there are findings: they name lines, and lines move.
    """
    return not (old.findings or new.findings) and _planned_from(old) == _planned_from(new)


def _planned_from(document: Document) -> tuple[object, ...]:
    """Return all that planning reads of a post's document but the parts of its body and the number of its words."""
    return (
        _targets(document.body),
        document.opening.parts,
        _targets(document.opening),
        document.headings,
        document.anchors,
        document.more,
        document.lead_text,
        document.hosts,
        document.drop_cap,
    )


def _targets(html: Html) -> tuple[object, ...]:
    return tuple((slot.kind, slot.target) for slot in html.slots)


def patch_route(route: Route, edited: Mapping[str, Document]) -> Route:
    """Return `route`, a post's page or a feed, with the new body wherever it has one that was `edited`.

    `edited` are the new documents by the digests of the old bodies. All of them are put in at once: one post may have
    got the text that another had.
    """
    page = route.view.page
    match page:
        case PostPage(content=Body(digest)) if new := edited.get(digest):
            content = Body(new.body.digest, page.content.fills)
            page = replace(page, content=content, words=new.words, minutes=reading_minutes(new))
        case FeedPage():
            page = replace(page, entries=tuple(_patched(entry, edited) for entry in page.entries))
    return replace(route, view=replace(route.view, page=page))


def _patched(entry: FeedEntry, edited: Mapping[str, Document]) -> FeedEntry:
    new = edited.get(entry.content.digest) if entry.content else None
    return replace(entry, content=Body(new.body.digest, entry.content.fills)) if new and entry.content else entry
