"""What a page says to machines: schema.org data as JSON-LD, made from the same view as the visible page."""

import json
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urljoin

from markupsafe import Markup

from sitegen.view import AuthorView, FrontPage, ImageView, ListPage, PageView, PostPage, SiteView

__all__ = ["jsonld"]

_Data = dict[str, object]
_absolute = lru_cache(maxsize=1024)(urljoin)  # sections and authors come again and again
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# Inside <script> only these can end it or be misread; U+2028 and U+2029 end lines in older JavaScript.
_ESCAPES = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")


def jsonld(page: PageView, site: SiteView, article: str = "BlogPosting") -> Markup:
    """Return the JSON-LD of a page, safe inside `<script type="application/ld+json">`; empty when it has none.

    `article` is the schema.org type of a post: `BlogPosting` or `NewsArticle`.
    """
    things = [*_subject(page, site, article), *_breadcrumbs(page, site)]
    if not things:
        return Markup()
    data: _Data = {"@context": "https://schema.org", "@graph": things}
    text = _ENCODER.encode(data)
    for character, escape in _ESCAPES:  # `str.translate` would take a tenth of the page's time
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704  # escaped for a script


def _subject(page: PageView, site: SiteView, article: str) -> list[_Data]:
    if isinstance(page, PostPage):
        return [_post(page, site, article)]
    if isinstance(page, FrontPage):
        return [
            _filled({"@type": "WebSite", "name": site.title, "url": site.url, "inLanguage": site.language}),
            _filled({"@type": "Blog", "name": site.title, "url": site.url, "description": site.description}),
        ]
    if isinstance(page, ListPage) and page.author:
        return [{"@type": "ProfilePage", "mainEntity": _person(page.author, site)}]
    return []


def _post(page: PostPage, site: SiteView, article: str) -> _Data:
    return _filled(
        {
            "@type": article,
            "headline": page.title,
            "description": page.description,
            "datePublished": page.date.iso,
            "dateModified": page.modified.iso,
            "author": [_byline(author, site) for author in page.authors],
            "publisher": {"@type": "Organization", "name": site.title, "url": site.url},
            "mainEntityOfPage": page.canonical,
            "image": _image(page.social_image) if page.social_image else None,
            "articleSection": page.section.title,
            "keywords": [tag.title for tag in page.tags],
            "wordCount": page.words,
            "commentCount": page.comments.count if page.comments and page.comments.known else None,
            "inLanguage": page.lang,
        }
    )


def _byline(author: AuthorView, site: SiteView) -> _Data:
    return _filled({"@type": "Person", "name": author.name, "url": author.url and _absolute(site.url, author.url)})


def _person(author: AuthorView, site: SiteView) -> _Data:
    elsewhere = [url for url in (author.website, *author.same_as) if url]
    photo = author.photo.absolute_url if author.photo else ""
    known = {"jobTitle": author.role, "description": author.short, "image": photo, "sameAs": elsewhere}
    return _byline(author, site) | _filled(known)


def _image(image: ImageView) -> _Data:
    size = {"width": image.width, "height": image.height} if image.width and image.height else {}
    return _filled({"@type": "ImageObject", "url": image.absolute_url, "caption": image.caption, **size})


def _breadcrumbs(page: PageView, site: SiteView) -> list[_Data]:
    if not page.crumbs:
        return []
    steps = [*((crumb.title, _absolute(site.url, crumb.url)) for crumb in page.crumbs), (page.title, page.canonical)]
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def _filled(data: Mapping[str, object]) -> _Data:
    """Return `data` without what is not known; 0 is known."""
    return {key: value for key, value in data.items() if value not in (None, "", [])}
