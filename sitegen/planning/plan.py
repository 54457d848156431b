"""The plan: every output file that will exist, made before anything is rendered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urlsplit

from sitegen.config import Config
from sitegen.errors import Finding, Place, Severity, SitegenError, SourceError, as_warning
from sitegen.model import Asset, Held, Page, Post, Site, State
from sitegen.planning.addresses import Addresses
from sitegen.planning.archives import archive_pages
from sitegen.planning.articles import page_page, post_page
from sitegen.planning.atlas import Atlas, Made
from sitegen.planning.cards import Cards
from sitegen.planning.dates import Calendar, DateNames, date_names, plural_of
from sitegen.planning.feeds import FEEDS_URL, feed_pages, feeds_page
from sitegen.planning.files import (
    add_aliases,
    add_aliases_of,
    add_assets,
    add_host_files,
    add_sitemap,
    add_static,
    bundle_of,
    static_url,
)
from sitegen.planning.links import Ground, Links, Target
from sitegen.planning.lists import front_page, list_pages, period_pages
from sitegen.planning.permalinks import folder_of, page_url, post_url
from sitegen.planning.pieces import has_comments
from sitegen.planning.relations import Relations
from sitegen.planning.routes import Routes
from sitegen.planning.shared import site_view
from sitegen.planning.social import add_social_cards, check_social_cards, uncovered
from sitegen.planning.taxonomies import Kind, Taxonomies, clashes, plan_taxonomies
from sitegen.store import Store
from sitegen.text import nearest
from sitegen.theme import PARENT, Theme
from sitegen.view import NotFoundPage, Route, SiteView

__all__ = ["Plan", "plan_site"]

_NOT_FOUND = "404"
_LATEST = 5
# Parts of a page that the theme makes, and that a link may lead to.
_FURNITURE = ("top", "main")


@dataclass(frozen=True)
class Plan:
    """Everything that will be published."""

    routes: tuple[Route, ...]
    """By output path."""
    site: SiteView
    held: tuple[Held, ...]
    """What is in content/ and not published, with the reason."""
    findings: tuple[Finding, ...]
    """Warnings and notices of reading and planning, by place."""
    posts: int
    pages: int
    next_change: datetime | None
    """When time alone next makes this another plan."""

    @cached_property
    def by_url(self) -> Mapping[str, Route]:
        """Routes by path of the site, for the preview."""
        return {route.url: route for route in self.routes}


def plan_site(site: Site, config: Config, theme: Theme, store: Store) -> Plan:
    """Return the plan of a site.

    Raises SourceError with every fault found: collisions, addresses outside the site, broken links.
    """
    check_social_cards(config, theme)
    address = urlsplit(config.address)
    addresses = Addresses(f"{address.scheme}://{address.netloc}", config.base)
    terms, term_findings = plan_taxonomies(site, _patterns(config))
    calendar = Calendar.of(
        (post.date for post in site.listed()),
        config.zone,
        _names(config),
        addresses.link,
        config.permalinks,
    )
    targets = _targets(site, config, calendar, terms)
    held_targets = {post.source.path: _target_of(post, config, calendar) for post in site.held_posts}
    ground = Ground(targets, _asset_urls(site, site.posts, targets), site.held_paths, held_targets, site.faulty)
    links = Links(ground)
    plural = plural_of(config.language)
    atlas = Atlas(config, site, theme, addresses, calendar, terms, targets, plural, links, store)
    routes = Routes(site_view(atlas))
    _add_pages(routes, atlas)
    links.finish(targets.values(), routes.urls())
    add_assets(routes, atlas)
    held, held_faults = _plan_held(routes, atlas)
    planned = routes.finish(held)
    findings = (
        *term_findings,
        *uncovered(site, config, theme),
        *links.faults(site.root),
        *routes.faults,
        *map(as_warning, held_faults),
    )
    faults = [finding for finding in findings if finding.severity is Severity.ERROR]
    if faults:
        raise SourceError(*dict.fromkeys(faults))
    return Plan(
        routes=planned,
        site=routes.site,
        held=site.held,
        findings=tuple(sorted((*site.findings, *findings), key=lambda finding: finding.sort_key)),
        posts=len(site.posts),
        pages=len(site.pages),
        next_change=site.next_change,
    )


def _patterns(config: Config) -> dict[Kind, str]:
    return {kind: getattr(config.permalinks, kind.value) for kind in Kind}


def _names(config: Config) -> DateNames:
    try:
        return date_names(config.language)
    except SitegenError as error:
        raise type(error)(*(config.finding(("language",), f.what, hint=f.hint) for f in error.findings)) from error


def _targets(site: Site, config: Config, calendar: Calendar, terms: Taxonomies) -> dict[str, Target]:
    """Return the page that each source becomes, by the source's path."""
    targets = {post.source.path: _target_of(post, config, calendar) for post in site.posts}
    for page in site.pages:
        url = "/404.html" if page.path == _NOT_FOUND else page_url(page, config.permalinks.page)
        targets[page.source.path] = Target(url, page.document.anchors, _FURNITURE)
    for term in terms.of(Kind.AUTHOR):
        if term.author and term.author.source:
            targets[term.author.source.path] = Target(term.url, frozenset(), _FURNITURE)
    return targets


