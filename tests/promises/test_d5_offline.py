"""D5: a build talks to nobody and starts nothing but processes of its own."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW

BUILD = (sys.executable, "-m", "sitegen", "build", "--quiet")
EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}


@pytest.fixture
def paper(site):
    """The small site with all that could make a build go out: addresses of pictures, links, frames and data elsewhere."""
    body = (
        "![x](https://pictures.example/x.png) <https://link.example/> [[x]]: http://127.0.0.1:9/\n\n"
        '<iframe src="https://frame.example/"></iframe> <video src="//video.example/x.mp4"></video>\n\n'
        '```{.sh exec=1}\ncurl https://shell.example/\n```\n\n--8<-- "https://snippet.example/x"\n'
    )
    text = f"---\ntitle: Out\ndate: 2026-02-03\nimage: {{src: 'https://lead.example/x.png', alt: x}}\n---\n{body}"
    return site({**SMALL, "content/posts/out.md": text}, config=SMALL_CONFIG)


def run(command, paper):
    return subprocess.run(
        [*command, *BUILD, "--site", paper.root], capture_output=True, text=True, timeout=120, env=os.environ | EPOCH
    )


def may(*command):
    """Whether this machine lets us run a program."""
    try:
        return subprocess.run(command, capture_output=True, timeout=30).returncode == 0
    except OSError:
        return False


def test_a_build_needs_no_network(paper):
    if not may("unshare", "-n", "true"):
        pytest.skip("unshare -n is not permitted here")
    paper.build()
    built = paper.files
    shutil.rmtree(paper.output)
    done = run(["unshare", "-n"], paper)
    assert (done.returncode, done.stderr) == (0, "")
    assert paper.files == built


def test_a_build_asks_for_no_connection_and_starts_no_program(paper, tmp_path):
    if not may("strace", "-f", "-e", "trace=network", "-o", tmp_path / "probe", "true"):
        pytest.skip("strace is missing, or may not trace here")
    log = tmp_path / "log"
    done = run(["strace", "-f", "-e", "trace=network,execve,execveat", "-o", log], paper)
    assert (done.returncode, done.stderr) == (0, "")
    calls = re.findall(r"^\d+ +(\w+)\((.*)$", log.read_text(), re.MULTILINE)
    assert [name for name, _ in calls[:1]] == ["execve"]  # Python itself
    # Processes of a pool may have a pair of sockets between them; those lead nowhere else.
    assert [(name, rest) for name, rest in calls[1:] if name != "socketpair" and "AF_UNIX" not in rest] == []
