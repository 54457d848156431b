"""A3: a build that fails, for whatever reason, leaves the output as it was: each byte, each mtime, each name."""

import errno
import os
import signal
import subprocess
import sys
from pkgutil import resolve_name

import pytest
from clean_builds import look
from click.testing import CliRunner
from output_folders import stamps
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import pool
from sitegen.cli import main
from sitegen.reading import limits, walk
from sitegen.writing import OutputFolder
from sitegen.writing.disk import Disk

EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
THEME = "themes/newspaper"
LONG = post("Long", body="x" * (4 << 20))
CONFIG = PLAIN_CONFIG + SMALL_CONFIG

# What somebody wrote: (exit code, what the message says, files)
WRITTEN = {
    "no title": (1, "title", {"content/posts/a.md": "---\ndate: 2026-01-01\n---\n"}),
    "bad date": (1, "2026-02-30", {"content/posts/a.md": post("A", "2026-02-30")}),
    "two posts on one address": (1, "a.md", {"content/posts/x/a.md": post("A", "2026-01-01")}),
    "front matter without an end": (1, "---", {"content/posts/a.md": "---\ntitle: A\n"}),
    "not UTF-8": (1, "UTF-8", {"content/posts/a.md": b"---\ntitle: \xe9\n---\n"}),
    "too long": (1, "4 MiB", {"content/posts/long.md": LONG}),
    "missing picture": (1, "gone.png", {"content/posts/a.md": post("A", body="![x](gone.png)")}),
    "broken link": (1, "gone.md", {"content/posts/a.md": post("A", body="[x](gone.md)")}),
    "link to a draft": (1, "idea.md", {"content/posts/b.md": post("B", body="## Part\n[x](../drafts/idea.md)")}),
    "unknown promo": (1, "gide", {"content/posts/a.md": post("A", promo="gide")}),
    "unknown template": (1, "own.html", {"content/posts/a.md": post("A", template="own.html")}),
    "address outside the site": (1, "..", {"content/posts/a.md": post("A", slug="../../x")}),
    "bad comments": (1, "a.yaml", {"content/comments/a.yaml": "- {id: c}\n"}),
    "bad data": (1, "team.toml", {"content/data/team.toml": "lead =\n"}),
    "tags with one slug": (1, "tags", {"content/posts/new.md": post("New", tags="[c-plus-plus]")}),
    "static file on a page": (1, "index.html", {"content/static/index.html": "mine"}),
    "template that does not parse": (1, "post.html", {f"{THEME}/templates/post.html": "{% if %}\n"}),
    "template that asks for nothing": (1, "titel", {f"{THEME}/templates/post.html": "{{ page.titel }}\n"}),
    "template without an end": (1, "without end", {f"{THEME}/templates/post.html": '{% include "post.html" %}\n'}),
    "template that divides by zero": (1, "zero", {f"{THEME}/templates/partials/footer.html": "{{ 1 // 0 }}\n"}),
    "style of a missing picture": (1, "gone.png", {f"{THEME}/static/theme.css": 'a { background: url("gone.png") }'}),
    "bad words": (1, "en.toml", {f"{THEME}/i18n/en.toml": "about =\n"}),
    "configuration that does not parse": (2, "sitegen.toml", {"sitegen.toml": "title =\n"}),
    "unknown key": (2, "titel", {"sitegen.toml": CONFIG + 'titel = "x"\n'}),
    "unknown theme": (2, "newspapre", {"sitegen.toml": CONFIG + 'theme = "newspapre"\n'}),
    "unknown option": (2, "drop_cap", {"sitegen.toml": CONFIG + "theme_options = { drop_cap = true }\n"}),
    "two configurations": (2, "pyproject.toml", {"pyproject.toml": "[tool.sitegen]\ntitle = 'x'\n"}),
    "output that is content": (2, "content", {"sitegen.toml": CONFIG + 'output = "content"\n'}),
}


