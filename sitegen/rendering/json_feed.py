"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from typing import TYPE_CHECKING, cast

from sitegen.rendering.bodies import join_body
from sitegen.store import Store
from sitegen.view import FeedEntry, FeedPage, Route

if TYPE_CHECKING:
    from sitegen.theme import Theme

__all__ = ["render_json_feed"]

_Json = dict[str, object]


def render_json_feed(route: Route, _theme: "Theme", store: Store) -> bytes:
    """Return the feed in UTF-8, its keys in the order of the specification, a newline at the end."""
    page = cast(FeedPage, route.view.page)
    feed = _present(
        version="https://jsonfeed.org/version/1.1",
        title=page.title,
        home_page_url=page.home_url,
        feed_url=page.self_url,
        description=page.subtitle,
        icon=page.icon_url,
        language=page.language,
    )
    feed["items"] = [_item(entry, store) for entry in page.entries]
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: FeedEntry, store: Store) -> _Json:
    # An item must have its content as HTML or as text, even when it is empty or only a summary.
    content = {"content_html": join_body(entry.content, store)} if entry.content else {"content_text": entry.summary}
    return (
        _present(id=entry.id, url=entry.url, title=entry.title)
        | content
        | _present(
            summary=entry.summary,
            image=entry.image.absolute_url if entry.image else "",
            date_published=entry.published,
            date_modified=entry.updated,
            authors=[_present(name=name, url=url) for name, url in zip(entry.authors, entry.author_urls, strict=True)],
            tags=list(entry.categories),
            language=entry.lang,
        )
    )


def _present(**values: object) -> _Json:
    """Leave out what is empty: in JSON Feed a key that says nothing is not written."""
    return {key: value for key, value in values.items() if value}
