"""Where the time of a build went, and nothing counted twice."""

import pytest
from tiny import post

from sitegen.build import build_site, stopwatch
from sitegen.build.stopwatch import Stopwatch
from sitegen.reading import Selection


@pytest.fixture
def clock(monkeypatch):
    """A clock that each reading moves on by a second."""
    readings = iter(range(1000))
    monkeypatch.setattr(stopwatch, "perf_counter", lambda: float(next(readings)))


def test_work_within_work_counts_once(clock):
    watch = Stopwatch()
    with watch.phase("reading"):
        with watch.phase("converting"):
            pass
        with watch.phase("converting"):
            pass
    with watch.phase("planning"):
        pass
    assert watch.profile({}).phases == (("reading", 3.0), ("converting", 2.0), ("planning", 1.0))


def test_the_longest_come_first():
    watch = Stopwatch()
    watch.converted("digest of a", 1.0)
    watch.converted("digest of b", 2.0)
    for output, template, seconds in (("a", "post.html", 2.0), ("b", "post.html", 3.0), ("c", "rss", 4.0)):
        watch.rendered(output, template, seconds)
    profile = watch.profile({"a.md": ("", "digest of a"), "b.md": ("", "digest of b"), "c.md": ("", "from the cache")})
    assert profile.texts == (("b.md", 2.0), ("a.md", 1.0))
    assert profile.templates == (("post.html", 2, 5.0), ("rss", 1, 4.0))
    assert [name for name, _ in profile.files] == ["c", "b", "a"]


def test_a_build_names_what_it_did(site):
    paper = site({f"content/posts/{name}.md": post(name, body=f"Text {name}.") for name in "ab"})
    selection = Selection(now=paper.now)
    first = build_site(paper.root, selection, profile=True).profile
    assert first is not None
    assert [name for name, _ in first.phases] == [
        "reading", "converting", "planning", "rendering", "publishing", "remembering",
    ]  # fmt: skip
    assert {path for path, _ in first.texts} == {"content/posts/a.md", "content/posts/b.md"}
    assert {output for output, _ in first.files} == paper.files.keys()
    again = build_site(paper.root, selection, profile=True).profile
    assert again is not None
    assert (again.texts, again.files) == ((), ())
    assert build_site(paper.root, selection).profile is None
