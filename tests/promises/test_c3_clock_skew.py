"""C3: what time files say they are from, and what time it is, decide nothing: content does."""

import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clean_builds import build_lawfully, quick
from edits import EDITS, Newsroom, write
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import NOW, post

from sitegen.reading import Selection

SELECTION = Selection(now=NOW)
SECOND = 10**9
TODAY = int(NOW.timestamp()) * SECOND
YEAR = 365 * 86_400 * SECOND
SKEWS = {
    "1970": lambda number, _: number * SECOND,
    "all at once": lambda *_: TODAY,
    "the future": lambda *_: TODAY + 100 * YEAR,
    "backwards": lambda number, turn: TODAY - turn * YEAR - number,
    "within a second": lambda number, turn: TODAY + turn,
    "as before": lambda *_: 0,
}
"""mtime (nanoseconds since 1970) by the number of a file and the turn of saving it."""


def skew(room: Newsroom, mtime, turn: int) -> None:
    for number, path in enumerate(sorted(room.desk.files())):
        os.utime(room.root / path, ns=(0, mtime(number, turn)))


@pytest.mark.parametrize("mtime", SKEWS.values(), ids=SKEWS)
@settings(max_examples=6)
@given(history=st.lists(st.lists(EDITS, min_size=1, max_size=2), min_size=4, max_size=4))
def test_files_may_say_any_time(mtime, history):
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.freshness._RACY_NS", -1)
        room = Newsroom(Path(place, "site"))
        for turn, edits in enumerate([[], *history]):
            for edit in edits:
                room.desk.apply(edit)
            room.save()
            skew(room, mtime, turn)
            build_lawfully(room.root, SELECTION)


@pytest.mark.parametrize("path", ["content/posts/one.md", "content/data/links.toml", "content/static/robots.txt"])
@pytest.mark.parametrize("racy", [-1, 2_500_000_000])
def test_a_file_with_the_size_and_mtime_of_the_one_before(tmp_path, monkeypatch, path, racy):
    """As `rsync --times`, unpacked archives and some editors leave them."""
    monkeypatch.setattr("sitegen.freshness._RACY_NS", racy)
    room = Newsroom(tmp_path / "site")
    write(room.root / "content/static/robots.txt", b"User-agent: a\n")
    os.utime(room.root / path, ns=(0, TODAY))
    before = build_lawfully(room.root, SELECTION)
    data = (room.root / path).read_bytes()
    write(room.root / path, data[:-2] + b"?\n")
    os.utime(room.root / path, ns=(0, TODAY))
    after = build_lawfully(room.root, SELECTION)
    if path != "content/data/links.toml":  # there it is a mistake
        assert before is not None
        assert after is not None
        assert after.written


def test_an_output_file_with_the_size_and_mtime_of_the_right_one(tmp_path, monkeypatch):
    monkeypatch.setattr("sitegen.freshness._RACY_NS", -1)
    room = Newsroom(tmp_path / "site")
    build_lawfully(room.root, SELECTION)
    file = room.root / "output/index.html"
    status, data = file.stat(), file.read_bytes()
    write(file, data.swapcase())
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert quick(room.root, SELECTION) is None
    report = build_lawfully(room.root, SELECTION)
    assert report is not None
    assert report.written == ("index.html",)


@pytest.mark.parametrize("years", [10, -10, 1000, -1000])
def test_a_clock_that_jumps_and_comes_back(tmp_path, years):
    room = Newsroom(tmp_path / "site")
    for now in (NOW, NOW + timedelta(days=365 * years), NOW, NOW - timedelta(microseconds=1)):
        assert build_lawfully(room.root, Selection(now=now)) is not None


def test_a_clock_that_stands_still_over_edits(site, monkeypatch):
    """Even when all files have one time, and that is the time of the build."""
    paper = site({"content/posts/a.md": post("A")})
    for title in "BCD":
        paper.edit({"content/posts/a.md": post(title)})
        for path in paper.root.rglob("*"):
            os.utime(path, ns=(TODAY, TODAY))
        assert build_lawfully(paper.root, SELECTION) is not None
        assert f"<title>{title}" in paper.text("/2026/01/a.html")
