"""What is wrong with a post that is held back is told before it is due, as a warning; nothing of it is published."""

import pytest
from tiny import post

from sitegen.errors import Severity

DUE = "2027-01-01"
LIVE: dict[str, str | bytes] = {
    "content/posts/live.md": post("Live", tags="[job search]", body="## Part\n\nText."),
    "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    "content/posts/pic.png": b"\x89PNG",
}
STATES = {"draft": {"draft": "true"}, "scheduled": {"date": DUE}, "expired": {"expires": "2026-06-01"}}
A, B = "content/posts/a.md", "content/posts/b.md"


def told(paper):
    """Build, and return the warnings as `place: what`; nothing of what is due next year is published."""
    report = paper.build()
    assert not [path for path in paper.files if path.startswith("2027") or path.endswith(".png")]
    warnings = [finding for finding in report.findings if finding.severity is Severity.WARNING]
    return [f"{finding.place}: {finding.what}" for finding in warnings]


FAULTS = {
    "link": (post("A", DUE, "[x](gone.md)"), "6:5: the link gone.md leads nowhere"),
    "link by address": (post("A", DUE, "[x](/gone.html)"), "6:5: the link /gone.html leads nowhere"),
    "part of another": (
        post("A", DUE, "[x](live.md#gone)"),
        "6:5: the link live.md#gone leads to a part that the page does not have",
    ),
    "own part": (post("A", DUE, "[x](#gone)"), "6:5: the link #gone leads to a part that the page does not have"),
    "picture": (post("A", DUE, "![x](gone.png)"), "6:6: the picture gone.png is missing"),
    "lead picture": (
        post("A", DUE, image="{src: gone.png, alt: x}"),
        "4:14: the picture gone.png is missing",
    ),
    "author inline": (post("A", DUE, author="{name: Bo, bio: '[x](gone.md)'}"), " the link gone.md leads nowhere"),
    "promo inline": (post("A", DUE, promo="{title: P, body: '[x](gone.md)'}"), " the link gone.md leads nowhere"),
    "template": (post("A", DUE, template="gone.html"), "4:11: the theme newspaper has no template gone.html"),
    "address": (post("A", DUE, permalink="/con.html"), "4:12: nothing can be published at /con.html: "),
    "tag": (post("A", DUE, tags="[job-search]"), '4:7: the tag "job-search" ('),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_before_the_post_is_due(site, fault):
    text, message = FAULTS[fault]
    paper = site({**LIVE, A: text})
    (warning,) = told(paper)
    assert warning.startswith(f"{A}:{message}")
    paper.now = paper.now.replace(year=2028)
    assert warning.partition(": ")[2] in paper.fails()


@pytest.mark.parametrize("keys", [*STATES.values(), {"date": ""}])
def test_a_fault_is_told_in_every_state(site, keys):
    (warning,) = told(site({**LIVE, A: post("A", body="[x](gone.md)", **keys)}))
    assert warning.endswith("the link gone.md leads nowhere")


@pytest.mark.parametrize(
    ("files", "rivals"),
    [
        ({A: post("A", DUE, permalink="/x.html"), B: post("B", permalink="/x.html")}, f"{A}:4:12, {B}:4:12"),
        ({A: post("A", DUE, permalink="/x.html"), B: post("B", aliases="[/x.html]")}, f"{A}:4:12, {B}:4:11"),
        ({A: post("A", DUE), B: post("B", DUE, slug="a")}, f"{A}, {B}:4:7"),
        ({A: post("A", DUE, aliases="[/about.html]")}, f"content/pages/about.md, {A}:4:11"),
        ({A: post("A", DUE, permalink="/archive/")}, f"{A}:4:12, what sitegen makes at /archive/"),
        ({A: post("A", DUE, permalink="/index.html/x.html")}, f"{A}:4:12, what sitegen makes at /"),
    ],
)
def test_an_address_that_is_taken(site, files, rivals):
    (warning,) = told(site({**LIVE, **files}))
    assert warning.startswith(A)
    assert "2 sources would become one file" in warning
    assert warning.endswith(rivals)


def test_live_posts_that_collide_are_an_error_about_them_alone(site):
    files = {f"content/posts/{name}.md": post(name, permalink="/x.html") for name in "bc"}
    assert (
        site({**files, A: post("A", DUE, permalink="/x.html")})
        .fails()
        .startswith(f"{B}:4:12: error: 2 sources would become one file, x.html: {B}:4:12, content/posts/c.md:4:12")
    )


@pytest.mark.parametrize("keys", [STATES["expired"], {"date": ""}])
def test_an_address_that_is_not_to_come_is_nobodys_rival(site, keys):
    assert told(site({**LIVE, A: post("A", slug="live", **keys)})) == []


RIGHT: dict[str, dict[str, str | bytes]] = {
    "links": {A: post("A", DUE, "[x](live.md#part), [x](../pages/about.md), [x](/2026/01/live.html#part)")},
    "own parts": {A: post("A", DUE, "[x](#main), [x](a.md#comments), [x](/2027/01/a.html#top)")},
    "pictures": {A: post("A", DUE, "![x](pic.png)", image="{src: pic.png, alt: x}")},
    "lists to come": {A: post("A", DUE, "[x](/tags/new/), [x](/2027/01/), [x](/2027/)", tags="[New]")},
    "alias": {A: post("A", DUE, "[x](/old.html)", aliases="[/old.html]")},
    "draft of a page": {
        A: post("A", draft="true", body="[x](../pages/b.md)"),
        "content/pages/b.md": "---\ntitle: B\ndraft: true\n---\n",
    },
    "bundle": {
        "content/posts/set/index.md": post("Set", DUE, "![x](in.png)\n\n![x](/2027/01/set/in.png)"),
        "content/posts/set/in.png": b"\x89PNG",
    },
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_brings_no_warning(site, case):
    assert told(site({**LIVE, **RIGHT[case]})) == []


def test_an_id_that_a_live_post_has_is_all_that_is_wrong(site):
    files = {
        A: post("A", DUE, id="b", series="S"),
        B: post("B", series="T"),
        "content/posts/c.md": post("C", series="T"),
    }
    (warning,) = told(site(files))
    assert "the id `b` is also that of" in warning


@pytest.mark.parametrize(
    ("own", "other", "why"),
    [
        ({"date": "2027-01-02"}, STATES["scheduled"], ""),
        (STATES["scheduled"], STATES["scheduled"], ""),
        (STATES["scheduled"], {"date": "2027-01-02"}, "scheduled"),
        (STATES["scheduled"], STATES["draft"], "a draft"),
        (STATES["scheduled"], STATES["expired"], "expired"),
        (STATES["draft"], STATES["draft"], ""),
        (STATES["draft"], STATES["scheduled"], ""),
        (STATES["draft"], STATES["expired"], "expired"),
        (STATES["expired"], STATES["expired"], ""),
    ],
)
def test_what_is_held_back_may_lead_to_what_comes_no_later(site, own, other, why):
    address = "/2027/01/b.html" if "date" in other else "/2026/01/b.html"
    for target in ("b.md", address):
        warnings = told(site({A: post("A", body=f"[B]({target})", **own), B: post("B", **other)}))
        message = f":5: the link {target} leads to a post that is not published: it is {why}"
        assert [warning.endswith(message) for warning in warnings] == ([True] if why else [])


def test_the_part_of_what_comes_no_later_must_be_there(site):
    assert told(site({A: post("A", DUE, "[B](b.md#gone)"), B: post("B", DUE)})) == [
        f"{A}:6:5: the link b.md#gone leads to a part that the page does not have"
    ]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("draft", "it is a draft\n    [B]({})\n        ^\n  why: {}: draft: true"),
        ("scheduled", "it is scheduled\n    [B]({})\n        ^\n  why: {}: due 2027-01-01 00:00"),
        ("expired", "it is expired\n    [B]({})\n        ^\n  why: {}: expired 2026-06-02 00:00"),
    ],
)
def test_a_link_by_address_says_why_as_one_by_path_does(site, state, why):
    address = "/2027/01/b.html" if state == "scheduled" else "/2026/01/b.html"
    assert site({A: post("A", body=f"[B]({address})"), B: post("B", **STATES[state])}).fails() == (
        f"{A}:6:5: error: the link {address} leads to a post that is not published: {why.format(address, B)}\n"
        "  fix: publish that post first, or drop the link"
    )


