"""A text that was edited is published without planning the site, and only where the result is that of a clean build."""

import os
from datetime import UTC, datetime

import pytest
from clean_builds import build_clean, published
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import NOW, PLAIN_CONFIG, post

from sitegen.build.edition import plan_edition
from sitegen.build.views import bodies_in, decode_view, encode_view
from sitegen.reading import Selection
from sitegen.view import Body, LinkView, Record

OPENING = " ".join(f"This is sentence {number} of the opening." for number in range(40))
PROMO = "---\ntitle: A guide\nurl: https://a.example/\n---\nA *good* guide.\n"
ANN = "---\nname: Ann\nrole: Editor\n---\nAnn writes.\n"
FILES = {
    "content/posts/a.md": post(
        "A", "2026-01-01", body=f"{OPENING}\n\nOld end, see [B](b.md).", tags="[pay]", promo="guide"
    ),
    "content/posts/b.md": post(
        "B", "2026-01-02", body=f'{OPENING}\n\nThe end of B: "Ja."', author="ann", tags="[pay]", lang="de"
    ),
    "content/posts/twin.md": post("Twin", "2026-01-03", body="The same text."),
    "content/posts/two.md": post("Two", "2026-01-04", body="The same text."),
    "content/posts/warned.md": post("Warned", "2026-01-05", body=f"{OPENING}\n\n![](pic.svg)"),
    "content/posts/pic.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/promos/guide.md": PROMO,
    "content/authors/ann.md": ANN,
    "content/pages/about.md": "---\ntitle: About\n---\nAbout us.\n",
}
A, B = (FILES[f"content/posts/{name}.md"] for name in "ab")
BOX = '[[sidebar]]\nblock = "text"\ntitle = "Box"\nbody = "A *box*."\non = "all"\n'

PATCHED = {
    "another end": {"content/posts/a.md": A.replace("Old end", "New *end*")},
    "twice as long": {"content/posts/a.md": A + f"\n\n{OPENING}\n"},
    "two posts": {"content/posts/a.md": A + "\nMore.\n", "content/posts/b.md": B + "\nMore.\n"},
    "quotation marks of its own": {"content/posts/b.md": B.replace("Ja", "Nein")},
    "saved as it was": {"content/posts/a.md": A},
    "a line more between": {"content/posts/a.md": A.replace("\n\nOld end", "\n\n\nOld end")},
    "other line ends": {"content/posts/a.md": A.replace("\n", "\r\n")},
}
PLANNED = {
    "the opening": {"content/posts/a.md": A.replace("sentence 3 of", "sentence three of")},
    "a heading": {"content/posts/a.md": A + "\n\n## Part\n\nText.\n"},
    "a link more": {"content/posts/a.md": A + "\n\nAnd [here](/about.html).\n"},
    "a link elsewhere": {"content/posts/a.md": A.replace("(b.md)", "(twin.md)")},
    "a title": {"content/posts/a.md": A.replace("title: A", "title: Z")},
    "a title and the text": {"content/posts/a.md": A.replace("title: A", "title: Z") + "\nMore.\n"},
    "a text that two posts have": {"content/posts/twin.md": FILES["content/posts/twin.md"] + "\nMore.\n"},
    "a text with a warning": {"content/posts/warned.md": FILES["content/posts/warned.md"] + "\nMore.\n"},
    "a warning more": {"content/posts/a.md": A + "\n\n<p onclick='x'>Text</p>\n"},
    "a page": {"content/pages/about.md": FILES["content/pages/about.md"] + "\nMore.\n"},
    "an author": {"content/authors/ann.md": ANN + "\nMore.\n"},
    "a post more": {"content/posts/a.md": A + "\nMore.\n", "content/posts/c.md": post("C")},
    "a draft now": {"content/posts/a.md": A.replace("title: A", "draft: true\ntitle: A")},
    "the configuration": {
        "content/posts/a.md": A + "\nMore.\n",
        "sitegen.toml": PLAIN_CONFIG + BOX.replace("A *box*", "Another box"),
    },
    "a theme's file": {
        "content/posts/a.md": A + "\nMore.\n",
        "themes/newspaper/templates/partials/footer.html": "Foot\n",
    },
}


@pytest.fixture
def paper(site, settled):
    made = site(FILES, config=BOX)
    made.build()
    return made


def build(paper, **options):
    report = paper.build(**options)
    assert published(paper.output) == build_clean(paper.root, Selection(now=NOW))
    return report


@pytest.mark.parametrize("case", PATCHED)
def test_an_edited_text_is_published_and_nothing_planned(paper, planned, case):
    paper.edit(PATCHED[case])
    report = build(paper)
    assert not planned
    before = {"content/posts/a.md": A, "content/posts/b.md": B}
    changed = {path for path, text in PATCHED[case].items() if text.split() != before[path].split()}
    assert {f"2026/01/{path[-4]}.html" for path in changed} <= set(report.written)
    assert bool(changed) == bool(report.written)
    assert (report.posts, report.pages, report.deleted) == (5, 1, ())
    assert [finding.place.path for finding in report.findings] == ["content/posts/warned.md"]
    assert not build(paper).written


@pytest.mark.parametrize("case", PLANNED)
def test_everything_else_is_planned(paper, planned, case):
    paper.edit(PLANNED[case])
    build(paper)
    assert planned


def test_edit_after_edit(paper, planned):
    for text in ("One.", "Two.", "One.", "Three."):
        paper.edit({"content/posts/a.md": f"{A}\n\n{text}\n"})
        assert "2026/01/a.html" in build(paper).written
    assert not planned
    paper.edit({"content/posts/a.md": A.replace("title: A", "title: Z")})
    build(paper)
    paper.edit({"content/posts/b.md": f"{B}\n\nMore.\n"})
    build(paper)
    assert len(planned) == 1


