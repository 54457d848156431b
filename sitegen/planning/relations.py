"""What a post leads on to: its neighbours, its series, and three related posts."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from sitegen.model import Post, Site
from sitegen.planning.taxonomies import Kind, Taxonomies
from sitegen.records import dataclass
from sitegen.text import fold

__all__ = ["Relations"]

_RELATED = 3
# How far a post looks along each of its terms: enough to find kin, and the same work on a large site as on a small one.
_REACH = 12


@dataclass(frozen=True, slots=True)
class Relations:
    """The listed posts in order, with what finding kin needs: nothing is found before a page asks for it."""

    order: tuple[Post, ...]
    """Newest first."""
    positions: Mapping[str, int]
    """Index in `order` by post id."""
    series: Mapping[str, tuple[Post, ...]]
    """Posts by folded name of the series, oldest first."""
    _terms: Taxonomies

    @classmethod
    def of(cls, site: Site, terms: Taxonomies) -> "Relations":
        """Return the relations of the listed posts, which `terms` group."""
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
        own = self.positions.get(post.id)
        if own is None:
            return ()
        older: set[int] = set()
        newer: set[int] = set()
        for posts in self._groups_of(post):
            seat = bisect_left(posts, own, key=self._position)
            older.update(map(self._position, posts[seat + 1 : seat + 1 + _REACH]))
            newer.update(map(self._position, posts[max(seat - _REACH, 0) : seat]))
        found = self._best(own, older - {own})  # it stands there again if it has a tag twice, spelled in two ways
        if len(found) < _RELATED:
            found = [*found, *self._best(own, newer)][:_RELATED]
        return tuple([self.order[index] for index in found])

    def _groups_of(self, post: Post) -> Iterator[tuple[Post, ...]]:
        """Yield the posts of each of its tags, and those of its category, newest first."""
        asked = [*((Kind.TAG, tag) for tag in _folded(post.tags)), (Kind.CATEGORY, fold(post.category))]
        terms = (self._terms.find(kind, key) for kind, key in asked)
        return (term.posts for term in terms if term)

    def _position(self, post: Post) -> int:
        return self.positions[post.id]

    def _best(self, own: int, others: Iterable[int]) -> list[int]:
        """Return the closest three of `others`, positions that are all before `own` or all behind it."""
        post, most = self.order[own], len(self.order)
        tags, category = _folded(post.tags), fold(post.category)
        # One number per post, no two alike: a distance is less than `most`, so it only parts those that share as much.
        ranks: dict[int, int] = {}
        for index in others:
            other = self.order[index]
            shared = 2 * len(tags & _folded(other.tags)) + (category == fold(other.category))
            ranks[shared * most - abs(index - own)] = index
        return [ranks[rank] for rank in sorted(ranks, reverse=True)[:_RELATED]]


@lru_cache(maxsize=4096)  # each post is looked at by dozens of others
def _folded(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, tags))
