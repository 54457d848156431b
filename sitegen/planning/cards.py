"""Cards: a post as lists show it, and lists grouped by day."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.pieces import comments_view, summary_of
from sitegen.planning.taxonomies import Kind
from sitegen.text import fold
from sitegen.view import CardView, DateView, DayGroup, LinkView

__all__ = ["Cards", "updated_view"]

_DAY = 86_400
"""Seconds."""


def updated_view(atlas: Atlas, post: Post) -> DateView | None:
    """Return the date of the last revision, if that was more than a day after publication."""
    if post.updated is None or (post.updated - post.date).total_seconds() <= _DAY:
        return None
    return atlas.calendar.view(post.updated)


@dataclass(frozen=True)
class Cards:
    """The cards of one plan. A post stands on many lists; its card is made once."""

    atlas: Atlas
    _made: dict[str, CardView] = field(default_factory=dict, repr=False)

    def card(self, post: Post) -> CardView:
        """Return a post's card."""
        found = self._made.get(post.id)
        if found is None:
            found = self._made[post.id] = self._card(post)
        return found

    def lead(self, post: Post) -> CardView:
        """Return a post's card as the lead: with its opening paragraphs when it has no picture."""
        card, opening = self.card(post), post.document.opening
        if card.image or not "".join(opening.parts).strip():
            return card
        own = self.atlas.targets[post.source.path]
        return replace(card, opening=self.atlas.body_elsewhere(opening, post.source, own, absolute=False))

    def days(self, posts: Iterable[Post]) -> tuple[DayGroup, ...]:
        """Return posts, newest first, grouped by their day in the site's zone."""
        calendar = self.atlas.calendar
        return tuple(
            DayGroup(cards[0].date, cards)
            for _, group in groupby(posts, key=lambda post: calendar.day(post.date))
            if (cards := tuple(map(self.card, group)))
        )

    def _card(self, post: Post) -> CardView:
        atlas = self.atlas
        return CardView(
            title=post.title,
            url=atlas.addresses.link(atlas.url_of(post)),
            date=atlas.calendar.view(post.date),
            summary=summary_of(post.summary, post.document),
            authors=tuple(self._byline(post)),
            section=atlas.term_link(Kind.CATEGORY, fold(post.category), post.category),
            comments=comments_view(atlas, post, thread=False),
            image=atlas.image(post.image, post.source, "image"),
            updated=updated_view(atlas, post),
            lang=post.lang if post.lang != atlas.config.language else "",
            featured=post.featured,
        )

    def _byline(self, post: Post) -> Iterable[LinkView]:
        return (self.atlas.term_link(Kind.AUTHOR, author.id, author.name) for author in post.authors)
