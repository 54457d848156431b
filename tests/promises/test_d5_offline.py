"""D5: a build connects to nothing and runs nothing."""

import re
import shutil
import subprocess
import sys

import pytest
from tiny import post

SITE = {
    "content/posts/a.md": post(
        "A", body="See https://example.org/ and ![x](https://example.org/x.png).\n\n```python\n1\n```"
    ),
    "content/comments/a.yaml": "- {id: '1', author: R, date: 2026-01-02, body: <p>Yes.</p>}\n",
}
BUILD = [sys.executable, "-m", "sitegen", "build", "--jobs", "1"]


def allowed(*command):
    """Whether this machine lets a test run `command`."""
    return shutil.which(command[0]) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not allowed("unshare", "-r", "-n", "true"), reason="no network namespace can be made here")
def test_a_build_needs_no_network(site):
    paper = site(SITE)
    done = subprocess.run(["unshare", "-r", "-n", *BUILD], cwd=paper.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2026/01/a.html" in paper.files


@pytest.mark.skipif(not allowed("strace", "-V"), reason="strace is not installed")
def test_a_build_connects_to_nothing_and_runs_nothing(site, tmp_path):
    paper, log = site(SITE), tmp_path / "calls"
    trace = ["strace", "-f", "-qq", "-e", "trace=connect,execve,sendto", "-o", str(log)]
    done = subprocess.run([*trace, *BUILD], cwd=paper.root, capture_output=True, text=True, check=False)
    if "ptrace" in done.stderr:
        pytest.skip("this machine does not let strace watch a process")
    assert done.returncode == 0, done.stderr
    calls = re.findall(r"^\d+ +(connect|execve|sendto)\(.*$", log.read_text(), re.MULTILINE)
    assert calls == ["execve"]  # Python itself
