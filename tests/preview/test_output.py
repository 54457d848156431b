"""E2 and E6: a preview never touches output/, and nothing of it gets there: no script, no address, no draft."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from output_folders import stamps
from previews import PATIENCE_S, parse, raw
from tiny import PLAIN_CONFIG, SiteFolder, post

from sitegen.errors import SitegenError

pytestmark = pytest.mark.untraced

HELD_BACK = {
    "content/drafts/plans.md": post("Zqx the plans", "2020-01-01", "Zqx not yet.", tags="[zqx]"),
    "content/posts/marked.md": post("Zqx marked", "2020-01-02", "Zqx not yet.", draft="true"),
    "content/posts/due.md": post("Zqx due later", "2999-01-01", "Zqx not yet."),
    "content/posts/gone.md": post("Zqx expired", "2020-01-03", "Zqx no more.", expires="2020-02-01"),
}
SITE = {
    "content/posts/follow-up.md": post("Follow up", "2008-09-27", "Call them.", tags="[pay]"),
    "content/posts/next.md": post("Next", "2008-09-28", "See [it](follow-up.md) and ![a dot](dot.png)."),
    "content/posts/dot.png": b"\x89PNG",
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/static/own.css": "a{}",
    **HELD_BACK,
}
TRACES = (
    b"livereload",
    b"localhost",
    b"127.0.0.1",
    b"[::1]",
    b"sitegen-",
    b"data-sitegen",
    b"ws://",
    b"ribbon",
    b"zqx",
    b"Zqx",
)
"""What only a preview says; the address of the program is no trace of it."""
SERVE = """
import sys
from pathlib import Path
from sitegen.preview import serve
serve(Path(sys.argv[1]), port=0, on_event=lambda event: print(event, flush=True))
"""


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site(SITE)


@contextmanager
def previewing(root: Path) -> Iterator[Callable[[str], str]]:
    """Run a preview of everything in a process; yields a function that returns the text of a page."""
    command = [sys.executable, "-c", SERVE, str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout
            found = re.search(r":(\d+)/", child.stdout.readline())
            assert found
            port = int(found[1])
            head = "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            yield lambda path: parse(raw(port, head.format(path).encode())).body.decode("utf-8", "replace")
            assert child.poll() is None
        finally:
            child.terminate()
            child.communicate(timeout=PATIENCE_S)


def wait_for(page: Callable[[str], str], path: str, text: str) -> None:
    while text not in page(path):
        pass


def test_two_hundred_saves_leave_the_output_as_it_was(folder: SiteFolder):
    folder.build()
    before = stamps(folder.output)
    saves: list[Callable[[int], object]] = [
        lambda n: folder.edit({"content/posts/next.md": post("Next", "2008-09-28", f"Save {n}.")}),
        lambda n: folder.edit({"content/posts/next.md": post(f"Title {n}", "2008-09-28", "Text.", tags=f"[t{n}]")}),
        lambda n: folder.edit({"sitegen.toml": f'title = "Paper {n}"\nurl = "https://test.example/"\n'}),
        lambda n: folder.edit({"content/static/own.css": f"a{{order:{n}}}"}),
        lambda n: folder.edit({f"content/posts/{n}.md": post(f"New {n}", "2008-10-01")}),
        lambda n: folder.edit({"content/posts/next.md": "no front matter"}),
        lambda n: folder.edit({"themes/newspaper/templates/page.html": f"{{{{ {n} }}}}"}),
        lambda n: folder.remove("themes/newspaper/templates/page.html"),
        lambda n: folder.edit({"content/posts/dot.png": bytes([n])}),
        lambda n: folder.remove(f"content/posts/{n - 5}.md"),
    ]
    with previewing(folder.root) as page:
        for n in range(200):
            saves[n % len(saves)](n)
            page("/" if n % 3 else "/2008/09/next.html")
        folder.edit({"content/posts/next.md": post("The last", "2008-09-28"), "sitegen.toml": PLAIN_CONFIG})
        wait_for(page, "/", "The last")
    assert stamps(folder.output) == before


def test_before_there_is_an_output_none_is_made(folder: SiteFolder):
    with previewing(folder.root) as page:
        wait_for(page, "/", "Follow up")
        folder.edit({"content/posts/next.md": post("Seen", "2008-09-28")})
        wait_for(page, "/", "Seen")
    assert [path.name for path in folder.root.iterdir() if "output" in path.name] == []


def crawled(page: Callable[[str], str]) -> str:
    """Ask for every page that a page leads to; returns all their text."""
    texts, open_ = {}, ["/"]
    while open_:
        url = open_.pop()
        if url not in texts:
            texts[url] = page(url)
            open_ += re.findall(r'href="(/[^"#]*)', texts[url])
    return "".join(texts.values())


def test_a_build_beside_a_preview_publishes_nothing_of_it(folder: SiteFolder, site: Callable[..., SiteFolder]):
    alone = site({path: data for path, data in SITE.items() if path not in HELD_BACK})
    alone.build()
    with previewing(folder.root) as page, ThreadPoolExecutor(1) as reader:
        shown = crawled(page)
        assert all(title in shown for title in ("Zqx the plans", "Zqx marked", "Zqx due later", "Zqx expired"))
        assert "/livereload.js" in shown
        reading = reader.submit(crawled, page)
        folder.build()
        assert folder.files == alone.files
        folder.build(clean=True)
        assert folder.files == alone.files
        reading.result(PATIENCE_S)
    # What the preview has left in the cache is no draft that comes out later.
    folder.edit({"content/posts/next.md": post("Next", "2008-09-28", "Edited.")})
    alone.edit({"content/posts/next.md": post("Next", "2008-09-28", "Edited.")})
    folder.build()
    alone.build()
    assert folder.files == alone.files
    for path, data in folder.files.items():
        assert [trace for trace in TRACES if trace in data or trace in path.encode()] == [], path


def test_a_build_of_drafts_has_the_drafts_but_nothing_else_of_a_preview(folder: SiteFolder):
    with previewing(folder.root) as page:
        crawled(page)
        folder.build(drafts=True, future=True, expired=True)
    assert any(b"Zqx the plans" in data for data in folder.files.values())
    for path, data in folder.files.items():
        assert [trace for trace in TRACES[:-2] if trace in data] == [], path


@pytest.mark.parametrize("broken", ["content/posts/next.md", "sitegen.toml"])
def test_an_error_that_a_preview_shows_is_published_by_no_build(folder: SiteFolder, broken: str):
    folder.build()
    before = stamps(folder.output)
    with previewing(folder.root) as page:
        wait_for(page, "/", "Follow up")
        folder.edit({broken: "broken"})
        wait_for(page, "/", broken)
        with pytest.raises(SitegenError):
            folder.build()
    assert stamps(folder.output) == before
