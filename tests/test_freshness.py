"""A build with nothing to do stats its files and stops, and nothing that it could have noticed slips by."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from tiny import NOW, post

from sitegen.freshness import Ledger, find_unchanged, read_ledger, settled, stamp_of, stamps_of_inputs, write_ledger

HEAVY = {"markdown", "pygments", "feedgen", "lxml", "jinja2", "pydantic", "rich", "tornado", "yaml"}


def age(paper, seconds=60):
    """Let all times of a site's files lie in the past, so that no stamp is too young to be trusted."""
    for path in [*paper.root.rglob("*")]:
        if path.is_file():
            os.utime(path, (NOW.timestamp() - seconds,) * 2)


@pytest.fixture
def paper(site, monkeypatch):
    monkeypatch.setattr("sitegen.freshness._RACY_NS", -1)  # else a test would have to wait for the clock
    made = site({"content/posts/a.md": post("A"), "content/posts/later.md": post("Later", "2026-12-01")})
    made.build()
    return made


def unchanged(paper, now=NOW, request=""):
    return find_unchanged(paper.root, None, request, now) is not None


def test_nothing_changed_is_found_out(paper):
    assert unchanged(paper)


@pytest.mark.parametrize(
    "change",
    [
        lambda paper: paper.edit({"content/posts/a.md": post("B")}),
        lambda paper: paper.edit({"content/posts/new.md": post("New")}),
        lambda paper: paper.remove("content/posts/later.md"),
        lambda paper: paper.edit({"content/static/x.txt": "x"}),
        lambda paper: paper.edit({"themes/newspaper/templates/partials/bio.html": "x"}),
        lambda paper: paper.edit({"pyproject.toml": "[project]\nname = 'x'\n"}),
        lambda paper: (paper.output / "index.html").write_text("x"),
        lambda paper: (paper.output / "index.html").unlink(),
        lambda paper: (paper.output / ".sitegen").write_text("x"),
        lambda paper: (paper.root / ".output.sitegen").mkdir(),
        lambda paper: os.rename(paper.root / "content/posts/a.md", paper.root / "content/posts/z.md"),  # noqa: PTH104
    ],
)  # fmt: skip
def test_every_change_is_noticed(paper, change):
    change(paper)
    assert not unchanged(paper)


def test_a_change_that_keeps_size_and_mtime_is_noticed(paper):
    file = paper.root / "content/posts/a.md"
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Text", b"Test"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert not unchanged(paper)


def test_time_alone_can_make_another_site(paper):
    assert unchanged(paper, NOW + timedelta(days=8))
    assert not unchanged(paper, NOW + timedelta(days=9))  # the later post is due
    assert not unchanged(paper, NOW - timedelta(seconds=1))  # the clock went back


def test_another_request_is_another_site(paper):
    assert not unchanged(paper, request="drafts")


def test_a_stamp_of_this_very_moment_is_not_trusted(tmp_path):
    file = tmp_path / "a"
    file.write_text("a")
    assert settled({"a": stamp_of(file)}, tmp_path / ".sitegen") == {"a": ""}


def test_a_damaged_ledger_is_none(paper, tmp_path):
    (file,) = (paper.root / ".sitegen").glob("ledger-*")
    good = file.read_bytes()
    for place in range(0, len(good), max(len(good) // 300, 1)):
        flipped = bytearray(good)
        flipped[place] ^= 1
        file.write_bytes(bytes(flipped))
        assert read_ledger(file) is None
    file.write_bytes(good)
    assert isinstance(read_ledger(file), Ledger)


def test_a_folder_that_cannot_be_written_costs_nothing(paper, tmp_path):
    (file,) = (paper.root / ".sitegen").glob("ledger-*")
    ledger = read_ledger(file)
    assert ledger is not None
    (tmp_path / "occupied").write_text("")
    write_ledger(tmp_path / "occupied" / "ledger.json", ledger)
    assert read_ledger(tmp_path / "occupied" / "ledger.json") is None


def test_what_stands_for_sitegen_is_part_of_it(paper):
    stamps = stamps_of_inputs(paper.root)
    assert any(path.startswith("sitegen:/planning/") for path in stamps)
    assert any(path.endswith("newspaper/templates/post.html") for path in stamps)
    assert "markdown:" in stamps


def test_a_build_with_nothing_to_do_imports_nothing_that_could_do_it(paper):
    script = (
        "import sys\n"
        "import sitegen.freshness\n"
        "sitegen.freshness._RACY_NS = -1\n"
        "from sitegen.cli import main\n"
        f"main(['build', '--site', {str(paper.root)!r}], standalone_mode=False)\n"
        "print(*sys.modules)\n"
    )
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    *said, modules = done.stdout.splitlines()
    assert "nothing changed" in "\n".join(said)
    assert not HEAVY & set(modules.split())
