"""Checking links without making the pages that show them; what was found out about a post is remembered."""

from collections.abc import Mapping
from dataclasses import field, replace

from sitegen.model import Author, Post, Promo
from sitegen.planning.atlas import Atlas, Made
from sitegen.planning.links import Ground, Links, Notes
from sitegen.planning.pieces import author_view, promo_view
from sitegen.planning.plan import Sketch
from sitegen.planning.promos import promos_of
from sitegen.planning.taxonomies import Kind
from sitegen.records import dataclass
from sitegen.store import Store

__all__ = ["LinkMemory"]


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is to know about the links of one post."""

    post: Post
    notes: Notes
    authors: tuple[Author, ...]
    """Those with a file, whose links are noted apart."""
    promos: tuple[Promo, ...]
    """Those with a file, likewise."""


@dataclass(slots=True)
class LinkMemory:
    """What the links of posts led to when the last plan was made."""

    _ground: Ground = field(default_factory=lambda: Ground({}, {}, {}))
    _promos: tuple[Promo, ...] = ()
    _posts: Mapping[str, _Found] = field(default_factory=dict)
    """By path of the source."""

    def note(self, sketch: Sketch) -> None:
        """Note in the links of a sketch all that making its pages would.

        Lists, feeds and cards show no link that the pages of their posts, authors and promos do not.
        """
        atlas = sketch.atlas
        found = self._look(atlas)
        for one in found.values():
            atlas.links.notes.add(one.notes)
        for author in {author.id: author for one in found.values() for author in one.authors}.values():
            author_view(atlas, author)
        for term in atlas.terms.of(Kind.AUTHOR):
            if term.author:
                author_view(atlas, term.author)
        for promo in {promo.id: promo for one in found.values() for promo in one.promos}.values():
            promo_view(atlas, promo)
        pages = {page.source.path for page in atlas.site.pages}
        for claim in sketch.routes.claimed():
            if claim.place.path in pages or claim.url in _OWN_LINKS:
                claim.make()  # notes its links
        self._ground, self._promos, self._posts = atlas.links.ground, atlas.site.promos, found

    def _look(self, atlas: Atlas) -> dict[str, _Found]:
        """Return what is found out about each post, from memory where nothing can have changed."""
        ground, promos = atlas.links.ground, atlas.site.promos
        posts = self._posts if (self._promos, self._ground.assets) == (promos, ground.assets) else {}
        moved = ground.differences(self._ground)
        found = {}
        for post in atlas.site.posts:
            path = post.source.path
            known = posts.get(path)
            if known is None or known.post is not post or known.notes.faults or not known.notes.asked.isdisjoint(moved):
                known = _look_at(atlas, post)
            found[path] = known
        return found


_OWN_LINKS = ("/", "/404.html")
"""Paths of pages that are made at once, as those of pages are: they are few, and show links of their own."""


def _look_at(atlas: Atlas, post: Post) -> _Found:
    """Note the links that the page of a post shows."""
    links, promos = Links(atlas.links.ground), promos_of(post, atlas.site.promos)
    atlas.resolve_all(post.document.body, post.source, atlas.targets[post.source.path], links)
    inline = [author for author in post.authors if author.described_in]
    own_promos = [promo for promo in promos if promo.source is None]
    if post.image or inline or own_promos:
        own = replace(atlas, links=links, made=Made(), store=Store())
        own.image(post.image, post.source, "image")
        for author in inline:
            author_view(own, author)
        for promo in own_promos:
            promo_view(own, promo, post)
    authors = tuple([author for author in post.authors if author.source])
    return _Found(post, links.notes, authors, tuple([promo for promo in promos if promo.source]))
