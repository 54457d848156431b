"""The atlas: everything that views are made from, looked up in one place while a plan is being made."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from html import escape
from typing import Literal, TypedDict

from sitegen.config import Config
from sitegen.errors import TemplateError
from sitegen.model import Html, Picture, Post, Site, SlotKind, Source
from sitegen.planning.addresses import Addresses
from sitegen.planning.dates import Calendar, direction_of, number_text
from sitegen.planning.links import Links, Target, leads_elsewhere
from sitegen.planning.once import Once, once
from sitegen.planning.periods import Periods
from sitegen.planning.policy import content_policy
from sitegen.planning.taxonomies import Kind, Taxonomies
from sitegen.records import dataclass
from sitegen.store import Store
from sitegen.text import fold
from sitegen.theme import Theme
from sitegen.view import AuthorView, Body, EditionView, FeedLink, ImageView, LinkView, PromoView, Record

__all__ = ["Atlas", "Head", "Made"]


class Head(TypedDict):
    """The fields of `PageView`."""

    title: str
    url: str
    canonical: str
    description: str
    lang: str
    direction: Literal["ltr", "rtl"]
    noindex: bool
    csp: str
    edition: EditionView | None
    crumbs: tuple[LinkView, ...]
    feed: FeedLink | None
    image: ImageView | None
    prev_url: str
    next_url: str


@dataclass(frozen=True, slots=True)
class Made:
    """What many pages of a plan show, as far as it was made."""

    posts: dict[str, LinkView] = field(default_factory=dict)
    """Links by path of the source."""
    authors: dict[str, AuthorView] = field(default_factory=dict)
    """Those with a file, by id."""
    promos: dict[str, PromoView] = field(default_factory=dict)
    """Those with a file, by id."""
    cards: dict[str, ImageView | None] = field(default_factory=dict)
    """Social cards by path of the post; None for one that has none."""


@dataclass(frozen=True)
class Atlas:
    """What a plan is made from. Only `links`, `store` and `made` fill up on the way."""

    config: Config
    site: Site
    theme: Theme
    addresses: Addresses
    calendar: Calendar
    terms: Taxonomies
    targets: Mapping[str, Target]
    """Pages by the path of their source."""
    plural: Callable[[int], str]
    links: Links
    store: Store
    made: Made = field(default_factory=Made)

    @cached_property
    def periods(self) -> Periods:
        """The listed posts by day, month and year."""
        return Periods.of(self.site.listed(), self.calendar)

    def url_of(self, post: Post) -> str:
        """Return a post's path of the site."""
        return self.targets[post.source.path].url

    def link(self, title: str, url: str) -> LinkView:
        """Return a link to a path of the site."""
        return LinkView(title, self.addresses.link(url))

    def post_link(self, post: Post) -> LinkView:
        """Return a link to a post, with its date."""
        return once(
            self.made.posts,
            post.source.path,
            lambda: LinkView(post.title, self.addresses.link(self.url_of(post)), self.calendar.view(post.date)),
        )

    def term_link(self, kind: Kind, name: str, key: str = "") -> LinkView:
        """Return a link to a term's page, which is found by its `key`, else by its name.

        A term without listed posts has no page, and its link no address.
        """
        return self._term_links[kind, name, key]

    # What these make their values with must not lead back to the atlas: held by what it holds, it would stay in memory,
    # and the whole site with it, until Python's collector came, which a build does without.

    @cached_property
    def _term_links(self) -> Once[tuple[Kind, str, str], LinkView]:
        terms, addresses = self.terms, self.addresses

        def make(asked: tuple[Kind, str, str]) -> LinkView:
            kind, name, key = asked
            term = terms.find(kind, key or fold(name))
            return LinkView(term.name, addresses.link(term.url)) if term else LinkView(name, "")

        return Once(make)

    def word(self, key: str) -> str:
        """Return a word of the user interface."""
        return str(_word_of(self.theme, key))

    def counted(self, key: str, number: int) -> str:
        """Return a word with a number in it, in the form that the language asks for."""
        return self._counted[key, number]

    @cached_property
    def _counted(self) -> Once[tuple[str, int], str]:
        theme, plural, language = self.theme, self.plural, self.config.language

        def make(asked: tuple[str, int]) -> str:
            key, number = asked
            forms, shown = _word_of(theme, key), number_text(number, language)
            if not isinstance(forms, Record):
                return str(forms).format(n=shown)
            form = plural(number)
            return str(forms[form if form in forms else "other"]).format(n=shown)

        return Once(make)

    def body(self, html: Html, source: Source, own: Target | None = None) -> Body:
        """Return converted HTML as views carry it, its parts kept in the store, its links resolved."""
        return Body(self._keep(html), self._fills(html, source, own, self.addresses.link))

    def body_elsewhere(self, html: Html, source: Source, own: Target, *, absolute: bool) -> Body:
        """Return converted HTML for another page than its own (`absolute`: for a feed): `#part` leads to its page."""
        to_address = self.addresses.absolute if absolute else self.addresses.link

        def address(url: str) -> str:
            return to_address(own.url) + url if url.startswith("#") else to_address(url)

        return Body(self._keep(html), self._fills(html, source, own, address))

    def _keep(self, html: Html) -> str:
        self.store.add_parts(html.digest, html.parts)
        return html.digest

    def _fills(self, html: Html, source: Source, own: Target | None, address: Callable[[str], str]) -> tuple[str, ...]:
        urls = self.resolve_all(html, source, own, self.links)
        return tuple(
            [
                escape(address(url)) if slot.kind is not SlotKind.SIZE else self._size_at(slot.target, source)
                for slot, url in zip(html.slots, urls, strict=True)
            ]
        )

    def resolve_all(self, html: Html, source: Source, own: Target | None, links: Links) -> list[str]:
        """Return where the addresses in converted HTML lead to, as `links` finds and notes it."""
        first, urls = source.text_line - 1, []
        for slot in html.slots:
            url = slot.target
            if slot.kind is not SlotKind.SIZE and not leads_elsewhere(url):
                url = links.resolve(url, source.place_at(slot.line and slot.line + first), own, slot.kind)
            urls.append(url)
        return urls

    def _size_at(self, target: str, source: Source) -> str:
        """Return the size of the picture at an address as attributes, or nothing."""
        asset = self.links.picture(target, source.path)
        return f' width="{asset.width}" height="{asset.height}"' if asset and asset.width else ""

    def image(self, picture: Picture | None, source: Source | None, key: str) -> ImageView | None:
        """Return a picture named in front matter under `key`."""
        if picture is None or source is None:
            return None
        place = source.place(f"{key}.src")
        url = self.links.resolve(picture.target, place if place.line else source.place(key), kind=SlotKind.PICTURE)
        asset = self.links.picture(picture.target, source.path)
        return ImageView(
            url=self.addresses.link(url),
            alt=picture.alt or "",
            absolute_url=self.addresses.absolute(url),
            width=asset.width if asset else 0,
            height=asset.height if asset else 0,
            caption=picture.caption,
            credit=picture.credit,
        )

    def edition(self, newest: Post | None) -> EditionView | None:
        """Return the edition line of a page by its newest post: years since the founding, day of the year."""
        if newest is None:
            return None
        return EditionView(self.calendar.view(newest.date), self._issues[self.calendar.day(newest.date)])

    @cached_property
    def _issues(self) -> Once[date, str]:
        founded, words = self.site.founded, self.word("edition")

        def make(day: date) -> str:
            volume = max(day.year - (founded or day).year, 1)
            return words.format(volume=volume, number=day.timetuple().tm_yday)

        return Once(make)

    def crumbs(self, *links: LinkView) -> tuple[LinkView, ...]:
        """Return the way from the front page through `links`."""
        return (self._home, *[link for link in links if link.url])

    @cached_property
    def _home(self) -> LinkView:
        return self.link(self.config.title, "/")

    def head(
        self,
        url: str,
        title: str,
        *,
        description: str = "",
        lang: str = "",
        noindex: bool = False,
        hosts: tuple[str, ...] = (),
        media: bool = False,
        newest: Post | None = None,
        crumbs: tuple[LinkView, ...] = (),
        feed: FeedLink | None = None,
        image: ImageView | None = None,
        newer: str = "",
        older: str = "",
    ) -> Head:
        """Return the fields that every page has. `url`, `newer` and `older` are paths of the site."""
        language = lang or self.config.language
        return {
            "title": title,
            "url": self.addresses.link(url),
            "canonical": self._absolute[url],
            "description": description,
            "lang": language,
            "direction": direction_of(language),
            "noindex": noindex,
            "csp": self._policies[hosts, media],
            "edition": self.edition(newest),
            "crumbs": crumbs,
            "feed": feed,
            "image": image,
            "prev_url": self._absolute[newer] if newer else "",
            "next_url": self._absolute[older] if older else "",
        }

    @cached_property
    def _absolute(self) -> Once[str, str]:
        return Once(self.addresses.absolute)

    @cached_property
    def _policies(self) -> Once[tuple[tuple[str, ...], bool], str]:
        csp = self.config.csp
        return Once(lambda asked: content_policy(csp, asked[0], media=asked[1]))


def _word_of(theme: Theme, key: str) -> object:
    """Return a word that sitegen itself writes. Raises TemplateError if the theme lacks it."""
    if key not in theme.words:
        what = f"the theme {theme.name} lacks the word {key!r}, which sitegen writes into pages"
        raise TemplateError.of(what, path=f"themes/{theme.name}/i18n/en.toml", hint=f'write it there: {key} = "..."')
    return theme.words[key]
