"""Small model values for tests of planning: only what a test names differs from the plainest post."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.model import Author, Document, Html, Post, Promo, PromoMatch, Site, Source
from sitegen.store import digest_of

__all__ = ["make_author", "make_document", "make_post", "make_promo", "make_site"]

EMPTY = Html(("",), (), digest_of(""))


def make_document(text: str = "Text.", **fields: Any) -> Document:
    """Return a document of one paragraph."""
    html = Html((f"<p>{text}</p>",), (), digest_of(text))
    plain: dict[str, Any] = {
        "body": html, "opening": EMPTY, "headings": (), "anchors": (), "more": None, "lead_text": text,
        "words": len(text.split()), "hosts": (), "drop_cap": False, "findings": (),
    }  # fmt: skip
    return Document(**(plain | fields))


def make_author(name: str) -> Author:
    return Author(name.lower().replace(" ", "-"), name)


def make_post(id: str, date: str = "2026-01-01", **fields: Any) -> Post:  # noqa: A002
    """Return a post whose date is in UTC."""
    plain: dict[str, Any] = {
        "id": id, "source": Source(f"content/posts/{id}.md"), "title": id.title(),
        "date": datetime.fromisoformat(date).replace(tzinfo=UTC), "slug": id.rsplit("/", 1)[-1],
        "document": make_document(), "authors": (),
    }  # fmt: skip
    return Post(**(plain | fields))


def make_promo(id: str, **fields: Any) -> Promo:  # noqa: A002
    match = {key: frozenset(fields.pop(key)) for key in ("tags", "categories", "authors") if key in fields}
    return Promo(id, id.title(), make_document(), match=PromoMatch(**match), **fields)


def make_site(*posts: Post, **fields: Any) -> Site:
    """Return a site of posts, newest first."""
    order = tuple(sorted(posts, key=lambda post: (post.date, post.id), reverse=True))
    plain: dict[str, Any] = {
        "posts": order, "pages": (), "promos": (), "authors": (), "static": (), "files": (), "data": {}, "held": (),
        "findings": (), "root": Path("site"),
    }  # fmt: skip
    return Site(**(plain | fields))
