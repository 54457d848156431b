"""What a post leads on to: its neighbours, its series, and three related posts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Post, Site
from sitegen.text import fold

__all__ = ["Relations"]

_RELATED = 3
# How far a post looks along each of its terms: enough to find kin, and the same work on a large site as on a small one.
_REACH = 12


@dataclass(frozen=True, slots=True)
class _Kin:
    """What a post shares with others, and where it stands among those that share it."""

    tags: frozenset[str]
    """Folded."""
    category: str
    """Folded."""
    seats: tuple[tuple[list[int], int], ...]
    """For each tag and the category: the positions of all posts that have it, and which of them is this one's."""


@dataclass(frozen=True, slots=True)
class Relations:
    """The listed posts in order, with what finding kin needs."""

    order: tuple[Post, ...]
    """Newest first."""
    positions: Mapping[str, int]
    """Index in `order` by post id."""
    series: Mapping[str, tuple[Post, ...]]
    """Posts by folded name of the series, oldest first."""
    _kin: tuple[_Kin, ...]
    """In `order`."""

    @classmethod
    def of(cls, site: Site) -> "Relations":
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
            _kin(order),
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
        seats = self._kin[own].seats
        found = self._best(own, {other for row, seat in seats for other in row[seat + 1 : seat + 1 + _REACH]})
        if len(found) < _RELATED:
            newer = {other for row, seat in seats for other in row[max(seat - _REACH, 0) : seat]}
            found = [*found, *self._best(own, newer)][:_RELATED]
        return tuple([self.order[index] for index in found])

    def _best(self, own: int, others: Iterable[int]) -> list[int]:
        """Return the closest three of `others`, positions that are all before `own` or all behind it."""
        kin, most = self._kin, len(self._kin)
        tags, category = kin[own].tags, kin[own].category
        # One number per post, no two alike: a distance is less than `most`, so it only parts those that share as much.
        ranks = {
            (2 * len(tags & kin[other].tags) + (category == kin[other].category)) * most - abs(other - own): other
            for other in others
        }
        return [ranks[rank] for rank in sorted(ranks, reverse=True)[:_RELATED]]


def _kin(order: Iterable[Post]) -> tuple[_Kin, ...]:
    tagged: dict[str, list[int]] = {}
    filed: dict[str, list[int]] = {}
    kin = []
    for index, post in enumerate(order):
        tags, category = frozenset([fold(tag) for tag in post.tags]), fold(post.category)
        rows = [*(tagged.setdefault(tag, []) for tag in tags), filed.setdefault(category, [])]
        kin.append(_Kin(tags, category, tuple([(row, len(row)) for row in rows])))
        for row in rows:
            row.append(index)
    return tuple(kin)