def _target_of(post: Post, config: Config, calendar: Calendar) -> Target:
    url = post_url(post, calendar.day(post.date), config.permalinks.post)
    return Target(url, post.document.anchors, (*_FURNITURE, *_comment_anchors(post, config)))


def _comment_anchors(post: Post, config: Config) -> list[str]:
    return ["comments", *(f"comment-{comment.id}" for comment in post.thread)] if has_comments(post, config) else []


def _asset_urls(site: Site, posts: Iterable[Post], targets: Mapping[str, Target]) -> dict[str, tuple[Asset, str]]:
    """Return every file below content/ by path, with the URL at which it is published, if it is, beside `posts`."""
    bundles = {post.bundle: folder_of(targets[post.source.path].url) for post in posts if post.bundle}
    urls = {asset.path: (asset, static_url(asset.path)) for asset in site.static}
    for asset in site.files:
        bundle = bundle_of(asset.path, bundles)
        inside = asset.path.removeprefix(f"{bundle}/") if bundle else ""
        url = bundles[bundle] + quote(inside) if bundle else "/files/" + quote(asset.path.removeprefix("content/"))
        urls[asset.path] = (asset, url)
    return urls


def _add_pages(routes: Routes, atlas: Atlas) -> None:
    """Claim everything whose address does not hang on which links were found."""
    cards, relations = Cards(atlas), Relations.of(atlas.site)
    for post in atlas.site.posts:
        template = _template(routes, atlas, post, "post.html")
        routes.add(atlas.url_of(post), template, post_page(cards, relations, post), post.source)
    for page in atlas.site.pages:
        if page.path != _NOT_FOUND:
            url, template = atlas.targets[page.source.path].url, _template(routes, atlas, page, "page.html")
            routes.add(url, template, page_page(atlas, page), page.source)
    add_social_cards(routes, atlas)
    _add_lists(routes, cards)
    _add_not_found(routes, atlas)
    pages = tuple(routes.claimed())
    for feed in feed_pages(cards):
        routes.add(feed.url, feed.format, feed.page)
    add_aliases(routes, atlas)
    add_static(routes, atlas.site.static)
    add_host_files(routes, atlas)
    add_sitemap(routes, atlas, pages)


def _plan_held(routes: Routes, atlas: Atlas) -> tuple[Routes, tuple[Finding, ...]]:
    """Plan the posts that are held back, to know what is wrong with them before they are published.

    Nothing of them gets into the plan. Return the addresses that they will claim, and their faults.
    """
    site, ground, claims = atlas.site, atlas.links.ground, Routes(routes.site)
    if not site.held_posts:
        return claims, ()
    targets = {**atlas.targets, **ground.held_targets}
    files = _asset_urls(site, (*site.posts, *site.held_posts), targets)
    atlas = replace(atlas, targets=targets, links=Links(replace(ground, assets=files)), store=Store(), made=Made())
    cards, strangers = Cards(atlas), Relations.of(replace(site, posts=()))
    terms, term_findings = plan_taxonomies(replace(site, posts=site.held_posts), _patterns(atlas.config))
    own, others = {target.url for target in ground.held_targets.values()}, {term.url for term in terms}
    for post in site.held_posts:
        template, page = _template(claims, atlas, post, "post.html"), post_page(cards, strangers, post)
        if _has_address(post, site):
            claims.add(atlas.url_of(post), template, page, post.source)
            add_aliases_of(claims, atlas, post)
            others.update(_period_urls(post, atlas.calendar))
    others.update(url for url in claims.urls() if url not in own)
    atlas.links.finish(ground.sources.values(), others.union(routes.urls()))
    found = (finding for finding in term_findings if finding.severity is Severity.ERROR)
    return claims, (*atlas.links.faults(site.root), *claims.faults, *found, *clashes(atlas.terms, terms))


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
    for url, page in front_page(cards):
        routes.add(url, "front.html" if page.kind == "front" else "list.html", page)
    for term in atlas.terms:
        place = term.author.source.place() if term.author and term.author.source else Place()
        for url, listing in list_pages(cards, term):
            routes.add(url, "list.html", listing, place)
    for url, listing in period_pages(cards):
        routes.add(url, "list.html", listing)
    for url, archive in archive_pages(atlas, routes.site.archive):
        routes.add(url, "archive.html", archive)
    routes.add(FEEDS_URL, "feeds.html", feeds_page(atlas))


def _add_not_found(routes: Routes, atlas: Atlas) -> None:
    own = next((page for page in atlas.site.pages if page.path == _NOT_FOUND), None)
    title = own.title if own else atlas.word("not_found")
    latest = tuple(atlas.post_link(post) for _, post in zip(range(_LATEST), atlas.site.listed(), strict=False))
    view = NotFoundPage(
        **atlas.head("/404.html", title, noindex=True, hosts=own.document.hosts if own else ()),
        content=atlas.body(own.document.body, own.source) if own else None,
        latest=latest,
    )
    routes.add("/404.html", "404.html", view, Place(own.source.path) if own else Place())
