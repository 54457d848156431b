"""A whole site as the preview planned it, and the edits of texts and titles that need no other plan."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from functools import cached_property

from sitegen.build import Edition
from sitegen.model import Document, Post, Site
from sitegen.planning import differs_in_text_alone, patch_outline
from sitegen.reading import Selection
from sitegen.records import dataclass
from sitegen.view import PostPage

__all__ = ["Edit", "Whole"]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a post says now, where it is something else than when the site was planned."""

    document: Document | None
    title: str
    """Empty: the same."""
    addresses: tuple[str, ...] = ()
    """At which views name the post, if it has another title."""


@dataclass(frozen=True)
class Whole:
    """A whole site as it was planned, and what was edited since."""

    site: Site
    planned: Edition
    selection: Selection
    edition: Edition
    """With all edits."""
    edits: Mapping[str, Edit] = field(default_factory=dict)
    """By path of a post."""

    @cached_property
    def posts(self) -> Mapping[str, Post]:
        """Posts by path."""
        return {post.source.path: post for post in self.site.posts}

    @cached_property
    def _bodies(self) -> Counter[str]:
        return Counter([post.document.body.digest for post in self.site.posts])

    def edit(self, post: Post, document: Document, title: str) -> Edit | None:
        """Return the edit that gave `post` these; None if it plans anything anew, or something is told about the post.

        No other post may have the same text.
        """
        if any(finding.place.path == post.source.path for finding in self.planned.findings):
            return None
        old = post.document
        changed = document if document != old else None
        if changed and (self._bodies[old.body.digest] > 1 or not differs_in_text_alone(old, changed)):
            return None
        if title == post.title:
            return Edit(changed, "")
        return Edit(changed, title, tuple(self._addresses_of(post)))

    def edited(self, edits: Mapping[str, Edit]) -> "Whole":
        """Return the same with these edits, all that there were since it was planned."""
        texts: dict[str, Document] = {}
        titles: dict[str, str] = {}
        for path, edit in edits.items():
            if edit.document:
                texts[self.posts[path].document.body.digest] = edit.document
                self.planned.store.add_parts(edit.document.body.digest, edit.document.body.parts)
            titles |= dict.fromkeys(edit.addresses, edit.title)
        plan = patch_outline(self.planned.plan, texts, titles, self.edition.plan)
        return replace(self, edition=replace(self.planned, plan=plan), edits=edits)

    def _addresses_of(self, post: Post) -> Iterator[str]:
        """Yield the addresses at which views name a post."""
        plan = self.planned.plan
        for url in plan.urls_of(post.source.path):
            page = plan.by_url[url].view.page
            if isinstance(page, PostPage):
                yield from (page.url, page.canonical)

    def is_due(self, selection: Selection) -> bool:
        """Whether time alone makes it another."""
        due = self.edition.plan.next_change
        return selection.now < self.selection.now or (due is not None and selection.now >= due)
