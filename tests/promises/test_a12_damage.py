"""A12, A13: whatever becomes of the cache, a build is right; what became of the output, `--verify` finds and mends."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from clean_builds import build_clean, build_lawfully, published, quick
from click.testing import CliRunner
from edits import write
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.cli import main
from sitegen.freshness import read_ledger, stamp_of, write_ledger
from sitegen.reading import Selection

SELECTION = Selection(now=NOW)
EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
NUMBERS = st.integers(0, 1 << 20)
WAYS = st.sampled_from(["flip", "flip", "cut", "zeros", "insert", "drop", "delete", "empty", "other"])


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    """A small site with two ledgers and a cache; one text has changed since the builds."""
    made = SiteFolder(tmp_path_factory.mktemp("paper") / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    made.build()
    made.edit({"content/posts/g.md": post("Another title", "2026-03-08", slug="japan")})
    shutil.copytree(made.root, made.root.parent / "kept", symlinks=True)
    return made


def restore(paper: SiteFolder) -> None:
    """Bring the cache and the output back to what they were; the cache's stamps are others, its bytes are not."""
    for name in (".sitegen", "output"):
        shutil.rmtree(paper.root / name)
        shutil.copytree(paper.root.parent / "kept" / name, paper.root / name)


def damaged(data: bytes, way: str, at: int, length: int, other: bytes) -> bytes:
    """Return `data` with a flipped bit, without a tail, without or with more bytes in it, or another file's bytes."""
    at %= len(data) + 1
    end = at + length % 5000 + 1
    flipped = data[:at] + bytes([byte ^ 1 << length % 8 for byte in data[at : at + 1]]) + data[at + 1 :]
    return {
        "flip": flipped,
        "cut": data[:at],
        "zeros": data[:at] + bytes(len(data[at:end])) + data[end:],
        "insert": data[:at] + data[: end - at] + data[at:],
        "drop": data[:at] + data[end:],
        "empty": b"",
        "other": other,
    }[way]


def check_cache(paper: SiteFolder, hits: list[tuple[int, str, int, int]]) -> None:
    restore(paper)
    for pick, way, at, length in hits:
        files = sorted(path for path in (paper.root / ".sitegen").rglob("*") if path.is_file())
        if not files:
            break
        file, other = files[pick % len(files)], files[(pick + 1) % len(files)]
        if way == "delete":
            file.unlink()
        else:
            write(file, damaged(file.read_bytes(), way, at, length, other.read_bytes()))
    report = build_lawfully(paper.root, SELECTION)
    assert report is not None
    known = {finding.what for finding in paper.build(cache=False).findings}
    assert {finding.what for finding in report.findings} - known <= {"the cache was damaged and is made anew"}


HITS = st.lists(st.tuples(NUMBERS, WAYS, NUMBERS, NUMBERS), min_size=1, max_size=2)


@settings(max_examples=60)
@given(HITS)
def test_damaged_cache(paper, hits):
    check_cache(paper, hits)


@pytest.mark.stress
@settings(max_examples=500)
@given(HITS)
def test_cache_damaged_five_hundred_times(paper, hits):
    check_cache(paper, hits)


@pytest.mark.parametrize("name", ["cache.db", "ledger-configured.json"])
@pytest.mark.parametrize("put", [Path.mkdir, lambda file: file.symlink_to("nowhere")])
def test_something_else_in_place_of_a_file(paper, name, put):
    restore(paper)
    (paper.root / ".sitegen" / name).unlink()
    put(paper.root / ".sitegen" / name)
    paper.build()
    assert published(paper.output) == build_clean(paper.root, SELECTION)


# ---- Output ---------------------------------------------------------------------------------------


def disguise(file: Path, data: bytes) -> None:
    """Write a file and give it the mtime that it had."""
    status = file.stat()
    write(file, data)
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


TAMPERED = st.lists(
    st.tuples(NUMBERS, st.sampled_from(["delete", "flip", "cut", "insert", "empty"]), NUMBERS), max_size=50
)


def tamper(paper: SiteFolder, hits: list[tuple[int, str, int]]) -> tuple[str, ...]:
    """Tamper with files of the output; return those that differ from what was there."""
    before = published(paper.output)
    for pick, way, at in hits:
        file = paper.output / sorted(before)[pick % len(before)]
        if way == "delete":
            file.unlink(missing_ok=True)
        elif file.exists():
            disguise(file, damaged(file.read_bytes(), way, at, at, b""))
    after = published(paper.output)
    return tuple(sorted(path for path, data in before.items() if after.get(path) != data))


@settings(max_examples=15)
@given(hits=TAMPERED, how=st.sampled_from([{"verify": True}, {"verify": True, "jobs": 2}, {"clean": True}, {}]))
def test_tampered_output_is_mended_and_told(paper, hits, how):
    good = build_clean(paper.root, SELECTION)
    paper.build()
    touched = tamper(paper, hits)
    report = build_lawfully(paper.root, SELECTION, **how)
    assert report is not None
    assert report.written == (tuple(sorted(good)) if how.get("clean") else touched)
    assert published(paper.output) == good


def test_verify_trusts_no_stamp(paper):
    """As when a disk has lost bytes without a word."""
    paper.build()
    good = published(paper.output)
    (paper.output / "about.html").write_bytes(b"lost")
    (paper.output / "feed.xml").write_bytes(b"lost")
    (file,) = (paper.root / ".sitegen").glob("ledger-*")
    ledger = read_ledger(file)
    assert ledger is not None
    stamps = {path: (stamp_of(paper.output / path), mark) for path, (_, mark) in ledger.outputs.items()}
    write_ledger(file, replace(ledger, outputs=stamps))
    assert paper.build().written == ()
    report = paper.build(verify=True)
    assert report.written == ("about.html", "feed.xml")
    assert {report.reasons[path] for path in report.written} == {"it is not as the last build left it"}
    assert published(paper.output) == good


def test_the_command_line_lists_what_was_mended(paper):
    paper.build()
    (paper.output / "about.html").write_bytes(b"x")
    (paper.output / "feed.xml").unlink()
    arguments = ["build", "--site", str(paper.root), "--verify"]
    done = CliRunner().invoke(main, arguments, env=EPOCH)
    assert done.exit_code == 0
    assert "about.html: it is not as the last build left it\nfeed.xml: it is not" in done.output
    assert "2 written" in done.output
    again = CliRunner().invoke(main, arguments, env=EPOCH)
    assert "nothing changed" in again.output
    assert quick(paper.root, SELECTION) is None or published(paper.output) == build_clean(paper.root, SELECTION)
