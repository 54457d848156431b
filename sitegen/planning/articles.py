"""Posts and pages as views."""

from collections.abc import Mapping

from markupsafe import Markup

from sitegen.model import Document, Page, Post, SlotKind, Value
from sitegen.planning.atlas import Atlas, Head
from sitegen.planning.cards import Cards
from sitegen.planning.lengths import reading_minutes
from sitegen.planning.pieces import author_view, comments_view, description_of, plain_text, promo_view, summary_of
from sitegen.planning.promos import promos_of
from sitegen.planning.relations import Relations
from sitegen.planning.social import social_image
from sitegen.planning.taxonomies import Kind
from sitegen.text import fold
from sitegen.view import LinkView, PagePage, PostPage, Record, SeriesView

__all__ = ["page_page", "post_page", "record_of"]

_NOTHING = Record({})
_OLD_YEARS = 2
_YEAR = 365.2425
_MEDIA = (".mp4", ".webm", ".ogv", ".mp3", ".ogg", ".oga", ".m4a", ".wav", ".flac", ".opus", ".mov")


def record_of(values: Mapping[str, Value]) -> Record:
    """Return free data as templates read it: mappings become records at every level."""
    return Record({key: _closed(value) for key, value in values.items()}) if values else _NOTHING


def _closed(value: Value) -> object:
    if isinstance(value, Mapping):
        return record_of(value)
    return tuple(map(_closed, value)) if isinstance(value, tuple) else value


def post_page(cards: Cards, relations: Relations, post: Post) -> PostPage:
    """Return everything that a post's own page shows."""
    atlas, card, document = cards.atlas, cards.card(post), post.document
    own = atlas.targets[post.source.path]
    newer, older = relations.newer(post), relations.older(post)
    return PostPage(
        **_head_of(cards, post, newer, older),
        id=post.id,
        date=card.date,
        updated=card.updated,
        modified=atlas.calendar.view(max(post.updated, post.date)) if post.updated else card.date,
        authors=tuple([author_view(atlas, author) for author in post.authors]),
        section=card.section,
        tags=tuple([atlas.term_link(Kind.TAG, tag) for tag in post.tags]),
        content=atlas.body(document.body, post.source, own),
        summary=card.summary if post.summary and post.summary.inline else Markup(),
        social_image=card.image or social_image(atlas, post),
        drop_cap=document.drop_cap and post.extra.get("drop_cap", True) is not False,
        promos=tuple([promo_view(atlas, promo, post) for promo in promos_of(post, atlas.site.promos)]),
        comments=comments_view(atlas, post, thread=True) if post.thread else card.comments,
        newer=atlas.post_link(newer) if newer else None,
        older=atlas.post_link(older) if older else None,
        related=tuple([atlas.post_link(other) for other in relations.related(post)]),
        series=_series(atlas, relations, post),
        toc=_toc(document),
        words=document.words,
        minutes=reading_minutes(document),
        age=_age(relations, post),
        extra=record_of(post.extra),
    )


def _head_of(cards: Cards, post: Post, newer: Post | None, older: Post | None) -> Head:
    atlas, card = cards.atlas, cards.card(post)
    return atlas.head(
        atlas.url_of(post),
        post.title,
        description=description_of(post, cards.summary(post)),
        lang=post.lang,
        noindex=post.unlisted,
        hosts=post.document.hosts,
        media=_plays_media(post.document),
        newest=post,
        crumbs=atlas.crumbs(card.section),
        image=card.image,
        newer=atlas.url_of(newer) if newer else "",
        older=atlas.url_of(older) if older else "",
    )


def page_page(atlas: Atlas, page: Page) -> PagePage:
    """Return everything that a page shows."""
    own = atlas.targets[page.source.path]
    return PagePage(
        **atlas.head(
            own.url,
            page.title,
            description=description_of(page, plain_text(summary_of(page.summary, page.document))),
            lang=page.lang,
            noindex=page.unlisted,
            hosts=page.document.hosts,
            media=_plays_media(page.document),
            crumbs=atlas.crumbs(),
            image=atlas.image(page.image, page.source, "image"),
        ),
        content=atlas.body(page.document.body, page.source, own),
        updated=atlas.calendar.view(page.updated) if page.updated else None,
        toc=_toc(page.document),
        extra=record_of(page.extra),
    )


def _plays_media(document: Document) -> bool:
    pictures = [slot.target for slot in document.body.slots if slot.kind is SlotKind.PICTURE]
    return any(target.lower().endswith(_MEDIA) for target in pictures)


def _toc(document: Document) -> tuple[LinkView, ...]:
    return tuple([LinkView(heading.title, f"#{heading.id}") for heading in document.headings if heading.level == 2])


def _series(atlas: Atlas, relations: Relations, post: Post) -> SeriesView | None:
    parts = relations.series.get(fold(post.series), ()) if post.series else ()
    if len(parts) < 2 or post.id not in relations.positions:
        return None
    links = tuple([LinkView(part.title, atlas.post_link(part).url, current=part.id == post.id) for part in parts])
    return SeriesView(post.series, links, 1 + next(index for index, link in enumerate(links) if link.current))


def _age(relations: Relations, post: Post) -> int:
    if not relations.order:
        return 0
    years = int((relations.order[0].date - post.date).days / _YEAR)
    return years if years >= _OLD_YEARS else 0
