"""The front page and every list of cards: sections, tags, authors, months and days."""

from collections.abc import Iterator, Sequence
from typing import Literal

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.cards import Cards
from sitegen.planning.pagination import Sheet, paginate
from sitegen.planning.permalinks import folder_of
from sitegen.planning.pieces import author_view, promo_view
from sitegen.planning.promos import pick_promo
from sitegen.planning.routes import Later
from sitegen.planning.taxonomies import Term
from sitegen.records import dataclass
from sitegen.view import DayGroup, FeedLink, FrontPage, LinkView, ListPage, Pager

__all__ = ["ListRoute", "feed_link", "front_page", "list_pages", "period_pages", "sheet_url"]

_SECONDARY = 4
_Period = Literal["day", "month"]
_ListKind = Literal["posts", "category", "tag", "author"]


def sheet_url(url: str, number: int) -> str:
    """Return the path of a list's page; number 0 is the list itself."""
    return f"{folder_of(url)}page/{number}/" if number else url


def feed_link(atlas: Atlas, term: Term) -> FeedLink:
    """Return the feed of a tag, a category or an author."""
    url = f"{folder_of(term.url)}feed.xml"
    title = atlas.word("feed_of").format(name=term.name)
    return FeedLink(title, atlas.addresses.link(url), atlas.addresses.absolute(url), "application/rss+xml")


def _pager(atlas: Atlas, url: str, title: str, number: int, total: int) -> Pager:
    def page(n: int) -> LinkView:
        return atlas.link(title, sheet_url(url, n))

    if number:
        newer = page(number + 1 if number < total else 0)
        older = page(number - 1) if number > 1 else None
    else:
        newer, older = None, page(total) if total else None
    return Pager(newer, older, number, total, page(0))


@dataclass(frozen=True, slots=True)
class ListRoute:
    """A page of a list, still to be made, with its path."""

    url: str
    page: Later[FrontPage] | Later[ListPage]
    newest: Post | None


def front_page(cards: Cards) -> Iterator[ListRoute]:
    """Yield the front page and its numbered pages."""
    atlas = cards.atlas
    posts = tuple(atlas.site.listed())
    first, *others = paginate(posts, atlas.config.posts_per_page)
    yield ListRoute("/", Later(_front, cards, first, len(others)), next(iter(first.items), None))
    for sheet in others:
        yield _numbered(cards, "/", atlas.config.title, "posts", sheet, len(others), len(posts))


def _front(cards: Cards, sheet: Sheet[Post], numbered: int) -> FrontPage:
    atlas = cards.atlas
    featured = (post for post in atlas.site.listed() if post.featured)
    lead = next(featured, None) or next(iter(sheet.items), None)
    rest = [post for post in sheet.items if lead is None or post.id != lead.id]
    promo = pick_promo(lead, atlas.site.promos) if lead else None
    if lead and lead.promos is not None:
        promo = next(iter(lead.promos), None)
    title = atlas.config.title
    return FrontPage(
        **atlas.head(
            "/",
            title,
            description=atlas.config.description or atlas.config.tagline,
            newest=next(iter(sheet.items), None),
            older=sheet_url("/", numbered) if numbered else "",
        ),
        lead=cards.lead(lead) if lead else None,
        secondary=tuple(map(cards.card, rest[:_SECONDARY])),
        days=cards.days(rest[_SECONDARY:]),
        pager=_pager(atlas, "/", title, 0, numbered),
        promo=promo_view(atlas, promo, lead) if promo else None,
    )


def list_pages(cards: Cards, term: Term) -> Iterator[ListRoute]:
    """Yield the pages of a tag, a category or an author."""
    sheets = paginate(term.posts, cards.atlas.config.posts_per_page)
    for sheet in sheets:
        yield _numbered(cards, term.url, term.name, term.kind.value, sheet, len(sheets) - 1, len(term.posts), term)


