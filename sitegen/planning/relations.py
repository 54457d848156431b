"""What a post leads on to: its neighbours, its series, and three related posts."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sitegen.model import Post, Site
from sitegen.records import dataclass
from sitegen.text import fold

__all__ = ["Kin", "Relations"]

_RELATED = 3
# How far a post looks along each of its terms: enough to find kin, and the same work on a large site as on a small one.
_REACH = 12


_Seats = tuple[tuple[list[int], int], ...]
"""For each tag of a post and its category: the positions of all posts that have it, and which of them is its own."""


class Kin:
    """The relations of a site, found when a page first asks for them."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def relations(self) -> "Relations":
        """What the listed posts lead on to."""
        return Relations.of(self._site)

    def find(self) -> None:
        """Find them now."""
        _ = self.relations


@dataclass(frozen=True, slots=True)
class Relations:
    """The listed posts in order, with what finding kin needs."""

    order: tuple[Post, ...]
    """Newest first."""
    positions: Mapping[str, int]
    """Index in `order` by post id."""
    series: Mapping[str, tuple[Post, ...]]
    """Posts by folded name of the series, oldest first."""
    _tags: list[frozenset[str]]
    """Folded, in `order`, as all that follows."""
    _categories: list[str]
    """Folded."""
    _seats: list[_Seats]

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
            *_kinship(order),
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
        seats = self._seats[own]
        found = self._best(own, {other for row, seat in seats for other in row[seat + 1 : seat + 1 + _REACH]})
        if len(found) < _RELATED:
            newer = {other for row, seat in seats for other in row[max(seat - _REACH, 0) : seat]}
            found = [*found, *self._best(own, newer)][:_RELATED]
        return tuple([self.order[index] for index in found])

    def _best(self, own: int, others: Iterable[int]) -> list[int]:
        """Return the closest three of `others`, positions that are all before `own` or all behind it."""
        tags, categories, most = self._tags, self._categories, len(self.order)
        own_tags, own_category = tags[own], categories[own]
        # One number per post, no two alike: a distance is less than `most`, so it only parts those that share as much.
        ranks = {
            (2 * len(own_tags & tags[other]) + (own_category == categories[other])) * most - abs(other - own): other
            for other in others
        }
        return [ranks[rank] for rank in sorted(ranks, reverse=True)[:_RELATED]]


def _kinship(order: Sequence[Post]) -> tuple[list[frozenset[str]], list[str], list[_Seats]]:
    tags = [frozenset([fold(tag) for tag in post.tags]) for post in order]
    categories = [fold(post.category) for post in order]
    tagged: dict[str, list[int]] = {}
    filed: dict[str, list[int]] = {}
    seats: list[_Seats] = []
    for index, (names, category) in enumerate(zip(tags, categories, strict=True)):
        rows = [*(tagged.setdefault(tag, []) for tag in names), filed.setdefault(category, [])]
        seats.append(tuple([(row, len(row)) for row in rows]))
        for row in rows:
            row.append(index)
    return tags, categories, seats
