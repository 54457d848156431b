"""How each generator wants its posts: where they lie and what stands above their text."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

__all__ = ["LAYOUTS", "Layout", "Page", "Post"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is not dated."""

    slug: str
    title: str
    body: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post."""

    slug: str
    title: str
    date: datetime
    """In UTC."""
    author: str
    category: str
    tags: Sequence[str]
    summary: str
    body: str
    """Markdown."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a generator's sources, by paths below the site's folder."""

    posts: str
    """Folder of the posts."""
    pages: str
    """Folder of the pages."""
    images: str
    """Folder that is published at /images/."""
    post: Callable[[Post], str]
    """Front matter and text of a post."""
    page: Callable[[Page], str]
    """Front matter and text of a page."""

    def path_of(self, entry: Post | Page) -> str:
        """Return the path of the source of a post or page."""
        if isinstance(entry, Page):
            return f"{self.pages}/{entry.slug}.md"
        return f"{self.posts}/{entry.date:%Y}/{entry.date:%Y-%m-%d}-{entry.slug}.md"

    def text_of(self, entry: Post | Page) -> str:
        """Return the source of a post or page."""
        return self.page(entry) if isinstance(entry, Page) else self.post(entry)


def _yaml(keys: Mapping[str, object], body: str) -> str:
    """Return a source with YAML above it; a JSON value is a YAML value too (YAML 1.2, section 1.3)."""
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
    return f"---\n{''.join(lines)}---\n\n{body}"


def _yaml_page(page: Page) -> str:
    return _yaml({"title": page.title}, page.body)


def _yaml_keys(post: Post) -> dict[str, object]:
    return {"title": post.title, "date": f"{post.date:%Y-%m-%dT%H:%M:%SZ}", "slug": post.slug, "summary": post.summary}


def _sitegen_post(post: Post) -> str:
    keys = {"author": post.author, "category": post.category, "tags": post.tags}
    return _yaml(_yaml_keys(post) | keys, post.body)


def _hugo_post(post: Post) -> str:
    terms = {"authors": [post.author], "categories": [post.category], "tags": post.tags}
    # Hugo has no archives by date; as taxonomies it has.
    archives = {"years": [f"{post.date:%Y}"], "months": [f"{post.date:%Y-%m}"]}
    return _yaml(_yaml_keys(post) | terms | archives, post.body)


def _pelican_post(post: Post) -> str:
    keys = {
        "Title": post.title,
        "Date": f"{post.date:%Y-%m-%d %H:%M}",
        "Slug": post.slug,
        "Author": post.author,
        "Category": post.category,
        "Tags": ", ".join(post.tags),
        "Summary": post.summary,
    }
    return "".join(f"{key}: {value}\n" for key, value in keys.items()) + f"\n{post.body}"


def _pelican_page(page: Page) -> str:
    return f"Title: {page.title}\nSlug: {page.slug}\n\n{page.body}"


def _nikola(keys: Mapping[str, str], body: str) -> str:
    lines = "".join(f".. {key}: {value}\n" for key, value in keys.items())
    return f"<!--\n{lines}-->\n\n{body}"


def _nikola_post(post: Post) -> str:
    keys = {
        "title": post.title,
        "slug": post.slug,
        "date": f"{post.date:%Y-%m-%d %H:%M:%S} UTC",
        "author": post.author,
        "category": post.category,
        "tags": ", ".join(post.tags),
        "description": post.summary.replace("--", "–"),  # in a comment of HTML
    }
    return _nikola(keys, post.body)


def _nikola_page(page: Page) -> str:
    return _nikola({"title": page.title, "slug": page.slug, "date": "2010-01-01 00:00:00 UTC"}, page.body)


_SITEGEN: Final = Layout("content/posts", "content/pages", "content/static/images", _sitegen_post, _yaml_page)
LAYOUTS: Final = {
    "sitegen": _SITEGEN,
    "sitegen-newspaper": _SITEGEN,
    "hugo": Layout("content/posts", "content", "static/images", _hugo_post, _yaml_page),
    "eleventy": Layout("content/posts", "content/pages", "content/images", _sitegen_post, _yaml_page),
    "pelican": Layout("content/posts", "content/pages", "content/images", _pelican_post, _pelican_page),
    "nikola": Layout("posts", "pages", "files/images", _nikola_post, _nikola_page),
}