@pytest.fixture
def paper(tmp_path):
    """A site that was built, and edited since, so that a build has much to write."""
    made = SiteFolder(tmp_path / "site", SMALL, CONFIG)
    made.build()
    for name, data in {"CNAME": "test.example", ".git/HEAD": "ref"}.items():
        (made.output / name).parent.mkdir(exist_ok=True)
        (made.output / name).write_text(data)
    made.remove("content/posts/i.md")
    return made.edit({
        "content/posts/g.md": post("Another title", "2026-03-08", slug="japan"),
        "content/posts/new.md": post("New", "2026-11-01"),
    })  # fmt: skip


def fails(paper: SiteFolder, exit_code: int, words: str, *options: str) -> None:
    """Build by the command line, in vain; nothing in or beside the output may be another than before."""
    before = stamps(paper.output), look(paper.output)
    done = CliRunner().invoke(main, ["build", "--site", str(paper.root), *options], env=EPOCH)
    assert done.exit_code == exit_code, done.output
    assert words in done.output
    assert "Traceback" not in done.output
    assert (stamps(paper.output), look(paper.output)) == before
    assert not (paper.root / ".output.sitegen").exists()


@pytest.mark.parametrize("name", WRITTEN)
def test_something_that_was_written(paper, name):
    exit_code, words, files = WRITTEN[name]
    fails(paper.edit(files), exit_code, words)


def test_a_warning_that_is_not_allowed(paper):
    fails(paper.edit({"content/posts/a.md": post("A", body='<img src="desk.png">')}), 1, "--strict", "--strict")


@pytest.mark.parametrize(
    ("place", "error", "exit_code", "words"),
    [
        ("sitegen.build.edition.render", KeyboardInterrupt(), 130, "interrupted"),
        ("sitegen.planning.plan_site", KeyboardInterrupt(), 130, "interrupted"),
        ("sitegen.build.edition.render", MemoryError(), 3, "out of memory"),
        ("sitegen.reading.limits.convert", MemoryError(), 3, "out of memory"),
        ("sitegen.build.edition.render", RuntimeError("plugin"), 3, "a bug in sitegen: RuntimeError: plugin"),
        ("sitegen.reading.limits.convert", RuntimeError("plugin"), 3, "a bug in sitegen: RuntimeError: plugin"),
        ("sitegen.build.edition.read_theme", OSError(errno.EIO, "Input/output error"), 3, "Input/output error"),
        ("sitegen.build.edition.render", SystemExit(7), 7, ""),
        ("sitegen.writing.folder.plan_changes", KeyboardInterrupt(), 130, "interrupted"),
    ],
)
def test_something_that_breaks(paper, monkeypatch, place, error, exit_code, words):
    calls = 0

    def breaks(*_args, **_options):
        nonlocal calls
        calls += 1
        raise error

    monkeypatch.setattr(place, breaks)
    fails(paper, exit_code, words, "--no-cache")
    assert calls


def test_a_file_that_may_not_be_read(paper, monkeypatch):
    read = walk._bytes_of

    def refuse(file, at_most):
        if file.endswith("b.md"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
        return read(file, at_most)

    monkeypatch.setattr(walk, "_bytes_of", refuse)
    fails(paper, 1, "content/posts/b.md")


def test_a_picture_that_changes_while_it_is_published(paper, monkeypatch):
    plan = __import__("sitegen.planning", fromlist=["plan_site"]).plan_site
    monkeypatch.setattr(
        "sitegen.planning.plan_site",
        lambda *args: [plan(*args), paper.edit({"content/posts/e/p.png": b"other"})][0],
    )
    fails(paper.edit({"content/posts/e/p.png": b"\x89PNG f"}), 1, "content/posts/e/p.png")


def test_a_text_that_takes_for_ever(paper, monkeypatch):
    monkeypatch.setattr(limits.convert_within, "__defaults__", (0.05,))
    monkeypatch.setattr(limits, "convert", lambda *_: [None for _ in iter(int, 1)])
    fails(paper, 1, "rendering stopped", "--no-cache")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT, errno.EMFILE])
