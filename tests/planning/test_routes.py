"""Collisions: found among new addresses alone when the others are known to be apart."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.errors import Place
from sitegen.planning.routes import Claim, Routes

URLS = ("/a/", "/a/b/", "/a/b/c.html", "/A/", "/a/index.html", "/b.html", "/B.html", "/b.html/x.html", "/c/d/", "/c/d")
SITE: Any = None


def finished(urls: list[str], known: dict[str, Claim]) -> Routes:
    routes = Routes(SITE, known)
    for number, url in enumerate(urls):
        routes.add(url, "page.html", None, Place(f"content/pages/{number}.md"))
    routes.finish(Routes(SITE))
    return routes


@given(st.lists(st.sampled_from(URLS), unique=True), st.lists(st.sampled_from(URLS)))
@example([], ["/a/", "/A/"])
@example(["/a/b/"], ["/a/b/", "/a/index.html", "/a/"])
@example(["/b.html/x.html"], ["/b.html/x.html", "/b.html"])
@example(["/b.html"], ["/b.html", "/b.html/x.html"])
@example([], ["/b.html", "/b.html/x.html"])
def test_what_is_known_changes_no_finding(old: list[str], new: list[str]):
    before = finished(old, {})
    known = {} if before.faults else {claim.url: claim for claim in before.claimed()}
    assert finished(new, known).faults == finished(new, {}).faults
