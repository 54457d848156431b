"""Laws that hold for any site: what they say of one tiny site, they say of all."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from output_folders import stamps
from tiny import PLAIN_CONFIG, SiteFolder, post

from sitegen.errors import SitegenError
from sitegen.planning.addresses import collision_key, fault_of, normalise, output_path

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
SEGMENTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Pd", "Zs")), min_size=1, max_size=6)
PERMALINKS = st.lists(SEGMENTS, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts) + ".html")


def build(files):
    """Return the published files of a site, or None and the text of the error."""
    with tempfile.TemporaryDirectory() as folder:
        paper = SiteFolder(Path(folder) / "site", files, PLAIN_CONFIG)
        outside = {path for path in Path(folder).iterdir() if path != paper.root}
        try:
            paper.build()
        except SitegenError as error:
            assert not paper.output.exists()
            return None, str(error)
        assert {path for path in Path(folder).iterdir() if path != paper.root} == outside
        return paper.files, ""


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


@FEW
@given(PERMALINKS, PERMALINKS)
def test_two_posts_collide_exactly_when_they_would_be_one_file(one, two):
    files, error = build(
        {
            "content/posts/a.md": post("A", permalink=quoted(one)),
            "content/posts/b.md": post("B", permalink=quoted(two)),
        }
    )
    outputs = [output_path(normalise(path)) for path in (one, two)]
    if any(fault_of(normalise(path)) for path in (one, two)) or any(path != path.strip() for path in (one, two)):
        return
    if collision_key(outputs[0]) == collision_key(outputs[1]):
        assert files is None
        assert "content/posts/a.md" in error
        assert "content/posts/b.md" in error
    elif files is not None:
        assert set(outputs) <= files.keys()


@FEW
@given(st.text(max_size=60), st.text(max_size=120))
def test_any_title_and_text_make_the_same_bytes_twice_or_a_named_error(title, body):
    source = f"---\ntitle: {quoted(' '.join(title.split()))}\ndate: 2026-01-01\n---\n{body}\n".encode(errors="replace")
    first, error = build({"content/posts/a.md": source})
    second, again = build({"content/posts/a.md": source})
    assert first == second
    assert error == again
    assert first is not None or error.startswith("content/posts/a.md:")


@FEW
@given(st.lists(st.integers(1, 28), min_size=1, max_size=6, unique=True))
def test_every_listed_post_is_in_the_archive_its_month_its_feed_and_the_sitemap(days):
    files, _ = build({f"content/posts/p{day}.md": post(f"Title {day}", f"2026-03-{day:02}") for day in days})
    assert files is not None
    for day in days:
        name = f"/2026/03/p{day}.html".encode()
        for path in ("2026/index.html", "2026/03/index.html", "index.html", "feed.xml", "sitemap.xml"):
            assert name in files[path]
    assert f"({len(days)})".encode() in files["archive/index.html"]


POSTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        post,
        st.sampled_from(["A", "A & B", "日本"]),
        st.dates(date(2020, 1, 1), date(2027, 1, 1)).map(str),
        st.sampled_from(["Text.", "## Part\n\nText.", "[x](/archive/)"]),
        tags=st.sampled_from(["[]", "[pay]", "[Pay, été]"]),
        draft=st.sampled_from(["true", "false"]),
        unlisted=st.sampled_from(["true", "false"]),
    ),
    max_size=6,
).map(lambda found: {f"content/posts/{name}.md": text for name, text in found.items()})
FAULTS = st.sampled_from(
    [
        {"content/posts/x.md": "---\ntitle: T\ndate: never\n---\n"},
        {"content/posts/x.md": post("X", body="[x](gone.md)")},
        {"content/posts/x.md": post("X", permalink="/index.html")},
        {"content/posts/x.md": b"\xff"},
        {"content/data/x.json": "{"},
        {"content/static/index.html": "x"},
        {"themes/newspaper/templates/404.html": "{{ page.gone }}"},
        {"sitegen.toml": PLAIN_CONFIG + "x = 1\n"},
    ]
)


@FEW
@given(POSTS)
def test_a_second_build_changes_no_byte_and_writes_nothing(posts):
    with tempfile.TemporaryDirectory() as folder:
        paper = SiteFolder(Path(folder) / "site", posts, PLAIN_CONFIG)
        paper.build()
        before = stamps(paper.output)
        report = paper.build()
        assert (report.written, report.deleted) == ((), ())
        assert stamps(paper.output) == before
        files = paper.files
        paper.build(clean=True)
        assert paper.files == files


@FEW
@given(POSTS, POSTS, FAULTS)
def test_a_failed_build_changes_nothing(first, then, fault):
    with tempfile.TemporaryDirectory() as folder:
        paper = SiteFolder(Path(folder) / "site", first, PLAIN_CONFIG)
        paper.build()
        before = stamps(paper.output)
        paper.edit(then | fault)
        with pytest.raises(SitegenError):
            paper.build()
        assert stamps(paper.output) == before
        assert {path.name for path in paper.root.iterdir()} <= {
            "content",
            "themes",
            "output",
            "sitegen.toml",
            ".sitegen",
        }


@FEW
@given(
    POSTS,
    st.lists(SEGMENTS, min_size=2, max_size=2),
    st.sampled_from(["slug", "permalink", "aliases", "tags", "category"]),
)
def test_nothing_is_written_outside_the_output_folder(posts, names, key):
    with tempfile.TemporaryDirectory() as folder:
        up, down = names
        files = posts | {"content/posts/x.md": post("X", **{key: quoted(f"../{up}/../../{down}")})}
        paper = SiteFolder(Path(folder) / "around" / "site", files, PLAIN_CONFIG)
        before = stamps(paper.root / "content")
        try:
            paper.build()
        except SitegenError:
            assert not paper.output.exists()
        assert stamps(paper.root / "content") == before
        assert {path.name for path in paper.root.iterdir()} <= {"content", "output", "sitegen.toml", ".sitegen"}
        assert [path.name for path in Path(folder).rglob("*") if path.parent.name in {"around", Path(folder).name}] == [
            "around",
            "site",
        ]
