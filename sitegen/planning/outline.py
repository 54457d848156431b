"""The plan of the preview: all that `plan_site` plans and finds out, but a page is made when it is asked for.

One plan follows another, and most of it is as it was. What was found out about a post is remembered with all that it
was found out from; a page that was made again and is as before is the same object as before.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cached_property
from types import MappingProxyType
from typing import overload

from sitegen.config import Config, Permalinks
from sitegen.memo import Memo
from sitegen.model import Document, Post, Site
from sitegen.planning.dates import Calendar, DateNames
from sitegen.planning.linked import LinkMemory
from sitegen.planning.links import Target
from sitegen.planning.patches import patch_route
from sitegen.planning.plan import finish_plan, sketch_site
from sitegen.planning.plans import Plan
from sitegen.planning.routes import Claim
from sitegen.planning.targets import target_of
from sitegen.store import Store
from sitegen.theme import Theme
from sitegen.view import Route, SiteView, retitled

__all__ = ["Outline", "Outlines", "Pages", "Table", "patch_outline"]


class Outlines:
    """Plans a site again and again, with one configuration and one theme."""

    def __init__(self) -> None:
        self._targets: Memo[str, Target] = Memo()
        self._links = LinkMemory()
        self._calendar: tuple[Collection[datetime], Calendar] | None = None

    def plan(self, site: Site, config: Config, theme: Theme, store: Store, before: Plan | None) -> Plan:
        """Return the plan of a site as `plan_site` would, its pages still to be made; `before` is the last one.

        Raises SourceError with every fault found, unless it is a broken link: the page of a post that is being written
        can be shown with one.
        """
        known = before.routes.claims if before is not None and isinstance(before.routes, Pages) else {}
        sketch = sketch_site(site, config, theme, store, self._make_targets, self._make_calendar, known)
        shared = _same_site(sketch.routes.site, before)
        self._links.note(sketch)
        claims, plan = finish_plan(sketch, spares_links=True)
        self._targets.turn()
        routes = Pages({claim.url: claim for claim in claims}, shared, _made(before))
        return Outline(routes, shared, plan.held, plan.findings, plan.posts, plan.pages, plan.next_change, plan.early)

    def _make_calendar(
        self,
        moments: Collection[datetime],
        zone: tzinfo,
        names: DateNames,
        link: Callable[[str], str],
        patterns: Permalinks,
    ) -> Calendar:
        """Return the last calendar if posts have the dates that they had; all else is as the configuration is."""
        if self._calendar is None or self._calendar[0] != moments:
            self._calendar = moments, Calendar.of(moments, zone, names, link, patterns)
        return self._calendar[1]

    def _make_targets(self, posts: Iterable[Post], config: Config, calendar: Calendar) -> dict[str, Target]:
        recall, day = self._targets.recall, calendar.day
        return {post.source.path: recall(post.source.path, (post, config, day(post.date)), target_of) for post in posts}


def patch_outline(plan: Plan, edits: Mapping[str, Document], titles: Mapping[str, str], before: Plan) -> Plan:
    """Return a plan that `Outlines` made, with other texts and titles of posts; `before` is the last plan.

    `edits` are as `patch_route` takes them, `titles` as `retitled` does.
    """
    assert isinstance(plan, Outline)  # noqa: S101  no other plan is to be had from Outlines
    site = _same_site(retitled(plan.site, titles), before)
    return replace(plan, site=site, routes=Pages(plan.routes.claims, site, _made(before), edits, titles))


def _same_site(site: SiteView, before: Plan | None) -> SiteView:
    """Return what all pages share: the object of the last plan if it is the same, so that its pages can be."""
    return before.site if before is not None and repr(before.site) == repr(site) else site


def _made(plan: Plan | None) -> Mapping[str, Route]:
    return plan.routes.made if isinstance(plan, Outline) else {}


class Pages(Sequence[Route]):
    """The routes of a plan, each made when it is asked for."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        site: SiteView,
        before: Mapping[str, Route],
        edits: Mapping[str, Document] = MappingProxyType({}),
        titles: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.claims = claims
        """By path of the site, in order of output path."""
        self._site = site
        self._before = {
            url: route for url, route in before.items() if route.view.site is site or route.view.site is None
        }
        self._edits = edits
        self._titles = titles
        self._made: dict[str, Route] = {}

    @property
    def made(self) -> Mapping[str, Route]:
        """Routes that were made for this plan or an earlier one, by path of the site."""
        return {**self._before, **self._made}

    @property
    def by_url(self) -> "Table":
        """The same by path of the site."""
        return Table(self)

    def at(self, url: str) -> Route:
        """Return the route of a path of the site: the one of the plan before, if it is the same. Raises KeyError."""
        made = self._made.get(url)
        if made is None:
            route = self._patched(self.claims[url].route(self._site))
            known = self._before.get(url)
            made = known if known is not None and _are_same(known, route) else route
            self._made[url] = made
        return made

    def _patched(self, route: Route) -> Route:
        if self._titles:
            view = replace(route.view, page=retitled(route.view.page, self._titles))
            route = replace(route, view=view)
        return patch_route(route, self._edits)

    @overload
    def __getitem__(self, index: int) -> Route: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Route]: ...

    def __getitem__(self, index: int | slice) -> Route | Sequence[Route]:
        urls = list(self.claims)
        return list(map(self.at, urls[index])) if isinstance(index, slice) else self.at(urls[index])

    def __iter__(self) -> Iterator[Route]:
        return map(self.at, self.claims)

    def __len__(self) -> int:
        return len(self.claims)


def _are_same(one: Route, other: Route) -> bool:
    """Whether two routes of one site view show the same. In free data, 1 equals true; in text they differ."""
    if (one.output, one.template, one.sources) != (other.output, other.template, other.sources):
        return False
    return repr(one.view.page) == repr(other.view.page)


@dataclass(frozen=True)
class Outline(Plan):
    """A plan whose pages are made when they are asked for."""

    routes: Pages

    @cached_property
    def by_url(self) -> Mapping[str, Route]:
        """Routes by path of the site; looking one up makes it."""
        return Table(self.routes)

    @property
    def templates(self) -> Mapping[str, str]:
        """Templates by path of the site, making no page."""
        return {url: claim.template for url, claim in self.routes.claims.items()}

    def urls_of(self, path: str) -> tuple[str, ...]:
        """Return the paths of the site that come from the source `path`, making no page."""
        return tuple(url for url, claim in self.routes.claims.items() if claim.place.path == path)


class Table(Mapping[str, Route]):
    """The routes of a plan by path of the site."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __getitem__(self, url: str) -> Route:
        return self._pages.at(url)

    def __contains__(self, url: object) -> bool:
        return url in self._pages.claims

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages.claims)

    def __len__(self) -> int:
        return len(self._pages)