def test_faults_of_a_held_back_post_stay_told_and_stop_no_edit(paper, planned):
    faulty = post("Later", "2026-12-01", body="[Gone](gone.md) and [A](a.md).", slug="x")
    paper.edit({"content/posts/later.md": faulty, "content/posts/x.md": post("X", "2026-12-01", draft="true")})
    told = paper.build().findings
    assert {finding.place.path for finding in told} > {"content/posts/later.md"}
    planned.clear()
    paper.edit({"content/posts/a.md": A + "\nMore.\n"})
    report = build(paper)
    assert "2026/01/a.html" in report.written
    assert "More." in paper.text("/2026/01/a.html")
    assert report.findings == told
    assert not planned
    paper.edit({"content/posts/later.md": faulty.replace("gone.md", "b.md").replace("slug: x", "slug: y")})
    assert {finding.place.path for finding in build(paper).findings} == {"content/posts/warned.md"}
    assert planned


def test_a_body_that_becomes_that_of_another_post(paper, planned):
    paper.edit(
        {"content/posts/b.md": B.split("---\n")[0] + "---\n".join(B.split("---\n")[:2]) + "---\n" + A.split("---\n")[2]}
    )
    build(paper)
    paper.edit({"content/posts/a.md": A + "\nMore.\n"})
    build(paper)


def test_two_posts_that_take_each_others_text(paper):
    """What is patched for one must not be patched again for the other, now and at the next edit."""
    first, second = (FILES[f"content/posts/{name}.md"] for name in ("a", "b"))
    first, second = first.replace(", see [B](b.md)", ""), second
    paper.edit({"content/posts/a.md": first})
    build(paper)
    (head, text), (other_head, other_text) = (post.rsplit("---\n", 1) for post in (first, second))
    paper.edit({
        "content/posts/a.md": f"{head}---\n{other_text}",
        "content/posts/b.md": f"{other_head}---\n{text}",
    })  # fmt: skip
    build(paper)
    paper.edit({"content/posts/b.md": f"{other_head}---\n{text}\nMore.\n"})
    build(paper)


@pytest.mark.parametrize("gone", ["cache.db", "index-configured.json"])
def test_what_is_gone_is_made_again(paper, planned, gone):
    (paper.root / ".sitegen" / gone).unlink()
    for turn in (1, 0):
        paper.edit({"content/posts/a.md": f"{A}\n\nText {turn}.\n"})
        build(paper)
        assert len(planned) == 1


def test_what_is_used_is_neither_forgotten_nor_encoded_again(paper, planned, monkeypatch):
    encoded: list[str] = []

    def spy(view, cards=None):
        encoded.append(type(view).__name__)
        return encode_view(view, cards)

    monkeypatch.setattr("sitegen.cache._BUILDS", 2)
    monkeypatch.setattr("sitegen.build.index.encode_view", spy)
    for title in ("X", "Y", "Z", "X", "Y"):
        paper.edit({"content/pages/about.md": f"---\ntitle: {title}\n---\nAbout us.\n"})
        build(paper)
    assert encoded == ["SiteView"] * 5
    paper.edit({"content/posts/a.md": A + "\nMore.\n"})
    build(paper)
    assert len(planned) == 5


@pytest.mark.parametrize("path", ["2026/01/a.html", "2026/01/b.html", "feed.xml", ".sitegen"])
def test_an_output_that_was_tampered_with_is_mended(paper, path):
    file = paper.output / path
    os.utime(file, (1, 1))
    if path != ".sitegen":
        file.write_text("Tampered")
    paper.edit({"content/posts/a.md": A + "\nMore.\n"})
    build(paper)


def test_a_link_in_place_of_a_post_is_read_as_ever(paper, planned):
    file = paper.root / "content/posts/a.md"
    file.rename(paper.root / "elsewhere.md")
    file.symlink_to(paper.root / "elsewhere.md")
    build(paper)
    assert planned


def test_a_moment_that_is_due_is_planned(paper, planned):
    paper.edit({"content/posts/later.md": post("Later", "2026-12-01", body="Later.")})
    paper.build()
    paper.edit({"content/posts/a.md": A + "\nMore.\n"})
    paper.now = datetime(2026, 12, 2, tzinfo=UTC)
    paper.build()
    assert len(planned) == 2
    assert "2026/12/later.html" in paper.files


# ---- Views as text --------------------------------------------------------------------------------

FREE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=3).map(Record),
    max_leaves=12,
)


@settings(max_examples=200)
@given(FREE)
def test_free_data_comes_back(value):
    assert repr(decode_view(encode_view(value))) == repr(value)


def test_every_view_of_a_site_comes_back(paper):
    plan = plan_edition(paper.root, Selection(now=NOW)).plan
    for view in [plan.site, *(route.view.page for route in plan.routes)]:
        assert repr(decode_view(encode_view(view))) == repr(view)


@pytest.mark.parametrize("text", ["", "{", '{"Body":[1]}', '{"Nothing":[]}', '{"Body":[1,2],"View":[]}', '{"Body":3}'])
def test_what_is_no_view(text):
    with pytest.raises(ValueError, match=r"."):
        decode_view(text)


@pytest.mark.parametrize("value", [object(), float("nan"), NOW, Record({"a": NOW})])
def test_what_has_no_text(value):
    with pytest.raises((TypeError, ValueError)):
        encode_view(value)


def test_all_bodies_are_found():
    assert set(bodies_in((Body("a", ("x",)), LinkView("T", "/"), (Body("b", ()),)))) == {"a", "b"}
