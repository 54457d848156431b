"""A title that was edited is published wherever it stands; nothing is planned, and the result is a clean build's."""

import sqlite3

import pytest
from clean_builds import build_clean, published
from tiny import NOW, post

from sitegen.build.edition import plan_edition
from sitegen.reading import Selection
from sitegen.view import Record, Walk, titled_addresses

TEXT = " ".join(f"Sentence {number} is long enough for an opening." for number in range(30))
COMMENTS = "- id: c1\n  author: Bo\n  date: 2026-02-01T10:00:00Z\n  body: <p>Yes.</p>\n"
OLD = {
    "series-one": post("One & only", "2025-01-01", series="Parts", tags="[pay, work]", body=f"{TEXT}\n\nEnd."),
    "series-two": post(
        "Part two", "2025-01-02", series="Parts", tags="[pay]", aliases="[/old.html, /older/]", body="B."
    ),
    "unlisted": post("Unlisted", "2025-01-02", unlisted="true", aliases="[/hidden.html]", tags="[pay]", body="C."),
    "twin": post("Twin", "2025-01-04", body="The same text."),
    "other-twin": post("Twin", "2025-01-05", body="The same text."),
    "quoted": post('"Say \\"yes\\", \\\\o/"', "2025-02-01", author="ann", category="Money", body="D."),
    "single": post(
        "'It''s'", "2025-02-01T10:00:00", author="ann", summary="Short.", image="{src: p.svg, alt: P}", body="E."
    ),
    "toml": '+++\ntitle = "Toml"\ndate = 2025-03-01\ntags = ["pay"]\n+++\nF, see [one](series-one.md).\n',
    "bundle": post("Told", "2025-03-02", extra="{title: Told}", description="Told", body="Told. [Told](toml.md)"),
}
NEW = {f"new-{number}": post(f"New {number}", f"2026-03-{number + 1:02}", body="N.") for number in range(10)}
FILES = {
    **{f"content/posts/{name}.md": text for name, text in (OLD | NEW).items()},
    "content/posts/p.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/authors/ann.md": "---\nname: Ann\n---\nAnn writes.\n",
    "content/comments/series-one.yaml": COMMENTS,
    "content/pages/about.md": "---\ntitle: Told\naliases: [/us.html]\n---\nSee [one](../posts/series-one.md).\n",
    "content/posts/later.md": post("Later", "2027-01-01", slug="x", body="Later."),
}
CONFIG = '[[menu]]\ntitle = "Twin"\nurl = "/about.html"\n'


MONTHS = {"quoted": "02", "single": "02", "toml": "03", "bundle": "03"}


@pytest.fixture
def paper(site, settled):
    made = site(FILES, config=CONFIG)
    made.build()
    return made


def build(paper):
    report = paper.build()
    assert published(paper.output) == build_clean(paper.root, Selection(now=NOW))
    return report


def edit(paper, name, old, new, count=1):
    file = paper.root / f"content/posts/{name}.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, count))


def titled(name, title):
    """Return what to replace in a post so that it has another title, which is to be written as `title`."""
    line = next(line for line in OLD[name].splitlines() if line.startswith("title"))
    return line, f"title = {title}" if "=" in line else f"title: {title}"


@pytest.mark.parametrize("name", OLD)
def test_a_title_that_was_edited_is_published_wherever_it_stands(paper, planned, name):
    """Bytes and set of files are those of a clean build; so are the fingerprints: a planned build renders nothing."""
    old, new = titled(name, "\"Fresh & 'new'\"")
    edit(paper, name, old, new)
    report = build(paper)
    assert not planned
    assert report.written
    assert f"2025/{MONTHS.get(name, '01')}/{name}.html" in report.written
    edit(paper, name, new, old)
    build(paper)
    assert not planned
    (paper.root / "content/pages/other.md").write_text("---\ntitle: Other\n---\nOther.\n")
    assert set(build(paper).written) == {"other.html", "sitemap.xml"}
    assert planned


