"""The archive of all years, and each year's titles by month."""

from collections.abc import Iterator

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.periods import Posts
from sitegen.planning.routes import Later
from sitegen.records import dataclass
from sitegen.view import ArchivePage, LinkView, MonthView, YearView

__all__ = ["ArchiveRoute", "archive_pages", "year_views"]


def year_views(atlas: Atlas) -> tuple[YearView, ...]:
    """Return all years with their months, newest first, without titles."""
    return tuple(_year(atlas, months, titles=False) for months in atlas.periods.years)


def _year(atlas: Atlas, months: tuple[Posts, ...], *, titles: bool) -> YearView:
    """Return the year of `months`; `titles`: every month lists its posts."""
    calendar = atlas.calendar
    views = []
    for posts in months:
        first = calendar.day(posts[0].date).replace(day=1)
        links: tuple[LinkView, ...] = tuple(map(atlas.post_link, posts)) if titles else ()
        url = atlas.addresses.link(calendar.month_url(first))
        views.append(MonthView(calendar.names.month(first), url, len(posts), links))
    link = _year_link(atlas, months[0][0])
    return YearView(link.title, link.url, sum(map(len, months)), tuple(views))


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
    all_years = atlas.periods.years
    for index, months in enumerate(all_years):
        newest = months[0][0]
        newer = all_years[index - 1][0][0] if index else None
        older = all_years[index + 1][0][0] if index + 1 < len(all_years) else None
        yield ArchiveRoute(_year_url(atlas, newest), Later(_year_page, atlas, months, newer, older), newest)


def _archive_page(atlas: Atlas, years: tuple[YearView, ...], newest: Post | None) -> ArchivePage:
    head = atlas.head(atlas.calendar.archive_url, atlas.word("archive"), newest=newest, crumbs=atlas.crumbs())
    return ArchivePage(**head, kind="archive", years=years, count=sum(year.count for year in years))


def _year_page(atlas: Atlas, months: tuple[Posts, ...], newer: Post | None, older: Post | None) -> ArchivePage:
    """Return the page of the year of `months`; `newer` and `older` are posts of the years beside it."""
    year, newest = _year(atlas, months, titles=True), months[0][0]
    archive = atlas.link(atlas.word("archive"), atlas.calendar.archive_url)
    return ArchivePage(
        **atlas.head(
            _year_url(atlas, newest),
            year.title,
            newest=newest,
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
