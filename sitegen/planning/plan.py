"""The story of planning: from a site to every output file that will exist, before anything is rendered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.errors import Finding, Place, Severity, SitegenError, SourceError, as_warning
from sitegen.model import Page, Post, Site, State
from sitegen.planning.addresses import Addresses
from sitegen.planning.archives import ArchiveRoute, archive_pages
from sitegen.planning.articles import page_page, post_page
from sitegen.planning.atlas import Atlas, Made
from sitegen.planning.cards import Cards
from sitegen.planning.dates import Calendar, DateNames, MakeCalendar, date_names, plural_of
from sitegen.planning.feeds import FEEDS_URL, feed_pages, feeds_page
from sitegen.planning.files import (
    add_aliases,
    add_aliases_of,
    add_assets,
    add_host_files,
    add_sitemap,
    add_static,
)
from sitegen.planning.links import Ground, Links
from sitegen.planning.lists import ListRoute, front_page, list_pages, period_pages
from sitegen.planning.plans import Early, Plan
from sitegen.planning.relations import Relations
from sitegen.planning.routes import Claim, Later, Routes
from sitegen.planning.shared import site_view
from sitegen.planning.social import add_social_cards, check_social_cards
from sitegen.planning.targets import NOT_FOUND, MakeTargets, all_targets, asset_urls, targets_of, targets_of_pages
from sitegen.planning.taxonomies import Kind, clashes, plan_taxonomies
from sitegen.records import dataclass
from sitegen.store import Store
from sitegen.text import nearest
from sitegen.theme import PARENT, Theme
from sitegen.view import NotFoundPage

__all__ = ["Sketch", "finish_plan", "plan_site", "sketch_site"]

_LATEST = 5
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Sketch:
    """A plan whose addresses are known, and whose links are still to be checked."""

    routes: Routes
    atlas: Atlas
    findings: tuple[Finding, ...]


def plan_site(site: Site, config: Config, theme: Theme, store: Store) -> Plan:
    """Return the plan of a site.

    Raises SourceError with every fault found: collisions, addresses outside the site, broken links.
    """
    sketch = sketch_site(site, config, theme, store)
    for claim in sketch.routes.claimed():
        claim.make()  # notes its links
    claims, plan = finish_plan(sketch)
    return replace(plan, routes=tuple([claim.route(plan.site) for claim in claims]))


def sketch_site(
    site: Site,
    config: Config,
    theme: Theme,
    store: Store,
    make_targets: MakeTargets = targets_of,
    make_calendar: MakeCalendar = Calendar.of,
    known: Mapping[str, Claim] = MappingProxyType({}),
) -> Sketch:
    """Return every address that will exist but those of files beside sources.

    `make_targets` and `make_calendar` may remember what they made; `known` are claims of an earlier plan, by path of
    the site.
    """
    check_social_cards(config, theme)
    address = urlsplit(config.address)
    addresses = Addresses(f"{address.scheme}://{address.netloc}", config.base)
    terms, term_findings = plan_taxonomies(site, _patterns(config))
    moments = tuple([post.date for post in site.listed()])
    calendar = make_calendar(moments, config.zone, _names(config), addresses.link, config.permalinks)
    targets = all_targets(site, config, calendar, terms, make_targets)
    held_targets = targets_of(site.held_posts, config, calendar) | targets_of_pages(site.held_pages, config)
    ground = Ground(targets, asset_urls(site, site.posts, targets), site.held_paths, held_targets, site.faulty)
    links = Links(ground)
    plural = plural_of(config.language)
    atlas = Atlas(config, site, theme, addresses, calendar, terms, targets, plural, links, store)
    routes = Routes(site_view(atlas), known)
    _add_pages(routes, atlas)
    return Sketch(routes, atlas, term_findings)


def finish_plan(sketch: Sketch, *, spares_links: bool = False) -> tuple[tuple[Claim, ...], Plan]:
    """Return what will exist, by output path, and the plan without its routes, when all links have been noted.

    Raises SourceError with every fault found; `spares_links`: unless links alone are broken, which the plan tells then.
    """
    routes, atlas = sketch.routes, sketch.atlas
    site, links = atlas.site, atlas.links
    links.finish(atlas.targets.values(), routes.urls())
    add_assets(routes, atlas)
    held, held_faults = _plan_held(routes, atlas)
    claims = routes.finish(held)
    broken_links = links.faults(site.root)
    others = (*sketch.findings, *routes.faults, *map(as_warning, held_faults))
    findings = (*broken_links, *others)
    if any(finding.severity is Severity.ERROR for finding in (others if spares_links else findings)):
        raise SourceError(*dict.fromkeys(finding for finding in findings if finding.severity is Severity.ERROR))
    plan = Plan(
        routes=(),
        site=routes.site,
        held=site.held,
        findings=tuple(sorted((*site.findings, *findings), key=lambda finding: finding.sort_key)),
        posts=len(site.posts),
        pages=len(site.pages),
        next_change=site.next_change,
        early=tuple(_early(atlas)),
    )
    return claims, plan


def _early(atlas: Atlas) -> Iterator[Early]:
    for post in atlas.site.posts:
        if post.state is not State.LIVE:
            url = atlas.addresses.link(atlas.url_of(post))
            date = {State.SCHEDULED: post.date, State.EXPIRED: post.expires}.get(post.state)
            yield Early(post.source.path, url, post.state, date)


def _patterns(config: Config) -> dict[Kind, str]:
    return {kind: getattr(config.permalinks, kind.value) for kind in Kind}


def _names(config: Config) -> DateNames:
    try:
        return date_names(config.language)
    except SitegenError as error:
        raise type(error)(*(config.finding(("language",), f.what, hint=f.hint) for f in error.findings)) from error


def _add_pages(routes: Routes, atlas: Atlas) -> None:
    """Claim everything whose address does not hang on which links were found."""
    cards, relations = Cards(atlas), Relations.of(atlas.site, atlas.terms)
    for post in atlas.site.posts:
        template, view = _template(routes, atlas, post, "post.html"), Later(post_page, cards, relations, post)
        modified = max(post.updated, post.date) if post.updated else post.date
        routes.add(atlas.url_of(post), template, view, post.source, modified=modified, hidden=post.unlisted)
    for page in atlas.site.pages:
        if page.path != NOT_FOUND:
            url, template = atlas.targets[page.source.path].url, _template(routes, atlas, page, "page.html")
            shown = Later(page_page, atlas, page)
            routes.add(url, template, shown, page.source, modified=page.updated, hidden=page.unlisted)
    add_social_cards(routes, atlas)
    _add_lists(routes, cards)
    _add_not_found(routes, atlas)
    pages = routes.claimed()
    for feed in feed_pages(cards):
        routes.add(feed.url, feed.format, feed.page)
    add_aliases(routes, atlas)
    add_static(routes, atlas.site.static)
    add_host_files(routes, atlas)
    add_sitemap(routes, atlas, pages)


def _plan_held(routes: Routes, atlas: Atlas) -> tuple[Routes, tuple[Finding, ...]]:
    """Plan the posts and pages that are held back, to know what is wrong with them before they are published.

    Nothing of them gets into the plan. Return the addresses that they will claim, and their faults.
    """
    site, ground, claims = atlas.site, atlas.links.ground, Routes(routes.site)
    if not site.held_posts and not site.held_pages:
        return claims, ()
    targets = {**atlas.targets, **ground.held_targets}
    files = asset_urls(site, (*site.posts, *site.held_posts), targets)
    atlas = replace(atlas, targets=targets, links=Links(replace(ground, assets=files)), store=Store(), made=Made())
    cards, strangers = Cards(atlas), Relations.of(replace(site, posts=()), atlas.terms)
    terms, term_findings = plan_taxonomies(replace(site, posts=site.held_posts), _patterns(atlas.config))
    own, others = {target.url for target in ground.held_targets.values()}, {term.url for term in terms}
    for post in site.held_posts:
        template, page = _template(claims, atlas, post, "post.html"), post_page(cards, strangers, post)
        if _has_address(post, site):
            claims.add(atlas.url_of(post), template, page, post.source)
            add_aliases_of(claims, atlas, post)
            others.update(_period_urls(post, atlas.calendar))
    _claim_held_pages(claims, atlas)
    others.update(url for url in claims.urls() if url not in own)
    atlas.links.finish(ground.sources.values(), others.union(routes.urls()))
    found = (finding for finding in term_findings if finding.severity is Severity.ERROR)
    return claims, (*atlas.links.faults(site.root), *claims.faults, *found, *clashes(atlas.terms, terms))


def _claim_held_pages(claims: Routes, atlas: Atlas) -> None:
    for page in atlas.site.held_pages:
        template, shown = _template(claims, atlas, page, "page.html"), page_page(atlas, page)
        if page.path != NOT_FOUND:
            claims.add(atlas.targets[page.source.path].url, template, shown, page.source)
            add_aliases_of(claims, atlas, page)


def _period_urls(post: Post, calendar: Calendar) -> tuple[str, str]:
    day = calendar.day(post.date)
    return calendar.month_url(day), calendar.year_url(day)


def _has_address(post: Post, site: Site) -> bool:
    """Whether the address is known that a post which is held back will have.

    That of an expired post may be another's by now, and one without a date has a pattern's only when it is published.
    """
    dated = site.held_paths[post.source.path].date is not None
    return post.state is not State.EXPIRED and (dated or bool(post.permalink))


def _template(routes: Routes, atlas: Atlas, item: Post | Page, default: str) -> str:
    """Return the template of a post or a page, its own if the theme has it; else note the fault."""
    if not item.template or item.template in atlas.theme.templates:
        return item.template or default
    near = nearest(item.template, atlas.theme.templates)
    own = sorted(name for name in atlas.theme.templates if "/" not in name and PARENT not in name)
    hint = f"did you mean {near}?" if near else f"it has {', '.join(own)}"
    what = f"the theme {atlas.theme.name} has no template {item.template}"
    routes.faults.append(Finding(what, item.source.place("template"), hint=hint))
    return default


def _add_lists(routes: Routes, cards: Cards) -> None:
    atlas = cards.atlas
    for number, sheet in enumerate(front_page(cards)):
        _add_list(routes, sheet, "list.html" if number else "front.html")
    for term in atlas.terms:
        place = term.author.source.place() if term.author and term.author.source else _NOWHERE
        for listing in list_pages(cards, term):
            _add_list(routes, listing, place=place)
    for period in period_pages(cards):
        _add_list(routes, period)
    for archive in archive_pages(atlas, routes.site.archive):
        _add_list(routes, archive, "archive.html")
    routes.add(FEEDS_URL, "feeds.html", Later(feeds_page, atlas))


def _add_list(
    routes: Routes, listing: ListRoute | ArchiveRoute, template: str = "list.html", place: Place = _NOWHERE
) -> None:
    modified = listing.newest.date if listing.newest else None
    routes.add(listing.url, template, listing.page, place, modified=modified)


def _add_not_found(routes: Routes, atlas: Atlas) -> None:
    own = next((page for page in atlas.site.pages if page.path == NOT_FOUND), None)
    place = Place(own.source.path) if own else _NOWHERE
    routes.add("/404.html", "404.html", Later(_not_found_page, atlas, own), place)


def _not_found_page(atlas: Atlas, own: Page | None) -> NotFoundPage:
    title = own.title if own else atlas.word("not_found")
    latest = tuple(atlas.post_link(post) for _, post in zip(range(_LATEST), atlas.site.listed(), strict=False))
    return NotFoundPage(
        **atlas.head("/404.html", title, noindex=True, hosts=own.document.hosts if own else ()),
        content=atlas.body(own.document.body, own.source) if own else None,
        latest=latest,
    )