def test_titles_and_texts_of_many_posts_at_once(paper, planned):
    for turn in "XY":
        for name in ("series-one", "series-two", "twin"):
            line = next(
                line for line in (paper.root / f"content/posts/{name}.md").read_text().splitlines() if "title" in line
            )
            edit(paper, name, line, f"title: {turn} of {name}")
        edit(paper, "series-one", "End.", "End. More.")
        build(paper)
    edit(paper, "series-one", "title: Y of series-one", "title: Twin")
    edit(paper, "other-twin", "title: Twin", "title: Y of twin")
    build(paper)
    assert not planned


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("series-one", "title: One & only\ndate: 2025-01-01", "title: Z\ndate: 2025-01-02"),
        ("series-one", "title: One & only", "title: Z\nslug: z"),
        ("series-one", "title: One & only", "# a line more\ntitle: Z"),
        ("series-one", "title: One & only", "title: >\n  Z\n  and more"),
        ("series-one", "tags: [pay, work]", "tags: [pay]"),
        ("quoted", "category: Money", "category: Work"),
        ("bundle", "extra: {title: Told}", "extra: {title: Untold}"),
        ("new-3", "title: New 3", "title: Z"),
        ("later", "title: Later", "title: Z"),
        ("single", "alt: P", "alt: Q"),
    ],
)
def test_everything_else_is_planned(paper, planned, name, old, new):
    edit(paper, name, old, new)
    build(paper)
    assert planned


def test_a_post_of_which_there_is_something_to_say_is_planned(paper, planned):
    edit(paper, "twin", "The same text.", "![](p.svg)")
    told = build(paper).findings
    planned.clear()
    edit(paper, "twin", "title: Twin", "title: Other")
    assert build(paper).findings == told
    assert planned


def test_a_title_that_is_wrong_is_told(paper):
    edit(paper, "twin", "title: Twin", 'title: ""')
    with pytest.raises(Exception, match="title"):
        paper.build()


@pytest.mark.parametrize("gone", ["cache.db", "index-configured.json"])
def test_what_is_gone_is_made_again(paper, planned, gone):
    (paper.root / ".sitegen" / gone).unlink()
    for turn in "12":
        edit(paper, "twin", "title: Twin", f"title: Twin{turn}")
        build(paper)
        assert len(planned) == 1


def test_a_card_that_is_gone_is_made_again(paper, planned):
    """The cards of lists are values of their own; a cache may have lost one."""
    with sqlite3.connect(paper.root / ".sitegen/cache.db") as cache:
        cards = [key for key, data in cache.execute("SELECT key, data FROM value") if data.startswith(b'{"CardView"')]
        assert cards
        cache.executemany("DELETE FROM value WHERE key = ?", [(key,) for key in cards])
        cache.executemany("DELETE FROM use WHERE key = ?", [(key,) for key in cards])
    cache.close()
    for turn in "12":
        edit(paper, "twin", "title: Twin", f"title: Twin{turn}")
        build(paper)
        assert len(planned) == 1


def test_cards_that_are_shown_are_not_forgotten(paper, planned, monkeypatch):
    monkeypatch.setattr("sitegen.cache._BUILDS", 2)
    for turn in range(4):
        (paper.root / "content/pages/about.md").write_text(f"---\ntitle: Told {turn}\n---\nAbout us.\n")
        build(paper)
    planned.clear()
    edit(paper, "twin", "title: Twin", "title: Other")
    build(paper)
    assert not planned


def everything(value):
    """Yield a view and all that it holds, found without knowing what can be where."""
    yield value
    names = getattr(type(value), "__dataclass_fields__", ())
    parts = value if isinstance(value, tuple) else value.values() if isinstance(value, Record) else ()
    for part in (*parts, *(getattr(value, name) for name in names)):
        yield from everything(part)


def test_walks_find_all_there_is(paper):
    plan = plan_edition(paper.root, Selection(now=NOW)).plan
    views = [plan.site, *(route.view.page for route in plan.routes)]
    kinds = {type(part) for view in views for part in everything(view) if hasattr(part, "__dataclass_fields__")}
    for kind in kinds:
        for view in views:
            assert Walk(kind).records(view) == [part for part in everything(view) if type(part) is kind]


def test_every_place_of_a_title_has_an_address(paper):
    """Whatever view shows the text of a title knows whose it is; free data is not asked."""
    edit(paper, "series-two", "title: Part two", "title: Quite unheard of")
    plan = plan_edition(paper.root, Selection(now=NOW)).plan
    shown = [route for route in plan.routes if "Quite unheard of" in repr(route.view.page)]
    assert len(shown) > 8
    url = "/2025/01/series-two.html"
    assert all(titled_addresses(route.view.page) & {url, f"https://test.example{url}"} for route in shown)
