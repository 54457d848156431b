"""Where links can lead: the page that each source becomes, and the address of each file beside them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from urllib.parse import quote

from sitegen.config import Config
from sitegen.model import Asset, Page, Post, Site
from sitegen.planning.dates import Calendar
from sitegen.planning.files import bundle_of, static_url
from sitegen.planning.links import Target
from sitegen.planning.permalinks import folder_of, page_url, post_url
from sitegen.planning.pieces import has_comments
from sitegen.planning.taxonomies import Kind, Taxonomies

__all__ = ["NOT_FOUND", "MakeTargets", "all_targets", "asset_urls", "target_of", "targets_of", "targets_of_pages"]

NOT_FOUND = "404"
"""Path of the page that stands for all that are not there."""
# Parts of a page that the theme makes, and that a link may lead to.
_FURNITURE = ("top", "main")
_WITH_COMMENTS = (*_FURNITURE, "comments")

MakeTargets = Callable[[Iterable[Post], Config, Calendar], dict[str, Target]]
"""Returns the pages that posts become, by the paths of their sources: `targets_of`, or the same with a memory."""


def all_targets(
    site: Site, config: Config, calendar: Calendar, terms: Taxonomies, make_targets: MakeTargets
) -> dict[str, Target]:
    """Return the page that each source becomes, by the source's path."""
    targets = make_targets(site.posts, config, calendar)
    targets |= targets_of_pages(site.pages, config)
    for term in terms.of(Kind.AUTHOR):
        if term.author and term.author.source:
            targets[term.author.source.path] = Target(term.url, (), _FURNITURE)
    return targets


def targets_of(posts: Iterable[Post], config: Config, calendar: Calendar) -> dict[str, Target]:
    """Return the pages that posts become, by the paths of their sources."""
    return {post.source.path: target_of(post, config, calendar.day(post.date)) for post in posts}


def targets_of_pages(pages: Iterable[Page], config: Config) -> dict[str, Target]:
    """Return what pages become, by the paths of their sources."""
    targets = {}
    for page in pages:
        url = "/404.html" if page.path == NOT_FOUND else page_url(page, config.permalinks.page)
        targets[page.source.path] = Target(url, page.document.anchors, _FURNITURE)
    return targets


def target_of(post: Post, config: Config, day: date) -> Target:
    """Return the page that a post becomes; `day` is its date in the site's zone."""
    url = post_url(post, day, config.permalinks.post)
    return Target(url, post.document.anchors, _parts_of(post, config))


def _parts_of(post: Post, config: Config) -> tuple[str, ...]:
    """Return what the theme puts round a post and links may lead to."""
    if not has_comments(post, config):
        return _FURNITURE
    if not post.thread:
        return _WITH_COMMENTS
    return (*_WITH_COMMENTS, *(f"comment-{comment.id}" for comment in post.thread))


def asset_urls(site: Site, posts: Iterable[Post], targets: Mapping[str, Target]) -> dict[str, tuple[Asset, str]]:
    """Return every file below content/ by path, with the URL at which it is published, if it is, beside `posts`."""
    bundles = {post.bundle: folder_of(targets[post.source.path].url) for post in posts if post.bundle}
    urls = {asset.path: (asset, static_url(asset.path)) for asset in site.static}
    for asset in site.files:
        bundle = bundle_of(asset.path, bundles)
        inside = asset.path.removeprefix(f"{bundle}/") if bundle else ""
        url = bundles[bundle] + quote(inside) if bundle else "/files/" + quote(asset.path.removeprefix("content/"))
        urls[asset.path] = (asset, url)
    return urls
