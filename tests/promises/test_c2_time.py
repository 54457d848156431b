"""C2: the clock decides what is due, expired or running, and no byte shows it."""

from datetime import UTC, datetime
from functools import cache

import pytest
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

# What happens in the small site: winter's promo starts on December 1, a post is due on December 24 at 8:00 in Toronto.
EVENTS = (datetime(2026, 12, 1, 5, tzinfo=UTC), datetime(2026, 12, 24, 13, tzinfo=UTC))
QUIET = (
    (NOW, datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)),
    (EVENTS[0], datetime(2026, 12, 24, 12, 59, 59, tzinfo=UTC)),
    (EVENTS[1], datetime(2027, 2, 28, 23, tzinfo=UTC)),
    (datetime(2027, 3, 1, 5, tzinfo=UTC), datetime(2036, 11, 22, tzinfo=UTC)),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return what a small site is at a moment, built from nothing."""

    @cache
    def build(moment, *without, **selection):
        files = {path: data for path, data in SMALL.items() if path not in without}
        paper = SiteFolder(tmp_path_factory.mktemp("small") / "site", files, PLAIN_CONFIG + SMALL_CONFIG)
        paper.now = moment
        paper.build(**selection)
        return paper.files

    return build


@pytest.mark.parametrize(("first", "last"), QUIET)
def test_between_two_events_all_moments_are_one(built, first, last):
    assert built(first) == built(last)


def test_what_is_not_due_leaves_no_byte(built):
    assert built(NOW) == built(NOW, "content/posts/soon.md") == built(NOW, "content/posts/gone.md")
    assert built(NOW) == built(NOW, "content/promos/winter.md")


def test_what_becomes_due_is_as_if_it_had_always_been_there(built):
    assert built(EVENTS[1]) == built(EVENTS[0], future=True)


def test_what_expires_was_as_if_it_never_would(site, built):
    ever = site({**SMALL, "content/posts/gone.md": post("Gone", "2026-05-09")}, config=SMALL_CONFIG)
    ever.build()
    assert built(NOW, expired=True) == ever.files


def test_only_files_that_name_a_post_change_when_it_is_due(built):
    before, after = built(EVENTS[0]), built(EVENTS[1])
    assert before.keys() - after.keys() == set()
    changed = {path for path in after if before.get(path) != after[path]}
    assert {"2026/12/soon.html", "2026/11/h.html", "index.html", "feed.xml", "sitemap.xml"} <= changed
    assert {path for path in changed if b"/2026/12/soon.html" not in after[path]} == set()


def test_ages_and_editions_hang_on_content_alone(site):
    paper = site({"content/posts/a.md": post("A", "2009-01-01"), "content/posts/b.md": post("B", "2019-01-01")})
    paper.build()
    before = paper.files
    paper.now = paper.now.replace(year=2041)
    paper.build(clean=True)
    assert paper.files == before
