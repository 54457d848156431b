"""The archive of all years, and each year's titles by month."""

from collections.abc import Iterator
from itertools import groupby

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.view import ArchivePage, LinkView, MonthView, YearView

__all__ = ["archive_pages", "year_views"]


def year_views(atlas: Atlas, *, titles: bool) -> tuple[YearView, ...]:
    """Return all years with their months, newest first; `titles`: every month lists its posts."""
    calendar = atlas.calendar
    years = groupby(atlas.site.listed(), key=lambda post: calendar.day(post.date).year)
    return tuple(_year(atlas, year, tuple(posts), titles=titles) for year, posts in years)


def _year(atlas: Atlas, year: int, posts: tuple[Post, ...], *, titles: bool) -> YearView:
    calendar = atlas.calendar
    months = groupby(posts, key=lambda post: calendar.day(post.date).replace(day=1))
    views = []
    for first, group in months:
        members = tuple(group)
        links: tuple[LinkView, ...] = tuple(map(atlas.post_link, members)) if titles else ()
        url = atlas.addresses.link(calendar.month_url(first))
        views.append(MonthView(calendar.names.month(first), url, len(members), links))
    url = atlas.addresses.link(calendar.year_url(calendar.day(posts[0].date)))
    return YearView(str(year), url, len(posts), tuple(views))


def archive_pages(atlas: Atlas, years: tuple[YearView, ...]) -> Iterator[tuple[str, ArchivePage]]:
    """Yield the archive of all `years` and the page of each year, each with its path."""
    newest = next(atlas.site.listed(), None)
    title, total = atlas.word("archive"), sum(year.count for year in years)
    url = atlas.calendar.archive_url
    head = atlas.head(url, title, newest=newest, crumbs=atlas.crumbs())
    yield url, ArchivePage(**head, kind="archive", years=years, count=total)
    yield from _year_pages(atlas, title)


def _year_pages(atlas: Atlas, title: str) -> Iterator[tuple[str, ArchivePage]]:
    years = year_views(atlas, titles=True)
    newest = _newest_of_years(atlas)
    urls = [atlas.calendar.year_url(atlas.calendar.day(post.date)) for post in newest]
    for index, year in enumerate(years):
        newer, older = index - 1 if index else None, index + 1 if index + 1 < len(years) else None
        head = atlas.head(
            urls[index],
            year.title,
            newest=newest[index],
            crumbs=atlas.crumbs(atlas.link(title, atlas.calendar.archive_url)),
            newer="" if newer is None else urls[newer],
            older="" if older is None else urls[older],
        )
        page = ArchivePage(
            **head,
            kind="year",
            years=(year,),
            count=year.count,
            newer=None if newer is None else LinkView(years[newer].title, years[newer].url),
            older=None if older is None else LinkView(years[older].title, years[older].url),
        )
        yield urls[index], page


def _newest_of_years(atlas: Atlas) -> list[Post]:
    years = groupby(atlas.site.listed(), key=lambda post: atlas.calendar.day(post.date).year)
    return [next(posts) for _, posts in years]
