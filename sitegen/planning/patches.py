"""A text edited and nothing else: what was planned stays, and the routes that show the text get the new one.

That is the common save. Everything else that a post says stands in its front matter, and what planning reads of a text
(its opening, its headings, its links) seldom changes with it.
"""

from dataclasses import replace

from sitegen.model import Document, Html
from sitegen.planning.articles import reading_minutes
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


def patch_route(route: Route, old: Document, new: Document) -> Route:
    """Return `route`, a post's page or a feed, with the body of `new` wherever it has the body of `old`."""
    page = route.view.page
    match page:
        case PostPage():
            page = replace(
                page,
                content=_patched(page.content, old, new),
                words=new.words,
                minutes=reading_minutes(new),
            )
        case FeedPage():
            page = replace(page, entries=tuple(_patched_entry(entry, old, new) for entry in page.entries))
        case _:
            raise TypeError(f"{type(page).__name__} has no body of a post")
    return replace(route, view=replace(route.view, page=page))


def _patched_entry(entry: FeedEntry, old: Document, new: Document) -> FeedEntry:
    return replace(entry, content=_patched(entry.content, old, new)) if entry.content else entry


def _patched(body: Body, old: Document, new: Document) -> Body:
    return Body(new.body.digest, body.fills) if body.digest == old.body.digest else body
