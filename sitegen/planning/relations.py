"""What a post leads on to: its neighbours, its series, and three related posts."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import partial

from sitegen.model import Post, Site
from sitegen.planning.once import once
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
    _seats: dict[tuple[Kind, str], Sequence[int]] = field(default_factory=dict)
    """Positions of the posts of each term."""
    _kin: dict[int, tuple[frozenset[str], str]] = field(default_factory=dict)
    """What posts are compared by, folded tags and category, by position: each is looked at by dozens of others."""

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
        for seats in self._groups_of(post):
            seat = bisect_left(seats, own)
            older.update(seats[seat + 1 : seat + 1 + _REACH])
            newer.update(seats[max(seat - _REACH, 0) : seat])
        found = self._best(own, older - {own})  # it stands there again if it has a tag twice, spelled in two ways
        if len(found) < _RELATED:
            found = [*found, *self._best(own, newer)][:_RELATED]
        return tuple([self.order[index] for index in found])

    def _groups_of(self, post: Post) -> Iterator[Sequence[int]]:
        """Yield the positions of the posts of each of its tags, and of those of its category, newest first."""
        asked = [*((Kind.TAG, fold(tag)) for tag in post.tags), (Kind.CATEGORY, fold(post.category))]
        return (once(self._seats, each, partial(self._seats_of, *each)) for each in asked)

    def _seats_of(self, kind: Kind, key: str) -> Sequence[int]:
        term = self._terms.find(kind, key)
        return [self.positions[post.id] for post in term.posts] if term else ()

    def _kin_of(self, index: int) -> tuple[frozenset[str], str]:
        post = self.order[index]
        return once(self._kin, index, lambda: (frozenset(map(fold, post.tags)), fold(post.category)))

    def _best(self, own: int, others: Iterable[int]) -> list[int]:
        """Return the closest three of `others`, positions that are all before `own` or all behind it."""
        most, kin_of = len(self.order), self._kin_of
        tags, category = kin_of(own)
        # One number per post, no two alike: a distance is less than `most`, so it only parts those that share as much.
        ranks: dict[int, int] = {}
        for index in others:
            other_tags, other_category = kin_of(index)
            shared = 2 * len(tags & other_tags) + (category == other_category)
            ranks[shared * most - abs(index - own)] = index
        return [ranks[rank] for rank in sorted(ranks, reverse=True)[:_RELATED]]
