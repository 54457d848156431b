"""The listed posts by day, month and year, each grouped once for all pages that show them so."""

from collections.abc import Iterable
from itertools import groupby
from typing import Self

from sitegen.model import Post
from sitegen.planning.dates import Calendar
from sitegen.records import dataclass

__all__ = ["Periods", "Posts"]

Posts = tuple[Post, ...]
"""Newest first, as all groups."""


@dataclass(frozen=True, slots=True)
class Periods:
    """Groups that have a post."""

    days: tuple[Posts, ...]
    months: tuple[Posts, ...]
    years: tuple[tuple[Posts, ...], ...]
    """The months of each year."""

    @classmethod
    def of(cls, posts: Iterable[Post], calendar: Calendar) -> Self:
        """Group posts, newest first, by their days in the site's zone."""
        days = [(day, tuple(group)) for day, group in groupby(posts, key=lambda post: calendar.day(post.date))]
        by_month = groupby(days, key=lambda one: one[0].replace(day=1))
        months = [(month, tuple([post for _, group in of_month for post in group])) for month, of_month in by_month]
        by_year = groupby(months, key=lambda one: one[0].year)
        years = tuple([tuple([group for _, group in of_year]) for _, of_year in by_year])
        return cls(tuple([group for _, group in days]), tuple([group for _, group in months]), years)
