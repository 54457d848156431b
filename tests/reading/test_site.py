"""A whole content/ folder becomes a Site: everything is on it, held back, or an error."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.config.tables import read_table
from sitegen.errors import Severity, SourceError
from sitegen.model import CommentPolicy, State
from sitegen.reading import Selection, read_site, walk
from sitegen.reading.conversion import convert_each
from sitegen.reading.passages import read_markdown
from sitegen.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def post(title: str = "A", body: str = "Text.", **keys: str) -> str:
    lines = "".join(
        f"{key}: {value}\n" for key, value in {"title": title, "date": "2026-01-01", **keys}.items() if value
    )
    return f"---\n{lines}---\n{body}\n"


def shown(site) -> list[str]:
    return [str(finding) for finding in site.findings]


def test_an_empty_site_is_a_site(read):
    site = read({})
    assert (site.posts, site.pages, site.held, site.founded) == ((), (), (), None)
    assert shown(site) == ['content: notice: holds no post and no page yet\n  fix: begin a post: sitegen new "Title"']


@pytest.mark.parametrize("path", ["posts/2026-01-01-a.md", "drafts/a.md", "pages/a.md"])
def test_a_site_with_anything_in_it_is_not_called_empty(read, path):
    assert "content: notice: holds no post and no page yet" not in "\n".join(shown(read({path: post(title="A")})))


def test_a_post_has_what_its_file_says(read):
    text = post(
        title="Follow up",
        body="Hello *there*.",
        tags="a, b",
        category="Advice",
        comments="closed",
        summary="A *short* one.",
        id="https://old.example/1",
        colour="red",
    )
    (entry,) = read({"posts/2008/2008-09-27-follow-up.md": text}).posts
    assert entry.id == "https://old.example/1"
    assert (entry.title, entry.slug, entry.date.isoformat()) == ("Follow up", "follow-up", "2026-01-01T00:00:00+00:00")
    assert (entry.tags, entry.category, entry.comments) == (("a", "b"), "Advice", CommentPolicy.CLOSED)
    assert entry.document.body.parts == ("<p>Hello <em>there</em>.</p>",)
    assert entry.summary.inline == "A <em>short</em> one."
    assert dict(entry.extra) == {"colour": "red"}
    assert entry.source.path == "content/posts/2008/2008-09-27-follow-up.md"
    assert (entry.state, entry.promos, entry.bundle) == (State.LIVE, None, "")


@pytest.mark.parametrize(
    ("path", "keys", "slug", "day", "bundle"),
    [
        ("posts/2008-09-27-a.md", {"date": ""}, "a", "2008-09-27", ""),
        ("posts/2008-09-27-a.md", {}, "a", "2026-01-01", ""),
        ("posts/2008-09-27-a.md", {"slug": "B & C"}, "b-and-c", "2026-01-01", ""),
        ("posts/2008-09-27-Tour/index.md", {"date": ""}, "tour", "2008-09-27", "content/posts/2008-09-27-Tour"),
        ("posts/2008/c++.md", {}, "c-plus-plus", "2026-01-01", ""),
    ],
)
def test_front_matter_wins_over_the_files_name(read, path, keys, slug, day, bundle):
    (entry,) = read({path: post(**keys)}).posts
    assert (entry.slug, entry.date.date().isoformat(), entry.bundle) == (slug, day, bundle)


def test_a_date_in_a_name_is_midnight_in_the_sites_zone(read):
    files = {"posts/2008-09-27-a.md": post(date=""), "posts/2008-12-27-b.md": post(date="")}
    dates = [entry.date.isoformat() for entry in read(files, timezone="America/Toronto").posts]
    assert dates == ["2008-12-27T00:00:00-05:00", "2008-09-27T00:00:00-04:00"]


def test_posts_come_newest_first_and_equal_dates_by_id(read):
    files = {f"posts/{name}.md": post(date=day) for name, day in [("b", "2025-01-01"), ("c", "2025-01-02")]}
    files |= {"posts/a.md": post(date="2025-01-01"), "posts/d.md": post(date="2025-01-01", id="A")}
    assert [entry.id for entry in read(files).posts] == ["c", "b", "a", "A"]


HELD = {
    "posts/draft.md": post("Draft", draft="yes"),
    "drafts/old.md": post("Old", date="2020-01-01"),
    "posts/undated.md": post("Undated", date=""),
    "posts/soon.md": post("Soon", date="2027-03-01 08:30"),
    "posts/over.md": post("Over", date="2020-01-01", expires="2020-02-01"),
    "posts/live.md": post("Live", date="2020-01-01", expires="2026-03-01"),
    "pages/later.md": "---\ntitle: Later\ndraft: true\n---\n",
}


def test_what_is_held_back_is_said_with_its_reason(read):
    site = read(HELD)
    assert [entry.title for entry in site.posts] == ["Live"]
    assert [(held.path.removeprefix("content/"), held.title, held.state, held.reason) for held in site.held] == [
        ("drafts/old.md", "Old", State.DRAFT, "in drafts/"),
        ("pages/later.md", "Later", State.DRAFT, "draft: true"),
        ("posts/draft.md", "Draft", State.DRAFT, "draft: true"),
        ("posts/over.md", "Over", State.EXPIRED, "expired 2020-02-02 00:00"),
        ("posts/soon.md", "Soon", State.SCHEDULED, "due 2027-03-01 08:30"),
        ("posts/undated.md", "Undated", State.DRAFT, "no date"),
    ]
    assert {entry.title for entry in site.held_posts} == {"Old", "Draft", "Over", "Soon", "Undated"}
    assert shown(site) == [
        "content/posts/undated.md: notice: has no date, so it is a draft\n"
        "  fix: write `date: ...` in it, or begin its name with one: 2008-09-27-slug.md"
    ]


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"drafts": True}, {"Live", "Draft", "Old", "Undated", "Later"}),
        ({"future": True}, {"Live", "Soon"}),
        ({"expired": True}, {"Live", "Over"}),
        (
            {"drafts": True, "future": True, "expired": True},
            {"Live", "Draft", "Old", "Undated", "Soon", "Over", "Later"},
        ),
    ],
)
def test_what_is_asked_for_is_on_the_site_and_keeps_its_state(read, asked, titles):
    site = read(HELD, **asked)
    assert {entry.title for entry in (*site.posts, *site.pages)} == titles
    assert len(site.posts) + len(site.pages) + len(site.held) == len(HELD)
    states = {entry.title: entry.state for entry in site.posts}
    assert all(STATES.get(title, State.DRAFT) is state for title, state in states.items())


STATES = {"Live": State.LIVE, "Soon": State.SCHEDULED, "Over": State.EXPIRED}


def test_the_moment_of_reading_decides_what_is_due(read):
    assert [entry.title for entry in read(HELD, now=datetime(2027, 3, 1, 8, 30, tzinfo=UTC)).posts] == ["Soon"]
    assert [entry.title for entry in read(HELD, now=datetime(2019, 12, 31, tzinfo=UTC)).posts] == []


def test_a_draft_without_a_date_is_as_new_as_the_newest_post(read):
    files = {"posts/a.md": post(date="2024-05-05"), "drafts/b.md": post("B", date="")}
    assert [(entry.title, entry.date.year) for entry in read(files, drafts=True).posts] == [("B", 2024), ("A", 2024)]
    del files["posts/a.md"]
    (entry, *_) = read(files, drafts=True, now=NOW).posts
    assert entry.date.tzinfo is not None


def test_a_draft_alone_without_a_date_has_one_that_no_clock_gave(read):
    (entry,) = read({"drafts/b.md": post(date="")}, drafts=True).posts
    assert entry.date == datetime(1970, 1, 1, tzinfo=UTC)


def test_faults_of_a_held_post_are_warnings_and_those_of_a_live_one_errors(read, fails):
    faulty = {"promos": "[boook]", "image": "a.png", "authors": "Ada Lovelac"}
    extra = {"authors/ada.md": "---\nname: Ada Lovelace\n---\n", "promos/book.md": "---\ntitle: Book\n---\nText\n"}
    body = "* " * 600 + "a"
    site = read({"posts/a.md": post(draft="true", body=body, **faulty), **extra})
    assert {finding.severity for finding in site.findings} == {Severity.WARNING}
    assert [finding.what for finding in site.findings] == [
        "lists or quotes are nested too deeply",
        "there is no promo `boook`",
        "the picture has no alternative text",
        "there is no author `Ada Lovelac`",
    ]
    assert fails({"posts/a.md": post(body=body, **faulty), **extra}) == (
        "content/posts/a.md: error: lists or quotes are nested too deeply\n"
        "  fix: put the part that does it into a code block, or write it in a simpler way\n\n"
        "content/posts/a.md:4:10: error: there is no promo `boook`\n"
        "    promos: [boook]\n"
        "             ^\n"
        "  fix: did you mean `book`?\n\n"
        "content/posts/a.md:6:10: error: there is no author `Ada Lovelac`\n"
        "    authors: Ada Lovelac\n"
        "             ^\n"
        "  fix: did you mean `Ada Lovelace`?"
    )


def test_front_matter_of_a_held_post_must_be_readable(fails):
    assert fails({"drafts/a.md": post(date="2026-02-30")}).startswith("content/drafts/a.md:3:7: error: `date` ")


def test_the_errors_of_all_files_come_in_one_run_in_order_of_place(fails):
    text = fails(
        {
            "posts/b.md": b"---\ntitle: \xff\n---\n",
            "posts/a.md": post(unlisted="perhaps"),
            "posts/2026-02-30-c.md": post(),
            "pages/p.md": "no front matter",
            "authors/x.md": "---\nname: [a\n---\n",
            "promos/y.md": "---\nweight: 1\n---\n",
            "data/z.json": "{",
            "comments/q.yaml": "- 1",
            "notes.md": "lost",
        }
    )
    assert [line.partition(": ")[0] for line in text.split("\n\n")] == [
        "content/authors/x.md:2:7",
        "content/comments/q.yaml:1:3",
        "content/data/z.json:1:2",
        "content/notes.md",
        "content/pages/p.md:1",
        "content/posts/2026-02-30-c.md",
        "content/posts/a.md:4:11",
        "content/posts/b.md:2",
        "content/promos/y.md:1",
    ]


def test_an_id_is_one_posts_alone(read, fails):
    assert fails({"posts/a.md": post(), "posts/b.md": post(id="a"), "posts/c.md": post(id="a")}) == (
        "content/posts/a.md: error: the id `a` is also that of content/posts/b.md:4:5 and content/posts/c.md:4:5\n"
        "  fix: a post's id is its `id`, else its path without suffix: rename one of them, or give it another `id`"
    )
    site = read({"posts/a.md": post(), "posts/b.md": post(), "posts/c.md": post(), "drafts/a.md": post()})
    (warning,) = site.findings
    assert warning.severity is Severity.WARNING
    assert warning.what == "the id `a` is also that of content/posts/a.md"


def test_ids_are_equal_in_every_unicode_form(fails):
    files = {"posts/caf\N{LATIN SMALL LETTER E WITH ACUTE}.md": post()}
    files["posts/cafe\N{COMBINING ACUTE ACCENT}.md"] = post()
    assert "the id `café` is also that of content/posts/café.md" in fails(files)


def test_pages_are_sorted_by_path_and_never_dated(read):
    page = "---\ntitle: P\nslug: Über uns\n---\nText\n"
    site = read({"pages/help/faq.md": page, "pages/about.md": page})
    assert [(entry.path, entry.slug) for entry in site.pages] == [("about", "über-uns"), ("help/faq", "über-uns")]


def test_a_page_may_have_a_summary(read):
    (page,) = read({"pages/about.md": "---\ntitle: P\nsummary: In *short*\n---\nText\n"}).pages
    assert page.summary.inline == "In <em>short</em>"


def test_a_date_in_a_name_that_has_no_utc_form_is_an_error(fails):
    assert fails({"posts/0001-01-01-a.md": post(date="")}, timezone="Europe/Paris") == (
        "content/posts/0001-01-01-a.md: error: the date 0001-01-01 in the file's name lies outside the years 1 to 9999"
    )


def test_assets_are_read_once_and_known_to_the_store(tmp_path):
    for path in ("static/robots.txt", "static/.well-known/x", "posts/tour/map.png"):
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
    store = Store()
    config = read_table(Config, {"title": "T", "url": "https://t.example/"})
    site = read_site(tmp_path, config, Selection(now=NOW), store)
    assert [asset.path for asset in site.static] == ["content/static/.well-known/x", "content/static/robots.txt"]
    (picture,) = site.files
    assert (picture.path, picture.size) == ("content/posts/tour/map.png", 18)
    assert store.file(picture.digest) == b"posts/tour/map.png"


def test_an_asset_that_cannot_be_read_is_an_error(fails, monkeypatch):
    real = walk._bytes_of
    message = PermissionError(13, "Permission denied")

    def bytes_of(file, at_most):
        if file.endswith("secret.png"):
            raise message
        return real(file, at_most)

    monkeypatch.setattr(walk, "_bytes_of", bytes_of)
    assert fails({"static/secret.png": "", "static/a.png": ""}) == (
        "content/static/secret.png: error: cannot read: permission denied"
    )


def test_the_founding_day_is_configured_or_that_of_the_first_listed_post(read):
    files = {"posts/a.md": post(date="2009-02-03"), "posts/b.md": post(date="2008-01-01", unlisted="true")}
    assert read(files).founded == date(2009, 2, 3)
    assert read(files, founded=date(2001, 1, 1)).founded == date(2001, 1, 1)


def test_a_warning_of_the_conversion_has_its_line_in_the_file(read):
    (warning,) = read({"posts/a.md": post(body="One.\n\n![](a.png)\n")}).findings
    assert str(warning).startswith("content/posts/a.md:7")
    assert warning.excerpt == "![](a.png)"


def test_a_bomb_is_an_error_that_names_its_file(fails):
    text = fails({"posts/bomb.md": post(body="* " * 600 + "a"), "posts/fine.md": post()})
    assert text.startswith("content/posts/bomb.md: error: lists or quotes are nested too deeply")


def test_all_texts_are_converted_in_one_go(tmp_path, read):
    read(
        {
            "posts/a.md": post(summary="_S_"),
            "pages/p.md": "---\ntitle: P\n---\nPage\n",
            "authors/x.md": "---\nname: X\n---\nBio",
        }
    )
    calls = []

    def convert_all(texts, options):
        calls.append([read_markdown(text) for text in texts])
        return convert_each(texts, options)

    config = read_table(Config, {"title": "T", "url": "https://t.example/"})
    read_site(tmp_path, config, Selection(now=NOW), Store(), convert_all)
    assert [call for call in calls if call] == [["Text.\n", "_S_", "Page\n", "Bio"]]


TEXTS = st.sampled_from(
    [
        post(),
        post(draft="true"),
        post(date=""),
        post(date="2030-01-01"),
        post(date="2020-01-01", expires="2021-01-01"),
        post(date="2026-02-30"),
        post(title=""),
        post(draft="maybe"),
        "no front matter",
        "---\ntitle: [\n---\n",
        "",
    ]
)
NAMES = st.sampled_from(["a", "b", "2020-01-01-c", "2020-02-30-d", "x/e", "y/index", "index", "Z"])
PATHS = st.builds(
    "{}/{}.{}".format, st.sampled_from(["posts", "drafts", "pages"]), NAMES, st.sampled_from(["md", "MD"])
)


@given(
    files=st.dictionaries(PATHS, TEXTS, max_size=6),
    asked=st.fixed_dictionaries(dict.fromkeys(["drafts", "future", "expired"], st.booleans())),
)
@settings(deadline=None)
def test_nothing_is_lost_in_silence(files, asked):
    """Whatever stands in content/ is on the site, held back, or named by an error."""
    with TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder) / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (Path(folder) / "content").mkdir(exist_ok=True)
        config = read_table(Config, {"title": "T", "url": "https://t.example/"})
        site, faulty = None, set[str]()
        while site is None:  # three posts of one id are one error, and without the first of them another
            try:
                site = read_site(Path(folder), config, Selection(now=NOW, **asked), Store())
            except SourceError as error:
                named = {finding.place.path for finding in error.findings}
                assert named
                for path in named:
                    (Path(folder) / path).unlink()
                faulty |= named
        sources = [*(post.source for post in site.posts), *(page.source for page in site.pages)]
        paths = [source.path for source in sources] + [held.path for held in site.held]
        assert sorted([*paths, *faulty]) == sorted(f"content/{path}" for path in files)
