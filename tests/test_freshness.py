"""A build with nothing to do stats its files and stops, and nothing that it could have noticed slips by."""

import os
import subprocess
import sys
from datetime import timedelta
from importlib import metadata

import pytest
from tiny import NOW, PLAIN_CONFIG, post

from sitegen.freshness import (
    Ledger,
    find_unchanged,
    library_versions,
    read_ledger,
    settled,
    stamp_of,
    stamps_of_inputs,
    write_ledger,
)

COMMENT = "- {id: c, author: Reader, date: 2026-02-01, body: Yes}\n"
HEAVY = {"markdown", "pygments", "feedgen", "lxml", "jinja2", "rich", "tornado", "yaml"}


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
    stamps = {"a": stamp_of(file), "gone": stamp_of(tmp_path / "gone"), "python": "3:11:7:0 (main)"}
    assert settled(stamps, tmp_path / ".sitegen") == stamps | {"a": "?"}


@pytest.mark.parametrize("days", [-20_000, -1, 1, 20_000])
def test_mtimes_of_other_days_are_trusted_and_those_of_this_moment_are_not(tmp_path, days):
    file = tmp_path / "a"
    file.write_text("a")
    size, mtime, ctime, inode = map(int, stamp_of(file).split(":"))
    other = days * 86_400 * 10**9
    stamps = {"a": f"{size}:{mtime + other}:{ctime + other}:{inode}"}
    assert settled(stamps, tmp_path) == stamps
    young = {"a": f"{size}:{mtime + other}:{ctime}:{inode}", "b": f"{size}:{mtime}:{ctime + other}:{inode}"}
    assert settled(young, tmp_path) == {"a": "?", "b": "?"}


def test_nothing_is_trusted_where_no_time_can_be_had(tmp_path):
    (tmp_path / "file").write_text("a")
    assert settled({"a": "1:2:3:4", "gone": ""}, tmp_path / "file") == {"a": "?", "gone": ""}


@pytest.mark.parametrize("path", ["sitegen.toml", "content/posts/a.md"])
def test_what_is_gone_is_missed_however_young_it_was(site, path):
    paper = site({"content/posts/a.md": post("A"), "content/posts/b.md": post("B")})
    paper.build()
    paper.remove(path)
    assert not unchanged(paper)


def test_a_link_to_a_file_that_is_gone_is_missed_however_young_it_was(site):
    paper = site({"content/static/b.txt": "b", "elsewhere/a.txt": "a"})
    (paper.root / "content/static/a.txt").symlink_to(paper.root / "elsewhere/a.txt")
    paper.build()
    paper.remove("elsewhere/a.txt")
    assert not unchanged(paper)


def test_a_theme_behind_a_link_is_looked_into(site, monkeypatch):
    monkeypatch.setattr("sitegen.freshness._RACY_NS", -1)
    paper = site({"content/posts/a.md": post("A"), "shared/templates/partials/footer.html": "one\n"})
    (paper.root / "themes").mkdir()
    (paper.root / "themes/newspaper").symlink_to(paper.root / "shared")
    paper.build()
    assert unchanged(paper)
    paper.edit({"shared/templates/partials/footer.html": "two\n"})
    assert not unchanged(paper)


def test_a_commit_that_waits_behind_a_link_is_seen(site, monkeypatch):
    monkeypatch.setattr("sitegen.freshness._RACY_NS", -1)
    paper = site({"content/posts/a.md": post("A"), "elsewhere/public/CNAME": "test.example"})
    paper.output.symlink_to(paper.root / "elsewhere/public")
    paper.build()
    assert unchanged(paper)
    (paper.root / "elsewhere/.public.sitegen").mkdir()
    assert not unchanged(paper)


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
    assert stamps.keys() >= {f"sitegen:/themes/newspaper/{path}" for path in ("theme.toml", "static/icon.svg")}


def test_versions_are_those_that_the_installers_wrote_down():
    assert {"jinja2", "markdown", "pymdown-extensions", "python-dateutil", "pyyaml"} <= library_versions().keys()
    assert library_versions() == {library: metadata.version(library) for library in library_versions()}


def test_every_library_that_a_build_imports_is_part_of_it(paper):
    """But those that only check types, and what comes with Python's installer or a test runner."""
    script = (
        "import sys\n"
        "from importlib import metadata\n"
        "from pathlib import Path\n"
        "from sitegen.build import build_site, read_clock\n"
        "from sitegen.reading import Selection\n"
        f"build_site(Path({str(paper.root)!r}), Selection(now=read_clock({{}})))\n"
        "found = metadata.packages_distributions()\n"
        "print(*{name for module in sys.modules for name in found.get(module, ())})\n"
    )
    new = {"content/comments/a.yaml": COMMENT, "content/posts/new.md": post("New", "2026-01-02", "A new text.")}
    paper.edit({"sitegen.toml": PLAIN_CONFIG + 'language = "de"\n', **new})
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    imported = {name.lower().replace("_", "-") for name in done.stdout.split()}
    others = {"coverage", "setuptools", "sitegen", "pluggy", "pytest", "pytest-cov", "iniconfig", "hypothesis"}
    stamps = {path.removesuffix(":") for path in stamps_of_inputs(paper.root)}
    assert {"babel", "lxml", "markdown", "nh3", "pyyaml"} <= imported
    assert imported - others <= stamps


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
