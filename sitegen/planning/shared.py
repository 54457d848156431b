"""What all pages share: made once per plan, whatever the number of pages."""

from collections.abc import Iterable
from typing import Literal

from markupsafe import escape

from sitegen import __version__
from sitegen.config import SidebarItem
from sitegen.model import Promo, Source
from sitegen.planning.archives import year_views
from sitegen.planning.articles import record_of
from sitegen.planning.atlas import Atlas
from sitegen.planning.dates import direction_of
from sitegen.planning.feeds import FEEDS_URL, site_feeds
from sitegen.planning.permalinks import folder_of
from sitegen.planning.pieces import promo_view, summary_of
from sitegen.planning.taxonomies import Kind, Term
from sitegen.text import fold
from sitegen.view import AboutView, LinkView, Record, SidebarBlock, SiteView, TermView, YearView

__all__ = ["site_view"]

_RECENT, _SECTIONS = 10, 7


def site_view(atlas: Atlas) -> SiteView:
    """Return what all pages share."""
    config, addresses = atlas.config, atlas.addresses
    recent = tuple(atlas.post_link(post) for _, post in zip(range(_RECENT), atlas.site.listed(), strict=False))
    labels = tuple(_term_view(atlas, term) for term in atlas.terms.of(Kind.TAG))
    archive = year_views(atlas)
    blocks = tuple(_blocks(atlas, recent, labels, archive))
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        description=config.description,
        url=addresses.absolute("/"),
        base=addresses.base,
        language=config.language,
        direction=direction_of(config.language),
        menu=tuple(_menu(atlas)),
        sections=_sections(atlas),
        about=_about(atlas),
        recent=recent,
        labels=labels,
        archive=archive,
        sidebar=tuple(block for on, block in blocks if on == "all"),
        list_sidebar=tuple(block for on, block in blocks if on == "lists"),
        feeds=site_feeds(atlas),
        feeds_url=addresses.link(FEEDS_URL),
        archive_url=addresses.link(atlas.calendar.archive_url),
        credit=escape(config.credit or atlas.word("credit")),
        copyright=_copyright(atlas),
        comments=config.comments.provider,
        assets=Record({name: addresses.link(f"/{asset.output}") for name, asset in atlas.theme.assets.items()}),
        options=atlas.theme.options,
        words=atlas.theme.words,
        data=record_of(atlas.site.data),
        generator=f"sitegen {__version__}",
        tokens=atlas.theme.tokens,
    )


def _menu(atlas: Atlas) -> Iterable[LinkView]:
    for number, item in enumerate(atlas.config.menu):
        place = atlas.config.finding(("menu", number, "url"), "").place
        yield atlas.link(item.title, atlas.links.resolve(item.url, place))


def _sections(atlas: Atlas) -> tuple[LinkView, ...]:
    """Return the categories with most posts; which comes first must not hang on anything but counts and names."""
    ranked = sorted(atlas.terms.of(Kind.CATEGORY), key=lambda term: (-len(term.posts), fold(term.name)))
    return tuple(atlas.link(term.name, term.url) for term in ranked[:_SECTIONS])


def _term_view(atlas: Atlas, term: Term) -> TermView:
    link = atlas.addresses.link
    return TermView(term.name, link(term.url), len(term.posts), link(f"{folder_of(term.url)}feed.xml"))


def _about(atlas: Atlas) -> AboutView:
    page = next((page for page in atlas.site.pages if page.path == "about"), None)
    url = atlas.addresses.link(atlas.targets[page.source.path].url) if page else ""
    if atlas.config.description:
        return AboutView(escape(atlas.config.description), url)
    return AboutView(summary_of(page.summary, page.document) if page else escape(atlas.config.tagline), url)


def _blocks(
    atlas: Atlas, recent: tuple[LinkView, ...], labels: tuple[TermView, ...], archive: tuple[YearView, ...]
) -> Iterable[tuple[Literal["all", "lists"], SidebarBlock]]:
    """Yield the blocks of the sidebar, each with where it stands and with what it shows."""
    source = Source(atlas.config.source)
    for item, text in zip(atlas.config.sidebar, atlas.site.sidebar_texts, strict=True):
        promo = _promo_of(atlas, item) if item.block == "promo" else None
        yield (
            item.on,
            SidebarBlock(
                block=item.block,
                title=item.title,
                text=atlas.body(text.body, source) if text else None,
                promo=promo_view(atlas, promo) if promo else None,
                posts=recent if item.block == "recent" else (),
                labels=labels if item.block == "labels" else (),
                years=archive if item.block == "archive" else (),
            ),
        )


def _promo_of(atlas: Atlas, block: SidebarItem) -> Promo | None:
    """Return the promo that a sidebar block names, if it runs; the site's first default one when it names none."""
    return next(
        (promo for promo in atlas.site.promos if promo.id == block.body or (promo.default and not block.body)), None
    )


def _copyright(atlas: Atlas) -> str:
    posts = tuple(atlas.site.listed())
    if not posts:
        return f"© {atlas.config.title}"
    first, last = (atlas.calendar.day(post.date).year for post in (posts[-1], posts[0]))
    years = str(first) if first == last else f"{first}–{last}"  # an en dash, as ranges have
    return f"© {years} {atlas.config.title}"