def _numbered(
    cards: Cards,
    url: str,
    title: str,
    kind: _ListKind,
    sheet: Sheet[Post],
    total: int,
    count: int,
    term: Term | None = None,
) -> ListRoute:
    page = Later(_numbered_page, cards, url, title, kind, sheet, total, count, term)
    return ListRoute(sheet_url(url, sheet.number), page, next(iter(sheet.items), None))


def _numbered_page(
    cards: Cards,
    url: str,
    title: str,
    kind: _ListKind,
    sheet: Sheet[Post],
    total: int,
    count: int,
    term: Term | None,
) -> ListPage:
    atlas = cards.atlas
    pager = _pager(atlas, url, title, sheet.number, total)
    numbers = (sheet.number + 1 if 0 < sheet.number < total else 0, sheet.number - 1 if sheet.number else total)
    return ListPage(
        **atlas.head(
            sheet_url(url, sheet.number),
            title,
            description=term.author.short if term and term.author else "",
            newest=next(iter(sheet.items), None),
            crumbs=atlas.crumbs(),
            feed=feed_link(atlas, term) if term else None,
            newer=sheet_url(url, numbers[0]) if pager.newer else "",
            older=sheet_url(url, numbers[1]) if pager.older else "",
        ),
        kind=kind,
        days=cards.days(sheet.items),
        pager=pager,
        count=count,
        author=author_view(atlas, term.author) if term and term.author else None,
    )


def period_pages(cards: Cards) -> Iterator[ListRoute]:
    """Yield a page for every month that has posts, and for every day that has two or more."""
    periods = cards.atlas.periods
    yield from _periods(cards, "month", periods.months)
    yield from _periods(cards, "day", [day for day in periods.days if len(day) > 1])


def _periods(cards: Cards, kind: _Period, periods: Sequence[tuple[Post, ...]]) -> Iterator[ListRoute]:
    for index, posts in enumerate(periods):
        newer = periods[index - 1][0] if index else None
        older = periods[index + 1][0] if index + 1 < len(periods) else None
        page = Later(_period_page, cards, kind, posts, newer, older)
        yield ListRoute(_period_url(cards.atlas, kind, posts[0]), page, posts[0])


def _period_url(atlas: Atlas, kind: _Period, post: Post) -> str:
    day = atlas.calendar.day(post.date)
    return atlas.calendar.day_url(day) if kind == "day" else atlas.calendar.month_url(day)


def _period_link(atlas: Atlas, kind: _Period, post: Post) -> LinkView:
    day = atlas.calendar.day(post.date)
    names = atlas.calendar.names
    return atlas.link(names.full(day) if kind == "day" else names.month_year(day), _period_url(atlas, kind, post))


def _period_page(
    cards: Cards, kind: _Period, posts: tuple[Post, ...], newer: Post | None, older: Post | None
) -> ListPage:
    """Return the page of the day or month of `posts`; `newer` and `older` are posts of those beside it."""
    atlas, url = cards.atlas, _period_url(cards.atlas, kind, posts[0])
    title = _period_link(atlas, kind, posts[0]).title
    day = atlas.calendar.day(posts[0].date)
    archive = atlas.link(atlas.word("archive"), atlas.calendar.archive_url)
    days: tuple[DayGroup, ...] = cards.days(posts)
    return ListPage(
        **atlas.head(
            url,
            title,
            newest=posts[0],
            crumbs=atlas.crumbs(archive, atlas.link(str(day.year), atlas.calendar.year_url(day))),
            newer=_period_url(atlas, kind, newer) if newer else "",
            older=_period_url(atlas, kind, older) if older else "",
        ),
        kind=kind,
        days=days,
        pager=_pager(atlas, url, title, 0, 0),
        count=len(posts),
        date=days[0].date if kind == "day" else None,
        newer=_period_link(atlas, kind, newer) if newer else None,
        older=_period_link(atlas, kind, older) if older else None,
    )
