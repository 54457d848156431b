"""Fingerprints: equal for equal views, another for any other, whatever record the views have in common."""

import os
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
import views
from markupsafe import Markup

from sitegen.rendering import Fingerprints
from sitegen.rendering.canonical import Canonical
from sitegen.view import DayGroup, LinkView, Record, Route, SiteView, View

SITE = views.site_view(views.newspaper())


def route(page: Any, site: SiteView = SITE) -> Route:
    return Route("/x/", "x/index.html", "post.html" if page.kind == "post" else "list.html", View(site, page))


def mark(page: Any, site: SiteView = SITE) -> str:
    return Fingerprints(views.newspaper(), "engine").of(route(page, site))


def changed_card(**changes: Any) -> Any:
    page = views.list_page()
    (group, *groups) = page.days
    return replace(page, days=(replace(group, posts=(replace(group.posts[0], **changes), *group.posts[1:])), *groups))


def test_equal_views_have_equal_fingerprints_whoever_took_others_before():
    pages = [views.post_page(), views.list_page(), views.front_page()]
    fingerprints = Fingerprints(views.newspaper(), "engine")
    marks = [fingerprints.of(route(page)) for page in pages]
    assert [fingerprints.of(route(deepcopy(page))) for page in reversed(pages)] == marks[::-1]
    assert [mark(page) for page in pages] == marks


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        (views.post_page(title="A"), views.post_page(title=Markup("A")), ("title",)),
        (views.post_page(words=1), views.post_page(words=True), ("words",)),
        (views.post_page(title="a\nb", url="c"), views.post_page(title="a", url="b\nc"), ("title", "url")),
        (views.post_page(toc=(LinkView("A", "#a"),)), views.post_page(toc=()), ("toc",)),
        (views.post_page(date=views.day(1)), views.post_page(date=views.day(2)), ("date",)),
        (views.post_page(extra=Record({"a": 1})), views.post_page(extra=Record({"a": "1"})), ("extra",)),
        (changed_card(title="A"), changed_card(title="B"), ("days",)),
        (changed_card(lang=""), changed_card(lang="fr"), ("days",)),
        (views.list_page(days=()), views.list_page(days=(DayGroup(views.day(), ()),)), ("days",)),
        (
            views.list_page(days=(DayGroup(views.day(1), ()),)),
            views.list_page(days=(DayGroup(views.day(2), ()),)),
            ("days",),
        ),
    ],
)
def test_what_differs_has_another_fingerprint_and_is_named(one, other, names):
    assert mark(one) != mark(other)
    assert Fingerprints(views.newspaper(), "engine").changes(route(other), mark(one), mark(other)) == names


def test_a_card_under_another_day_counts():
    page = views.list_page()
    cards = tuple(card for group in page.days for card in group.posts)
    parted = tuple(DayGroup(page.days[0].date, (card,)) for card in cards)
    assert mark(replace(page, days=parted)) != mark(replace(page, days=(DayGroup(page.days[0].date, cards),)))


def test_a_text_cannot_stand_for_a_record():
    page = views.list_page()
    group = DayGroup(page.days[0].date, page.days[0].posts[:1])
    text: Any = ("#0123456789", repr(group.posts[0]))
    assert len({mark(replace(page, days=(replace(group, posts=posts),))) for posts in (group.posts, text)}) == 2


def test_the_part_of_the_site_that_changed_is_named():
    site = replace(SITE, title="Another")
    page = views.post_page()
    assert Fingerprints(views.newspaper(), "engine").changes(route(page, site), mark(page), mark(page, site)) == (
        "site.title",
    )


OTHER_PROCESS = """
import views
from sitegen.rendering import Fingerprints
from sitegen.view import Route, View

theme = views.newspaper()
view = View(views.site_view(theme), views.list_page())
print(Fingerprints(theme, "engine").of(Route("/x/", "x/index.html", "list.html", view)))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_takes_the_same(seed):
    settings = {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
    told = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == mark(views.list_page())


def test_a_record_is_not_taken_for_another_that_had_its_id():
    """As in a process to which the canon was sent."""
    canon, one, other = Canonical(), views.day(1), views.day(2)
    (text,) = canon.texts([one])
    canon._digests[id(other)] = canon._digests[id(one)]
    assert canon.texts([other]) != [text]
