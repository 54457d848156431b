"""The archive of all years, and each year's titles by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.routes import Later
from sitegen.view import ArchivePage, LinkView, MonthView, YearView

__all__ = ["ArchiveRoute", "archive_pages", "year_views"]


def year_views(atlas: Atlas) -> tuple[YearView, ...]:
    """Return all years with their months, newest first, without titles."""
    return tuple(_year(atlas, posts, titles=False) for posts in _posts_by_year(atlas))


def _year(atlas: Atlas, posts: tuple[Post, ...], *, titles: bool) -> YearView:
    """Return the year of `posts`; `titles`: every month lists its posts."""
    calendar = atlas.calendar
    months = groupby(posts, key=lambda post: calendar.day(post.date).replace(day=1))
    views = []
    for first, group in months:
        members = tuple(group)
        links: tuple[LinkView, ...] = tuple(map(atlas.post_link, members)) if titles else ()
        url = atlas.addresses.link(calendar.month_url(first))
        views.append(MonthView(calendar.names.month(first), url, len(members), links))
    link = _year_link(atlas, posts[0])
    return YearView(link.title, link.url, len(posts), tuple(views))


@dataclass(frozen=True, slots=True)
class ArchiveRoute:
    """A page of the archive, still to be made, with its path."""

    url: str
    page: Later[ArchivePage]
    newest: Post | None


def archive_pages(atlas: Atlas, years: tuple[YearView, ...]) -> Iterator[ArchiveRoute]:
    """Yield the archive of all `years` and the page of each year."""
    newest = next(atlas.site.listed(), None)
    yield ArchiveRoute(atlas.calendar.archive_url, Later(_archive_page, atlas, years, newest), newest)
    posts = _posts_by_year(atlas)
    for index, of_year in enumerate(posts):
        newer = posts[index - 1][0] if index else None
        older = posts[index + 1][0] if index + 1 < len(posts) else None
        page = Later(_year_page, atlas, of_year, newer, older)
        yield ArchiveRoute(_year_url(atlas, of_year[0]), page, of_year[0])


def _archive_page(atlas: Atlas, years: tuple[YearView, ...], newest: Post | None) -> ArchivePage:
    head = atlas.head(atlas.calendar.archive_url, atlas.word("archive"), newest=newest, crumbs=atlas.crumbs())
    return ArchivePage(**head, kind="archive", years=years, count=sum(year.count for year in years))


def _year_page(atlas: Atlas, posts: tuple[Post, ...], newer: Post | None, older: Post | None) -> ArchivePage:
    """Return the page of the year of `posts`; `newer` and `older` are posts of the years beside it."""
    year = _year(atlas, posts, titles=True)
    archive = atlas.link(atlas.word("archive"), atlas.calendar.archive_url)
    return ArchivePage(
        **atlas.head(
            _year_url(atlas, posts[0]),
            year.title,
            newest=posts[0],
            crumbs=atlas.crumbs(archive),
            newer=_year_url(atlas, newer) if newer else "",
            older=_year_url(atlas, older) if older else "",
        ),
        kind="year",
        years=(year,),
        count=year.count,
        newer=_year_link(atlas, newer) if newer else None,
        older=_year_link(atlas, older) if older else None,
    )


def _year_url(atlas: Atlas, post: Post) -> str:
    return atlas.calendar.year_url(atlas.calendar.day(post.date))


def _year_link(atlas: Atlas, post: Post) -> LinkView:
    return atlas.link(str(atlas.calendar.day(post.date).year), _year_url(atlas, post))


def _posts_by_year(atlas: Atlas) -> list[tuple[Post, ...]]:
    """Return the listed posts of each year, newest first."""
    years = groupby(atlas.site.listed(), key=lambda post: atlas.calendar.day(post.date).year)
    return [tuple(posts) for _, posts in years]
