"""A6: where nothing may be written a build says so before it renders; where only sources may not be, it builds."""

import os
import subprocess
import sys

import pytest
from clean_builds import build_clean, look, published
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder

from sitegen.reading import Selection

SELECTION = Selection(now=NOW)
EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}


@pytest.fixture
def paper(tmp_path):
    made = SiteFolder(tmp_path / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    made.build()
    return made.remove("content/posts/i.md")


def build_with_read_only(paper, folder, *options):
    """Build in a process that sees `folder` on a file system that is mounted to be read only."""
    build = f"{sys.executable} -m sitegen build --quiet --site {paper.root} {' '.join(map(str, options))}"
    script = f"mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} || exit 99; {build}"
    command = ["unshare", "--mount", "sh", "-c", script]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | EPOCH)
    except FileNotFoundError:
        pytest.skip("there is no unshare")
    if "unshare:" in done.stderr or done.returncode == 99:
        pytest.skip("nothing may be mounted here")
    return done.returncode, done.stderr


def test_read_only_content_and_cache(paper):
    output = paper.root.parent / "public"
    code, said = build_with_read_only(paper, paper.root, "--output", output)
    assert (code, said) == (0, "")
    assert published(output) == build_clean(paper.root, SELECTION)


def test_read_only_output(paper):
    before = look(paper.root)
    code, said = build_with_read_only(paper, paper.output)
    assert code == 3
    assert f"{paper.output}: error: no permission to write into the output folder" in said
    assert look(paper.output) == {
        path.removeprefix("output/"): seen for path, seen in before.items() if path.startswith("output/")
    }


def test_read_only_all(paper):
    before = look(paper.root)
    code, said = build_with_read_only(paper, paper.root)
    assert code == 3
    assert "Read-only file system" in said
    assert look(paper.root) == before


@pytest.mark.parametrize("blocked", ["file", "link to nothing", "folders for files"])
def test_a_cache_that_cannot_be(paper, blocked):
    cache = paper.root / ".sitegen"
    names = [path.name for path in cache.iterdir()]
    for path in cache.iterdir():
        path.unlink()
    if blocked == "folders for files":
        for name in names:
            (cache / name / "full").mkdir(parents=True)
    else:
        cache.rmdir()
        cache.write_text("mine") if blocked == "file" else cache.symlink_to("nowhere")
    for _ in range(2):
        report = paper.build()
        assert report.findings == paper.build(cache=False).findings
        assert published(paper.output) == build_clean(paper.root, SELECTION)


def test_it_is_said_before_anything_is_read(paper, monkeypatch):
    monkeypatch.setattr("sitegen.writing.disk.Disk.is_writable", lambda *_: False)
    monkeypatch.setattr("sitegen.build.story.plan_edition", None)
    assert "no permission to write into the output folder" in paper.fails()
