"""The archive of all years, and each year's titles by month."""

from collections.abc import Iterator
from itertools import groupby

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.view import ArchivePage, LinkView, MonthView, YearView

__all__ = ["ARCHIVE_URL", "archive_pages", "year_views"]

ARCHIVE_URL = "/archive/"


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
    return YearView(str(year), atlas.addresses.link(f"/{year:04}/"), len(posts), tuple(views))


def archive_pages(atlas: Atlas, years: tuple[YearView, ...]) -> Iterator[tuple[str, ArchivePage]]:
    """Yield the archive of all `years` and the page of each year, each with its path."""
    newest = next(atlas.site.listed(), None)
    title, total = atlas.word("archive"), sum(year.count for year in years)
    head = atlas.head(ARCHIVE_URL, title, newest=newest, crumbs=atlas.crumbs())
    yield ARCHIVE_URL, ArchivePage(**head, kind="archive", years=years, count=total)
    yield from _year_pages(atlas, title)


def _year_pages(atlas: Atlas, title: str) -> Iterator[tuple[str, ArchivePage]]:
    years = year_views(atlas, titles=True)
    newest = _newest_of_years(atlas)
    for index, year in enumerate(years):
        newer = years[index - 1] if index else None
        older = years[index + 1] if index + 1 < len(years) else None
        url = f"/{int(year.title):04}/"
        yield (
            url,
            ArchivePage(
                **atlas.head(
                    url,
                    year.title,
                    newest=newest[year.title],
                    crumbs=atlas.crumbs(atlas.link(title, ARCHIVE_URL)),
                    newer=f"/{int(newer.title):04}/" if newer else "",
                    older=f"/{int(older.title):04}/" if older else "",
                ),
                kind="year",
                years=(year,),
                count=year.count,
                newer=LinkView(newer.title, newer.url) if newer else None,
                older=LinkView(older.title, older.url) if older else None,
            ),
        )


def _newest_of_years(atlas: Atlas) -> dict[str, Post]:
    newest: dict[str, Post] = {}
    for post in atlas.site.listed():
        newest.setdefault(str(atlas.calendar.day(post.date).year), post)
    return newest
