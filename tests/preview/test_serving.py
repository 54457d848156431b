"""`serve` itself: a real site, in a process of its own or beside a build of it."""

import os
import queue
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import pytest
from previews import SCRIPT, known_by, parse, raw, running
from tiny import NOW, SiteFolder, post

from sitegen.build import Edition, plan_edition
from sitegen.preview import serve
from sitegen.preview.events import Failed, Reloaded
from sitegen.reading import Selection

SERVE = """
import sys
from pathlib import Path
from sitegen.preview import serve
serve(Path(sys.argv[1]), port=0, drafts=sys.argv[2] == "drafts", on_event=lambda event: print(event, flush=True))
"""
SITE = {
    "content/posts/follow-up.md": post("Follow up", "2008-09-27", "Call them."),
    "content/posts/next.md": post("Next", "2008-09-28", "See [it](follow-up.md) and ![a dot](dot.png)."),
    "content/posts/due.md": post("Due later", "2999-01-01"),
    "content/posts/dot.png": b"\x89PNG",
    "content/drafts/plans.md": post("Secret plans", "2020-01-01", "Not yet."),
    "content/pages/about.md": post("About", "2020-01-01", "Us."),
    "content/static/own.html": "<!doctype html><title>own</title>",
}
MakeSite = Callable[..., SiteFolder]


@pytest.fixture
def folder(site: MakeSite) -> SiteFolder:
    return site(SITE)


def plan(folder: SiteFolder) -> Edition:
    return plan_edition(folder.root, Selection(now=NOW, drafts=True, future=True, expired=True))


def status_of(port: int, path: str) -> int:
    return parse(raw(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())).status


@contextmanager
def process(root: Path, drafts: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run `serve` in a process; yields it and the port it tells."""
    command = [sys.executable, "-c", SERVE, str(root), drafts]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            told = re.search(r"Serving\(url='http://127.0.0.1:(\d+)/', lan_url=''\)", child.stdout.readline())
            assert told
            yield child, int(told[1])
        finally:
            child.kill()


@pytest.mark.parametrize(
    ("drafts", "number", "status"), [("drafts", signal.SIGTERM, 200), ("none", signal.SIGINT, 404)]
)
def test_it_serves_until_a_signal_comes(folder: SiteFolder, drafts: str, number: signal.Signals, status: int):
    with process(folder.root, drafts) as (child, port):
        assert status_of(port, "/") == 200
        assert status_of(port, "/2020/01/plans.html") == status
        assert status_of(port, "/2999/01/due.html") == status
        started = perf_counter()
        child.send_signal(number)
        said, complaints = child.communicate(timeout=10)
        assert perf_counter() - started < 2
        assert (child.returncode, said, complaints) == (0, "", "")


def test_the_browser_is_opened_and_signals_are_given_back(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch):
    opened: queue.Queue[str] = queue.Queue()
    monkeypatch.setattr("webbrowser.open", opened.put)
    before = signal.getsignal(signal.SIGTERM)
    serve(folder.root, port=0, on_event=lambda _: os.kill(os.getpid(), signal.SIGTERM), open_browser=True)
    assert opened.get(timeout=5).startswith("http://127.0.0.1:")
    assert signal.getsignal(signal.SIGTERM) is before


def test_it_ends_while_the_site_is_being_read(folder: SiteFolder):
    config = folder.root / "sitegen.toml"
    config.unlink()
    os.mkfifo(config)
    with process(folder.root, "drafts") as (child, _), config.open("w"):  # opens when it is read, and says nothing
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=2)
        assert child.returncode == 0


def test_every_file_is_what_a_build_writes(folder: SiteFolder):
    folder.build(drafts=True, future=True, expired=True)
    assert len(folder.files) > 20
    with running(folder.root, lambda: plan(folder)) as preview:
        for path, data in folder.files.items():
            body = preview.get("/" + quote(path)).body
            assert SCRIPT.sub("", body.decode("utf-8", "replace")) == data.decode("utf-8", "replace"), path
            assert bool(SCRIPT.search(body.decode("utf-8", "replace"))) is path.endswith(".html")


def test_output_is_never_touched(folder: SiteFolder):
    folder.build()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in _files(folder.output)}
    others = set(_files(folder.root))
    with running(folder.root, lambda: plan(folder)) as preview:
        for n in range(20):
            folder.edit({"content/posts/next.md": post("Next", "2008-09-28", f"Save {n}.")})
            preview.get("/")
        while "Save 19" not in preview.get("/2008/09/next.html").text:
            preview.next_event(Reloaded)
        folder.edit({"content/posts/next.md": "no front matter"})
        while not isinstance(preview.events.get(timeout=10), Failed):
            pass
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in _files(folder.output)} == before
    assert set(_files(folder.root)) == others


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("content/posts/next.md", "---\ntitle: Next\ndate: 2008-13-01\n---\n", "content/posts/next.md:3:7"),
        ("sitegen.toml", 'title = "T"\nurl = "https://test.example/"\ntitel = 1\n', "sitegen.toml:3:1"),
        ("themes/newspaper/templates/post.html", "\n{{ page.nothing }}", "themes/newspaper/templates/post.html:2"),
        ("themes/newspaper/templates/post.html", "{% if %}", "themes/newspaper/templates/post.html:1"),
    ],
)
def test_errors_name_their_place_and_are_gone_when_they_are(folder: SiteFolder, path: str, text: str, said: str):
    page = "/2008/09/next.html"
    with running(folder.root, lambda: plan(folder)) as preview:
        assert preview.get(page).status == 200
        before = (folder.root / path).read_text() if (folder.root / path).exists() else None
        folder.edit({path: text})
        while not (findings := known_by(response := preview.get(page))["findings"]):
            preview.events.get(timeout=10)
        assert response.status == 200
        assert findings[0]["place"].startswith(said)
        if before is None:
            folder.remove(path)
        else:
            folder.edit({path: before})
        while known_by(preview.get(page))["findings"]:
            preview.events.get(timeout=10)


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())
