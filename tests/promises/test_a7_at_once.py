"""A7: of builds at once each ends well or says that another is at work; what they leave is the site."""

import os
import subprocess
import sys

import pytest
from clean_builds import build_clean, published
from output_folders import names
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.reading import Selection

EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
# Imports first, then all at once: else the start of Python would part them.
BUILD = """
import sys
import sitegen.build, sitegen.rendering.feeds, sitegen.rendering.templates
from sitegen.cli import main
print("ready", flush=True)
sys.stdin.readline()
main()
"""


def start(paper: SiteFolder) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILD, "build", "--site", str(paper.root), "--quiet", "--jobs", "1"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=os.environ | EPOCH)


def check(paper: SiteFolder, rounds: int) -> None:
    for number in range(rounds):
        paper.edit({"content/posts/g.md": post(f"Title {number}", "2026-03-08", slug="japan")})
        builds = [start(paper) for _ in range(3)]
        assert [build.stdout and build.stdout.readline() for build in builds] == ["ready\n"] * 3
        for build in builds:
            assert build.stdin
            build.stdin.write("\n")
            build.stdin.flush()
        for build in builds:
            _, said = build.communicate(timeout=60)
            assert (build.returncode, said) == (0, "") or (build.returncode == 3 and "another build (pid " in said)
        assert 0 in {build.returncode for build in builds}
        assert published(paper.output) == build_clean(paper.root, Selection(now=NOW))
        assert ".output.sitegen" not in names(paper.root)


@pytest.fixture
def paper(tmp_path):
    return SiteFolder(tmp_path / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)


def test_three_at_once(paper):
    check(paper, 2)


@pytest.mark.stress
def test_three_at_once_fifty_times(paper):
    check(paper, 50)