@pytest.mark.parametrize("call", [1, 2, 5, 20, 50])
def test_a_disk_that_refuses(paper, monkeypatch, number, call):
    calls = 0

    def refuse(_, function, /, *args, **options):
        nonlocal calls
        calls += 1
        if calls == call:
            raise OSError(number, os.strerror(number))
        return function(*args, **options)

    monkeypatch.setattr(Disk, "change", refuse)
    # Another process would count for itself, and the call that is refused could be one that clears up.
    fails(paper, 3, os.strerror(number), "--jobs", "1")


def test_a_folder_that_may_not_be_written(paper, monkeypatch):
    monkeypatch.setattr(Disk, "is_writable", lambda _, folder: folder != str(paper.output))
    monkeypatch.setattr("sitegen.build.story.plan_edition", None)  # it is said before anything is read
    fails(paper, 3, "no permission to write into the output folder")


def test_a_folder_in_the_output_that_may_not_be_written(paper, monkeypatch):
    monkeypatch.setattr(Disk, "is_writable", lambda _, folder: not folder.endswith("2026/03"))
    fails(paper, 3, "make the folder writable")


def test_a_foreign_file_in_the_way(paper):
    (paper.output / "2026/11").mkdir(exist_ok=True)
    (paper.output / "2026/11/new.html").write_text("mine")
    fails(paper, 3, "content/posts/new.md")


@pytest.mark.parametrize("data", [b"", b"sitegen-manifest 1 x\n", b"sitegen-manifest 2 x\n"])
def test_a_list_of_our_files_that_is_damaged(paper, data):
    (paper.output / ".sitegen").write_bytes(data)
    fails(paper, 3, "the list of the files that sitegen wrote")


def test_a_list_of_our_files_that_is_lost(paper):
    (paper.output / ".sitegen").unlink()
    fails(paper, 3, "holds files that sitegen did not write")


def test_another_build(paper):
    with OutputFolder.open(paper.output):
        before = look(paper.output)
        done = CliRunner().invoke(main, ["build", "--site", str(paper.root)], env=EPOCH)
    assert (done.exit_code, look(paper.output)) == (3, before)
    assert f"another build (pid {os.getpid()})" in done.output


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_signal(paper, number):
    script = (
        "import os, signal, sys\n"
        "from sitegen.build import edition\n"
        "from sitegen.cli import main\n"
        # What is started in the background of a shell ignores it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        f"edition.render = lambda *_: os.kill(os.getpid(), {number.value})\n"
        f"main(['build', '--site', {str(paper.root)!r}])\n"
    )
    before = stamps(paper.output), look(paper.output)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ | EPOCH)
    assert done.returncode == (130 if number is signal.SIGINT else -number)
    assert "Traceback" not in done.stderr
    assert (stamps(paper.output), look(paper.output)) == before
    paper.build()
    assert not (paper.root / ".output.sitegen").exists()


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere processes are not forked, so that nothing can be planted"
)
@pytest.mark.parametrize(
    ("place", "threshold"), [("reading.limits.convert", "_WORTHWHILE"), ("rendering.render", "_ALONE")]
)
def test_a_process_of_the_pool_that_is_killed(paper, monkeypatch, place, threshold):
    """As the kernel does when memory runs out."""
    own = os.getpid()
    monkeypatch.setattr(pool, threshold, 0)
    planted = "sitegen.build.edition.render" if place == "rendering.render" else "sitegen.reading.limits.convert"
    real = resolve_name(planted)
    monkeypatch.setattr(
        planted, lambda *given: os.kill(os.getpid(), signal.SIGKILL) if os.getpid() != own else real(*given)
    )
    fails(paper, 3, "memory", "--no-cache", "--jobs", "2")
