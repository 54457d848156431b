"""What is held back or unlisted leaves no byte anywhere it must not be."""

import pytest
from documents import CHECKOUT
from tiny import NOW, post

from sitegen.build.edition import plan_edition
from sitegen.model import State
from sitegen.reading import Selection

STATES = {
    "draft": {"draft": "true"},
    "scheduled": {"date": "2027-01-01"},
    "expired": {"expires": "2026-06-01"},
}


def sentinel(word, **keys):
    """A post that says `word` in every part that another page could show."""
    return post(
        f"{word}title",
        body=f"{word}body is here. ![{word}alt]({word}.png)",
        summary=f"{word}summary",
        slug=f"{word}slug",
        tags=f"[{word}tag]",
        category=f"{word}section",
        author=f"{word}author",
        series=f"{word}series",
        aliases=f"[/{word}alias.html]",
        promo=f"{{title: {word}promo, body: {word}promobody}}",
        **keys,
    )


@pytest.mark.parametrize("state", STATES)
def test_no_byte_of_a_held_back_post_is_published(site, state):
    paper = site(
        {
            "content/posts/hidden.md": sentinel("zqxj", **STATES[state]),
            "content/posts/zqxj.png": b"\x89PNG zqxj",
            "content/posts/seen.md": post("Seen"),
            "content/comments/hidden.yaml": "- {id: '1', author: zqxjreader, date: 2026-01-01, body: zqxjcomment}\n",
        }
    )
    report = paper.build()
    assert not [path for path, data in paper.files.items() if b"zqxj" in data or "zqxj" in path]
    assert [(held.path, held.state.value) for held in report.held] == [("content/posts/hidden.md", state)]
    paper.build(drafts=True, future=True, expired=True)
    assert "zqxjbody" in paper.text("/" + next(path for path in paper.files if path.endswith("zqxjslug.html")))


def test_a_draft_by_its_folder_or_without_a_date(site):
    paper = site({"content/drafts/a.md": post("A"), "content/posts/b.md": "---\ntitle: B\n---\nText.\n"})
    report = paper.build()
    assert [(held.path, held.reason) for held in report.held] == [
        ("content/drafts/a.md", "in drafts/"),
        ("content/posts/b.md", "no date"),
    ]
    assert not [path for path in paper.files if path.startswith("2026")]


def test_an_unlisted_post_is_only_where_its_address_leads(site):
    paper = site(
        {
            "content/posts/hidden.md": sentinel("zqxj", unlisted="true"),
            "content/posts/zqxj.png": b"\x89PNG zqxj",
            "content/posts/seen.md": post("Seen", tags="[pay]"),
        }
    )
    paper.build()
    with_word = {path for path, data in paper.files.items() if b"zqxj" in data}
    assert with_word == {"2026/01/zqxjslug.html", "files/posts/zqxj.png", "zqxjalias.html"}
    assert 'content="noindex' in paper.text("/2026/01/zqxjslug.html")
    assert not [path for path in paper.files if "zqxjtag" in path or "zqxjsection" in path or "zqxjauthor" in path]


def test_counts_leave_out_what_is_unlisted(site):
    paper = site(
        {"content/posts/a.md": post("A", tags="[pay]"), "content/posts/b.md": post("B", tags="[pay]", unlisted="true")}
    )
    paper.build()
    assert "B</a>" not in paper.text("/tags/pay/")
    assert "(1)" in paper.text("/archive/").replace("\n", "")


def test_a_scheduled_post_is_published_by_the_next_build_after_it_is_due(site):
    paper = site({"content/posts/a.md": post("Later", date="2026-12-01 08:00")})
    paper.build()
    assert "2026/12/a.html" not in paper.files
    paper.now = paper.now.replace(month=12, day=1, hour=8)
    paper.build()
    assert "2026/12/a.html" in paper.files


@pytest.mark.parametrize("state", STATES)
def test_what_only_a_held_back_post_shows_is_not_published(site, state):
    live = {"content/posts/seen.md": post("Seen"), "content/posts/zqxj.png": b"\x89PNG zqxj"}
    held = {
        "content/posts/hidden/index.md": sentinel("zqxj", template="gone.html", image="in.png", **STATES[state]),
        "content/posts/hidden/in.png": b"\x89PNG zqxj",
        "content/posts/other.md": post("Other", body="[x](hidden/index.md) ![x](zqxj.png) zqxj", **STATES[state]),
    }
    paper = site(live)
    paper.build()
    without = paper.files
    report = paper.edit(held).build()
    assert "gone.html" in str(report.findings)
    assert paper.files == without


def test_there_is_nothing_to_say_of_what_the_demo_holds_back():
    demo = plan_edition(CHECKOUT, Selection(now=NOW))
    assert {held.state for held in demo.plan.held} == {State.DRAFT, State.SCHEDULED, State.EXPIRED}
    assert demo.findings == ()
