"""Permalinks: from a post, a page or a term to its URL, by the patterns of the configuration."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

from sitegen.model import Page, Post
from sitegen.planning.addresses import normalise
from sitegen.text import slugify

__all__ = ["day_values", "expand", "folder_of", "page_url", "post_url", "term_url"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_UNSAFE_IN_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%#]+')


def expand(pattern: str, values: Mapping[str, str]) -> str:
    """Return the normalised path that `pattern` gives; a placeholder without value becomes nothing."""
    parts = _parts(pattern)
    return normalise("".join([values.get(part, "") if number % 2 else part for number, part in enumerate(parts)]))


@lru_cache(maxsize=64)  # a site has ten patterns
def _parts(pattern: str) -> tuple[str, ...]:
    """Return what stands between the placeholders of a pattern, and their names, in turns."""
    return tuple(_PLACEHOLDER.split(pattern))


def post_url(post: Post, day: date, pattern: str) -> str:
    """Return a post's URL: its own `permalink`, else the pattern's. `day` is its date in the site's zone."""
    if post.permalink:
        return normalise(post.permalink)
    asked = _parts(pattern)[1::2]
    of_post = {name: _OF_POST[name](post) for name in asked if name in _OF_POST}
    return expand(pattern, {**of_post, **{name: _OF_DAY[name](day) for name in asked if name in _OF_DAY}})


def page_url(page: Page, pattern: str) -> str:
    """Return a page's URL: its own `permalink`, else the pattern's with `slug` in place of the file's name."""
    if page.permalink:
        return normalise(page.permalink)
    folder, name = posixpath.split(page.path)
    path = posixpath.join(folder, page.slug or name)
    return expand(pattern, {"path": path, "slug": page.slug or slugify(name), "name": _segment(page.title)})


def term_url(name: str, slug: str, pattern: str) -> str:
    """Return the URL of a tag, a category or an author."""
    return expand(pattern, {"name": _segment(name), "slug": slug})


def folder_of(url: str) -> str:
    """Return the folder that belongs to a page, for its files, feed and further pages: `/a.html` has `/a/`."""
    return url if url.endswith("/") else posixpath.splitext(url)[0] + "/"


def day_values(day: date) -> dict[str, str]:
    """Return the values of `{year}`, `{month}` and `{day}`."""
    return {name: of_day(day) for name, of_day in _OF_DAY.items()}


def _segment(name: str) -> str:
    """Return a name as one segment: readable, but without what paths and URLs give a meaning to."""
    cleaned = _UNSAFE_IN_NAME.sub("-", name).strip(". ")
    return cleaned if cleaned and len(cleaned.encode()) <= 200 else slugify(name)


_OF_DAY: Final[Mapping[str, Callable[[date], str]]] = {
    "year": lambda day: f"{day.year:04}",
    "month": lambda day: f"{day.month:02}",
    "day": lambda day: f"{day.day:02}",
}
_OF_POST: Final[Mapping[str, Callable[[Post], str]]] = {
    "slug": lambda post: post.slug,
    "name": lambda post: _segment(post.title),
    "id": lambda post: "/".join(slugify(part) for part in post.id.split("/")),
    "path": lambda post: post.id if ":" not in post.id else slugify(post.id),
    "category": lambda post: slugify(post.category),
}
"""What a placeholder stands for in the pattern of posts: made only where a pattern asks for it."""
