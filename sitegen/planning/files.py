"""Files that are no pages: copies, the theme's assets, robots.txt, host headers, redirects, the sitemap."""

import posixpath
from collections.abc import Container, Iterable
from operator import attrgetter
from urllib.parse import quote

from sitegen.errors import Place
from sitegen.model import Asset, Page, Post
from sitegen.planning.addresses import normalise
from sitegen.planning.atlas import Atlas
from sitegen.planning.routes import Claim, Later, Routes
from sitegen.view import (
    Copy,
    RedirectPage,
    SitemapEntry,
    SitemapIndex,
    SitemapPage,
    TextFile,
)

__all__ = [
    "add_aliases",
    "add_aliases_of",
    "add_assets",
    "add_host_files",
    "add_sitemap",
    "add_static",
    "bundle_of",
    "static_url",
]

_STATIC = "content/static/"
# The protocol allows 50,000 addresses and 50 MB (sitemaps.org); long addresses need the margin.
_SITEMAP_LIMIT = 45_000
# What the meta tag of a page cannot say (CSP Level 3, section 3.3), and what no page would say otherwise.
_HEADERS = """/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: frame-ancestors 'self'
/assets/*
  Cache-Control: public, max-age=31536000, immutable
"""


def static_url(path: str) -> str:
    """Return the path of the site for a file below content/static/."""
    return "/" + quote(path.removeprefix(_STATIC))


def bundle_of(path: str, bundles: Container[str]) -> str:
    """Return the innermost bundle that holds `path`, or an empty string."""
    folder = posixpath.dirname(path)
    while folder and folder not in bundles:
        folder = posixpath.dirname(folder)
    return folder


def add_static(routes: Routes, assets: Iterable[Asset]) -> None:
    """Claim the files below content/static/."""
    for asset in assets:
        routes.add(static_url(asset.path), "copy", Copy(asset.digest), Place(asset.path), dots=True)


def add_assets(routes: Routes, atlas: Atlas) -> None:
    """Claim the theme's static files, and the files beside sources that are in a live bundle or named by a source."""
    for file in atlas.theme.assets.values():
        routes.add("/" + quote(file.output), "copy", Copy(atlas.store.add_bytes(file.data)))
    bundles = {post.bundle for post in atlas.site.posts if post.bundle}
    for path, (asset, url) in atlas.links.ground.assets.items():
        if path.startswith(_STATIC):
            continue
        if path in atlas.links.notes.used or bundle_of(path, bundles):
            routes.add(url, "copy", Copy(asset.digest), Place(path))


def add_host_files(routes: Routes, atlas: Atlas) -> None:
    """Claim robots.txt, _headers and .nojekyll, unless the site brings its own below content/static/."""
    generated = {
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {atlas.addresses.absolute('/sitemap.xml')}\n",
        "_headers": _HEADERS.replace("/assets/", atlas.addresses.link("/assets/")),
        ".nojekyll": "",
    }
    if atlas.config.permalinks.preset == "blogger":
        generated["_headers"] += _feed_types(atlas)
    own = {asset.path for asset in atlas.site.static}
    for name, text in generated.items():
        if _STATIC + name not in own:
            routes.add(f"/{name}", "text", TextFile(text), dots=True)


def _feed_types(atlas: Atlas) -> str:
    """Return the rules for Blogger's feed addresses, which have no suffix that a host could tell the type by."""
    return f"{atlas.addresses.link('/feeds/posts/*')}\n  Content-Type: application/atom+xml; charset=utf-8\n"


def add_aliases(routes: Routes, atlas: Atlas) -> None:
    """Claim a redirect for every alias, and with the preset `blogger` for Blogger's monthly archives."""
    for post in atlas.site.posts:
        add_aliases_of(routes, atlas, post)
    for page in atlas.site.pages:
        add_aliases_of(routes, atlas, page)
    if atlas.config.permalinks.preset == "blogger":
        months = {atlas.calendar.day(post.date).replace(day=1) for post in atlas.site.listed()}
        for month in sorted(months):
            old = f"/{month.year:04}_{month.month:02}_01_archive.html"
            title = atlas.calendar.names.month_year(month)
            routes.add(old, "redirect", _redirect(atlas, title, atlas.calendar.month_url(month)))


def add_aliases_of(routes: Routes, atlas: Atlas, item: Post | Page) -> None:
    """Claim a redirect for every alias of a post or a page."""
    target = atlas.targets[item.source.path].url
    for index, alias in enumerate(item.aliases):
        url = normalise(alias)
        if url != target:
            place = item.source.place(f"aliases.{index}")
            place = place if place.line else item.source.place("aliases")
            routes.add(url, "redirect", _redirect(atlas, item.title, target), place)


def _redirect(atlas: Atlas, title: str, target: str) -> RedirectPage:
    addresses = atlas.addresses
    return RedirectPage(title, addresses.link(target), addresses.absolute(target), atlas.config.language)


def add_sitemap(routes: Routes, atlas: Atlas, pages: Iterable[Claim]) -> None:
    """Claim the sitemap of all `pages` that search engines may show; an index and parts beyond 45,000 addresses."""
    shown = sorted((page for page in pages if _indexed(page)), key=attrgetter("url"))
    if len(shown) <= _SITEMAP_LIMIT:
        routes.add("/sitemap.xml", "sitemap", Later(_sitemap, atlas, shown))
        return
    parts = [shown[start : start + _SITEMAP_LIMIT] for start in range(0, len(shown), _SITEMAP_LIMIT)]
    for number, part in enumerate(parts, start=1):
        routes.add(_part_url(number), "sitemap", Later(_sitemap, atlas, part))
    routes.add("/sitemap.xml", "sitemap-index", Later(_sitemap_index, atlas, parts))


def _part_url(number: int) -> str:
    return f"/sitemap-{number}.xml"


def _sitemap(atlas: Atlas, pages: Iterable[Claim]) -> SitemapPage:
    absolute = atlas.addresses.absolute
    return SitemapPage(tuple([SitemapEntry(absolute(page.url), _modified(atlas, page)) for page in pages]))


def _sitemap_index(atlas: Atlas, parts: Iterable[Iterable[Claim]]) -> SitemapIndex:
    entries = [
        SitemapEntry(atlas.addresses.absolute(_part_url(number)), max(_modified(atlas, page) for page in part))
        for number, part in enumerate(parts, start=1)
    ]
    return SitemapIndex(tuple(entries))


def _indexed(page: Claim) -> bool:
    return page.template.endswith(".html") and page.output != "404.html" and not page.hidden


def _modified(atlas: Atlas, page: Claim) -> str:
    return atlas.calendar.view(page.modified).iso if page.modified else ""