PAGE = "content/pages/plan.md"
PAGE_FAULTS = {
    "link": ("", "[x](gone.md)", "5:5: the link gone.md leads nowhere"),
    "own part": ("", "[x](#gone)", "5:5: the link #gone leads to a part that the page does not have"),
    "picture": ("image: {src: gone.png, alt: x}\n", "", "4:14: the picture gone.png is missing"),
    "template": ("template: gone.html\n", "", "4:11: the theme newspaper has no template gone.html"),
    "address": ("permalink: /about.html\n", "", "4:12: 2 sources would become one file, about.html: "),
    "alias": ("aliases: [/archive/]\n", "", "4:11: 2 sources would become one file, archive/index.html: "),
}


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_a_fault_of_a_page_is_told_while_it_is_a_draft(site, fault):
    keys, body, message = PAGE_FAULTS[fault]
    draft, live = (f"---\ntitle: Plan\ndraft: {state}\n{keys}---\n{body}\n" for state in ("true", "false"))
    paper = site({**LIVE, PAGE: draft})
    (warning,) = told(paper)
    assert warning.startswith(f"{PAGE}:{message}")
    assert "plan.html" not in paper.files
    assert warning.partition(": ")[2] in paper.edit({PAGE: live}).fails()


def test_what_is_right_with_a_draft_of_a_page_brings_no_warning(site):
    links = "[x](about.md) [x](#part) [x](../posts/a.md) [x](/plan.html#top)"
    files = {
        PAGE: f"---\ntitle: Plan\ndraft: true\n---\n## Part\n\n{links}\n",
        "content/pages/404.md": "---\ntitle: Lost\ndraft: true\n---\n[x](/)\n",
    }
    assert told(site({**LIVE, **files, A: post("A", draft="true", body="[x](../pages/plan.md#part)")})) == []
    (warning,) = told(site({**LIVE, **files, A: post("A", draft="true", body="[x](../pages/plan.md#gone)")}))
    assert "leads to a part that the page does not have" in warning
