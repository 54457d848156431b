"""What a post leads on to: its neighbours, its series, and three related posts."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.model import Post, Site
from sitegen.planning.taxonomies import Kind, Taxonomies, Term
from sitegen.text import fold

__all__ = ["Relations"]

_RELATED = 3
# How far a post looks along each of its terms: enough to find kin, and the same work on a large site as on a small one.
_REACH = 12


@dataclass(frozen=True)
class Relations:
    """The listed posts in order, with what finding kin needs."""

    order: tuple[Post, ...]
    """Newest first."""
    positions: Mapping[str, int]
    """Index in `order` by post id."""
    series: Mapping[str, tuple[Post, ...]]
    """Posts by folded name of the series, oldest first."""
    terms: Taxonomies
    keys: Mapping[str, tuple[frozenset[str], str]]
    """Folded tags and section by post id."""

    @classmethod
    def of(cls, site: Site, terms: Taxonomies) -> "Relations":
        """Return the relations of the listed posts."""
        order = tuple(site.listed())
        series: dict[str, list[Post]] = {}
        for post in reversed(order):
            if post.series:
                series.setdefault(fold(post.series), []).append(post)
        return cls(
            order,
            {post.id: index for index, post in enumerate(order)},
            {name: tuple(parts) for name, parts in series.items()},
            terms,
            {post.id: (frozenset(map(fold, post.tags)), fold(post.category)) for post in order},
        )

    def newer(self, post: Post) -> Post | None:
        """Return the next newer listed post."""
        index = self.positions.get(post.id)
        return self.order[index - 1] if index else None

    def older(self, post: Post) -> Post | None:
        """Return the next older listed post."""
        index = self.positions.get(post.id)
        return None if index is None or index + 1 == len(self.order) else self.order[index + 1]

    def related(self, post: Post) -> tuple[Post, ...]:
        """Return up to three posts that share most tags, then the category, then are nearest in time.

        Older posts come first and newer ones only fill up, nearest first: so a new post changes the related posts of
        the few that have none, not of everything it shares a tag with.
        """
        if post.id not in self.positions:
            return ()
        terms = self._terms(post)
        older = self._ranked(post, [kin for term in terms for kin in self._beside(term, post, forward=True)])
        if len(older) >= _RELATED:
            return older[:_RELATED]
        newer = self._ranked(post, [kin for term in terms for kin in self._beside(term, post, forward=False)])
        return (*older, *newer)[:_RELATED]

    def _terms(self, post: Post) -> list[Term]:
        tags, category = self.keys[post.id]
        keys = [*((Kind.TAG, tag) for tag in sorted(tags)), (Kind.CATEGORY, category)]
        return [term for kind, key in keys if (term := self.terms.find(kind, key))]

    def _beside(self, term: Term, post: Post, *, forward: bool) -> Sequence[Post]:
        """Return the next older (`forward`) or newer posts of a term, nearest first."""
        low = bisect_left(term.posts, self.positions[post.id], key=lambda other: self.positions[other.id])
        if forward:
            return term.posts[low + 1 : low + 1 + _REACH]
        return term.posts[max(low - _REACH, 0) : low][::-1]

    def _ranked(self, post: Post, kin: Sequence[Post]) -> tuple[Post, ...]:
        (tags, category), own = self.keys[post.id], self.positions[post.id]

        def rank(other: Post) -> tuple[int, bool, int]:
            their_tags, their_category = self.keys[other.id]
            return (-len(tags & their_tags), their_category != category, abs(self.positions[other.id] - own))

        return tuple(sorted({other.id: other for other in kin}.values(), key=rank))
