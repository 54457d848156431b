"""One page of the theme `newspaper` for every kind and state that changes what stands on it."""

from typing import Any

import views
from markupsafe import Markup

from sitegen.view import LinkView

__all__ = ["BARE_POST", "FULL_POST", "PAGES", "SITE", "THEME"]

THEME = views.newspaper()
SITE = views.site_view(THEME)
THREAD = (views.comment("comment-1", (views.comment("comment-2", url=""),)), views.comment("comment-3"))
FULL_POST = views.post_page(
    title=f"C++ & <b> {views.LONG_WORD}",
    image=views.picture(),
    social_image=views.picture(),
    updated=views.day(30),
    age=18,
    series=views.series(),
    toc=tuple(LinkView(f"Part {n}", f"#p{n}") for n in range(5)),
    comments=views.comments(3, thread=THREAD, open=False),
    authors=(
        views.author(),
        views.author(id="b", name="Ann", url="", bio=None, short="Writes."),
        views.author(id="c", name="Bo"),
    ),
)
BARE_POST = views.post_page(
    authors=(), tags=(), promos=(), comments=None, newer=None, older=None, related=(), summary=Markup(), edition=None,
    drop_cap=False, description="",
)  # fmt: skip
PAGES: dict[str, Any] = {
    "front": views.front_page(),
    "front with a picture": views.front_page(lead=views.lead(image=views.picture(), opening=None)),
    "front without posts": views.front_page(
        lead=None, secondary=(), days=(), promo=None, edition=None, pager=views.pager()
    ),
    "front with one post": views.front_page(secondary=(), days=(), promo=None, pager=views.pager()),
    "post": views.post_page(),
    "post with everything": FULL_POST,
    "post with nothing": BARE_POST,
    "page": views.page_page(),
    "section": views.list_page(),
    "tag": views.list_page("tag", pager=views.pager("/t/", 2, 4, newer="/t/page/3/", older="/t/page/1/")),
    "author": views.list_page("author", author=views.author(photo=views.picture(), website="https://carl.example/")),
    "day": views.list_page(
        "day", date=views.day(21), days=(views.front_page().days[1],), newer=LinkView("Next", "/n/")
    ),
    "month": views.list_page("month", feed=None),
    "page of the front page": views.list_page("posts", title=SITE.title, feed=None),
    "archive": views.archive_page(),
    "year": views.archive_page("year"),
    "feeds": views.feeds_page(),
    "404": views.not_found_page(),
    "404 of the site": views.not_found_page(content=views.body("<p>Lost?</p>")),
}
