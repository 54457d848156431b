"""Which promotional blocks stand after a post."""

from collections.abc import Iterable

from sitegen.model import Post, Promo
from sitegen.text import fold

__all__ = ["pick_promo", "promos_of"]


def promos_of(post: Post, running: Iterable[Promo]) -> tuple[Promo, ...]:
    """Return the post's own promos, in its order; else the one that the site picks, if any."""
    if post.promos is not None:
        return post.promos
    picked = pick_promo(post, running)
    return (picked,) if picked else ()


def pick_promo(post: Post, running: Iterable[Promo]) -> Promo | None:
    """Return the first of `running` (highest weight first, then id) that matches the post, else the first default."""
    candidates = tuple(running)
    matching = (promo for promo in candidates if promo.match and _matches(promo, post))
    default = (promo for promo in candidates if promo.default)
    return next(matching, None) or next(default, None)


def _matches(promo: Promo, post: Post) -> bool:
    match = promo.match
    return (
        (not match.tags or any(fold(tag) in match.tags for tag in post.tags))
        and (not match.categories or fold(post.category) in match.categories)
        and (
            not match.authors
            or any(fold(name) in match.authors for author in post.authors for name in (author.id, author.name))
        )
    )
