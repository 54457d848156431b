"""A large site that is opened again: what its posts said is known, and nothing that is known can be wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny import NOW, SiteFolder, post

from sitegen import freshness
from sitegen.errors import SitegenError
from sitegen.preview import reopening
from sitegen.preview.following import Follower
from sitegen.preview.snapshot import Snapshot
from sitegen.reading import Selection, walk, written

MakeSite = Callable[..., SiteFolder]
RICH = """---
title: "Of \u201ctwo\u201d 😀 minds"
date: 2026-01-02 10:30 +05:30
updated: 2026-01-03
expires: 2027-01-01
authors: [ann, A Guest]
tags: [b, "C: d"]
category: Advice
summary: A *short* one, with [a link](plain.md).
image: {src: p.png, alt: "", caption: c}
promo: none
series: S
comments: closed
featured: true
lang: de
aliases: [/old/]
extra: {drop_cap: false, deep: [1, true, 2.5, ~, {x: "1"}]}
kicker: free data
---
See [it](plain.md#part), "so".

## A part
"""
INLINE = "content/posts/inline.md"
SITE = {
    "content/posts/rich.md": RICH,
    "content/posts/plain.md": post("Plain", "2026-01-01", "Text.\n\n## Part\n"),
    INLINE: "---\ntitle: Inline\ndate: 2026-01-03\nauthor: {name: Bob, bio: His *life*.}\n---\nText.\n",
    "content/posts/p.png": b"",
    "content/authors/ann.md": "---\nname: Ann\n---\nBio.\n",
}


@pytest.fixture
def folder(site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    monkeypatch.setattr(reopening, "_LARGE", 1)
    monkeypatch.setattr(freshness, "_RACY_NS", 0)
    return site(SITE)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of posts that were read."""
    paths: list[str] = []

    def read_bytes(entry: walk.Entry, *, at_most: int | None = None) -> bytes:
        if "/posts/" in entry.path:
            paths.append(entry.path)
        return walk.read_bytes(entry, at_most=at_most)

    monkeypatch.setattr(written, "read_bytes", read_bytes)
    return paths


def opened(root: Path, follow: Follower | None = None) -> tuple[Follower, dict[str, bytes]]:
    """Return a follower of the site in `root`, and all files that it shows, by path of the site."""
    follow = follow or Follower(root, lambda: Selection(now=NOW))
    snapshot = Snapshot("", follow(()))
    return follow, {url: snapshot.render(route) for url, route in snapshot.routes.items()}


@pytest.mark.parametrize("data", ["[]", "[1]", "[1, 2]", "[1, 2, 3]"])
def test_lists_of_data_are_no_posts(folder: SiteFolder, data: str):
    folder.edit({"content/data/list.json": data})
    opened(folder.root)
    assert b"Plain" in opened(folder.root)[1]["/2026/01/plain.html"]


def test_posts_are_read_once_but_for_those_with_markdown_in_their_front_matter(folder: SiteFolder, read: list[str]):
    first = opened(folder.root)[1]
    assert len(read) == 3
    read.clear()
    assert opened(folder.root)[1] == first
    assert read == [INLINE]


def test_what_was_edited_meanwhile_is_read(folder: SiteFolder, read: list[str]):
    opened(folder.root)
    read.clear()
    folder.edit({"content/posts/plain.md": post("Plainer", "2026-01-01", "New.\n\n## Part\n")})
    shown = opened(folder.root)[1]
    assert sorted(read) == [INLINE, "content/posts/plain.md"]
    assert b"Plainer" in shown["/"]
    assert b"New." in shown["/2026/01/plain.html"]
    read.clear()
    assert opened(folder.root)[1] == shown
    assert read == [INLINE]


def test_what_was_read_while_it_may_have_been_written_is_read_again(
    folder: SiteFolder, read: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(freshness, "_RACY_NS", 10**12)
    opened(folder.root)
    read.clear()
    opened(folder.root)
    assert len(read) == 3
    monkeypatch.setattr(freshness, "_RACY_NS", 0)
    opened(folder.root)
    read.clear()
    opened(folder.root)
    assert read == [INLINE]  # by now they were old enough to be kept


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_what_was_kept_may_be_read_in_advance(folder: SiteFolder, read: list[str], zone: str):
    opened(folder.root)
    follow = Follower(folder.root, lambda: Selection(now=NOW))
    follow.prepare()
    assert follow._preparing
    follow._preparing.join()
    text = (folder.root / "sitegen.toml").read_text()
    folder.edit({"sitegen.toml": f'timezone = "{zone}"\n{text}'})
    read.clear()
    shown = opened(folder.root, follow)[1]
    assert len(read) == (1 if zone == "UTC" else 3)
    assert opened(folder.root)[1] == shown


def test_what_cannot_be_read_in_advance_is_told_when_the_site_is_read(folder: SiteFolder):
    text = (folder.root / "sitegen.toml").read_text()
    folder.edit({"sitegen.toml": "nonsense"})
    follow = Follower(folder.root, lambda: Selection(now=NOW))
    follow.prepare()
    with pytest.raises(SitegenError):
        follow(())
    folder.edit({"sitegen.toml": text})
    assert b"Plain" in opened(folder.root, follow)[1]["/"]


@pytest.mark.parametrize("key", ["[markdown]\n", 'timezone = "Asia/Tokyo"\n'])
def test_what_was_read_in_another_way_is_read_again(folder: SiteFolder, read: list[str], key: str):
    opened(folder.root)
    read.clear()
    text = (folder.root / "sitegen.toml").read_text() + key
    folder.edit({"sitegen.toml": text + ("typography = false\n" if key.startswith("[") else "")})
    opened(folder.root)
    assert len(read) == 3


def test_a_damaged_file_costs_time_alone(folder: SiteFolder, read: list[str]):
    first = opened(folder.root)[1]
    file = folder.root / ".sitegen/posts.json"
    whole = file.read_bytes()
    for damaged in (b"", whole[:-1], whole[:900] + b"?" + whole[901:], b"\xff" + whole):
        file.write_bytes(damaged)
        read.clear()
        assert opened(folder.root)[1] == first
        assert len(read) == 3


def test_texts_are_converted_again_when_the_cache_is_gone(folder: SiteFolder):
    first = opened(folder.root)[1]
    for file in (folder.root / ".sitegen").glob("cache.db*"):
        file.unlink()
    assert opened(folder.root)[1] == first


def test_a_text_that_is_gone_from_the_cache_and_from_its_file_is_read_with_the_next_change(folder: SiteFolder):
    opened(folder.root)
    follow = Follower(folder.root, lambda: Selection(now=NOW))
    follow(())
    for file in (folder.root / ".sitegen").glob("cache.db*"):
        file.unlink()
    path = "content/posts/plain.md"
    folder.edit({path: post("Plain", "2026-01-01", "Other text.\n\n## Part\n")})
    snapshot = Snapshot("", follow({path}))
    assert b"Other text." in snapshot.render(snapshot.routes["/2026/01/plain.html"])
