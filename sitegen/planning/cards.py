"""Cards: a post as lists show it, and lists grouped by day."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from sitegen.model import Post
from sitegen.planning.atlas import Atlas
from sitegen.planning.once import once
from sitegen.planning.pieces import comments_view, plain_text, summary_of
from sitegen.planning.taxonomies import Kind
from sitegen.view import CardView, DateView, DayGroup

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
    _texts: dict[str, str] = field(default_factory=dict, repr=False)

    def card(self, post: Post) -> CardView:
        """Return a post's card."""
        return once(self._made, post.source.path, lambda: self._card(post))

    def summary(self, post: Post) -> str:
        """Return a post's dek in plain text, for feeds and search results."""
        return once(self._texts, post.source.path, lambda: plain_text(self.card(post).summary))

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
        days: dict[date, list[CardView]] = {}
        for post in posts:
            days.setdefault(calendar.day(post.date), []).append(self.card(post))
        return tuple([DayGroup(cards[0].date, tuple(cards)) for cards in days.values()])

    def _card(self, post: Post) -> CardView:
        atlas, link = self.atlas, self.atlas.post_link(post)
        return CardView(
            title=post.title,
            url=link.url,
            date=atlas.calendar.view(post.date),
            summary=summary_of(post.summary, post.document),
            authors=tuple([atlas.term_link(Kind.AUTHOR, author.name, author.id) for author in post.authors]),
            section=atlas.term_link(Kind.CATEGORY, post.category),
            comments=comments_view(atlas, post, thread=False),
            image=atlas.image(post.image, post.source, "image"),
            updated=updated_view(atlas, post),
            lang=post.lang if post.lang != atlas.config.language else "",
            featured=post.featured,
        )
