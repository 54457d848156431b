"""The page of the follow-up guide, read as plain text, has the furniture of the page that it is modelled on."""

import gzip
import re
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from tiny import NOW

from sitegen.build import plan_edition
from sitegen.reading import Selection

ROOT = Path(__file__).parent.parent
GUIDE = "/2008/09/job-interview-follow-up.html"


@pytest.fixture(scope="module")
def edition():
    return plan_edition(ROOT, Selection(now=NOW))


@pytest.fixture(scope="module")
def guide(edition):
    tree = LexborHTMLParser(edition.render(edition.plan.by_url[GUIDE]).decode())
    assert tree.body is not None
    return tree.body.text(separator=" ")


def test_the_furniture_stands_in_its_order(guide):
    wanted = [
        "Saturday, September 27, 2008",
        "Job Interview Follow Up - What are Your Next Steps?",
        "Carl Mueller",
        "Send a thank-you",  # of the list in the body
        "Recruiter Secrets Revealed",  # the promo's own headline
        "Carl Mueller is an executive recruiter",  # its paragraph about the author
        "More by Carl Mueller",  # the bio
        "follow-up",  # a tag
        "0 comments:",
        "Ten Questions to Ask",  # the newer post
        "Related",
        "About This Blog",
        "Finding work, doing it well and leaving it well",
        "published with sitegen",  # the credit line
        "Back to TOP",
    ]
    text = " ".join(guide.split())
    at = text.index("Vol. ")  # behind the edition line, which has the date too
    for phrase in wanted:
        assert phrase in text[at:], f"{phrase!r} does not stand behind {text[at - 60 : at]!r}"
        at = text.index(phrase, at) + len(phrase)


def test_back_to_top_is_last(guide):
    assert " ".join(guide.split()).endswith("Back to TOP")


def test_pages_are_small(edition):
    """THEME.md, section 13: front, section, archive and the median post arrive in the first round trip."""
    plan = edition.plan
    files = {route.url: edition.render(route) for route in plan.routes}
    style = files[next(url for url in files if re.fullmatch(r"/assets/theme\..*\.css", url))]
    sizes = {url: len(gzip.compress(data, 9)) + len(gzip.compress(style, 9)) for url, data in files.items()}
    posts = sorted(sizes[route.url] for route in plan.routes if route.template == "post.html")
    lists = [route.url for route in plan.routes if route.template in {"list.html", "archive.html"}]
    assert max(sizes["/"], posts[len(posts) // 2], *(sizes[url] for url in lists)) <= 13_000
    fonts = sum(len(data) for url, data in files.items() if url.endswith(".woff2"))
    assert len(files["/"]) + len(style) + fonts <= 80_000


def test_every_page_has_one_h1_unique_ids_and_no_skipped_level(edition):
    for route in edition.plan.routes:
        if not route.template.endswith(".html"):
            continue
        tree = LexborHTMLParser(edition.render(route).decode())
        assert len(tree.css("h1")) == 1, route.url
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), route.url
        levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), (route.url, levels)


def test_no_page_has_script_style_or_handlers(edition):
    for route in edition.plan.routes:
        if route.template.endswith(".html"):
            tree = LexborHTMLParser(edition.render(route).decode())
            assert not tree.css("style, [style], iframe, script:not([type='application/ld+json'])"), route.url
            assert not [name for node in tree.css("*") for name in node.attributes if name.startswith("on")], route.url


def test_every_internal_link_leads_to_a_file(edition):
    urls = {edition.plan.site.base[:-1] + route.url for route in edition.plan.routes}
    for route in edition.plan.routes:
        if not route.template.endswith(".html"):
            continue
        tree = LexborHTMLParser(edition.render(route).decode())
        for node in tree.css("a[href^='/'], link[href^='/'], img[src^='/']"):
            address = (node.attributes.get("href") or node.attributes.get("src") or "").split("#")[0]
            assert address in urls, f"{route.url} leads to {address}"


def test_the_demo_has_no_warning(edition):
    assert [finding for finding in edition.plan.findings if finding.severity.value == "warning"] == []
    assert {held.state.value for held in edition.plan.held} == {"draft", "scheduled", "expired"}
