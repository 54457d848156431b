"""B5: no input takes the build's time or memory without bound; what is too much is an error that names the file.

Each bomb is built in a process of its own, whose processor time and peak memory are measured there: a slow machine
or other tests on it change neither. One time limit for converting one text stands behind them: 5 s.
"""

import json
import os
import subprocess
import sys

import pytest
from tiny import NOW, post

SECONDS = 6 + 1.5  # 1.5 s for Python, the imports, and the rest of the build
MEBIBYTES = 1536
BUILD = """
import json, resource, sys
from datetime import datetime
from pathlib import Path
from sitegen.build import build_site
from sitegen.errors import SitegenError
from sitegen.reading import Selection
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
try:
    build_site(Path(sys.argv[1]), Selection(now=datetime.fromisoformat(sys.argv[2])))
    told = []
except SitegenError as error:
    told = sorted({(found.place.path, found.what) for found in error.findings})
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([told[:3], used.ru_utime + used.ru_stime, used.ru_maxrss >> 10]))
"""
BODIES = {
    "nested lists": "* " * 500 + "a",
    "nested numbers": "".join("    " * depth + "1. a\n" for depth in range(200)),
    "nested quotes": "> " * 3000 + "a",
    "dots": "." * 100_000,
    "quotes": "\"'" * 5_000,
    "emphasis": "*a **b " * 5_000,
    "references": "&" * 100_000,
    "open divisions": "<div>" * 20_000,
    "open comments": "<!--" * 20_000,
    "attributes": "<p " + 'a="' * 10_000,
    "10 MB": "a" * 10_000_000,
}
TOO_LONG = {  # more than 5 s of Python-Markdown 3.11: the limit must stop them
    "1,000,000 lines": "\n" * 1_000_000 + "a",
    "4 MB of paragraphs": "a\n\n" * 1_300_000,
}
HEADS = {
    "1 MB title": (post("a" * 1_000_000), "the front matter is longer than 64 KiB"),
    "10,000 tags": (post("A", tags=f"[{','.join(f'tag-{number}' for number in range(10_000))}]"), "the front matter is longer"),
    "aliases": ("---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]\n---\n", "is not read"),
    "merge keys": ("---\na: &a {x: 1}\nb: {<<: *a}\n---\n", "merge keys (`<<`) are not read"),
    "depth of YAML": (f"---\ntitle: {'[' * 1000}\n---\n", "more than 16 deep"),
    "depth of TOML": (f"+++\ntitle = {'[' * 1000}\n+++\n", "deep"),
    "digits": (f"---\ntitle: T\ndate: 2026-01-01\nweight: {'9' * 5000}\nextra: {{a: {'9' * 5000}}}\n---\n", ""),
    "a date": ("---\ntitle: T\ndate: 2024-13-45\n---\n", "there is no month 13"),
    "brackets in the summary": (post("A", summary=f"'{'[' * 3000}'"), ""),
}  # fmt: skip
COMMENT = "- {{id: c{0}, author: A, date: 2026-01-01, body: {1}, reply_to: '{2}'}}\n"
OTHERS = {
    "replies in a row": ("comments/a.yaml", "".join(COMMENT.format(n, "x", f"c{n - 1}" if n else "") for n in range(10_000)), ""),
    "replies in a circle": ("comments/a.yaml", "".join(COMMENT.format(n, "x", f"c{(n + 1) % 5000}") for n in range(5_000)), ""),
    "a nested comment": ("comments/a.yaml", COMMENT.format(1, "<blockquote>" * 50_000, ""), "is longer than 65,536"),
    "faults of comments": ("comments/a.yaml", "- {id: a, b: c}\n" * 10_000, "`author` is missing"),
    "300,000 values": ("data/a.yaml", "- a\n" * 300_000, ""),
    "20 MB of data": ("data/a.json", f"[{'1,' * 10_000_000}1]", "larger than 4 MiB"),
}  # fmt: skip


def measure(paper, *, at_least=0.0):
    command = [sys.executable, "-c", BUILD, str(paper.root), NOW.isoformat()]
    # Coverage would take time itself, and a limit may strike while it holds its lock.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, env=environment)
    told, seconds, mebibytes = json.loads(done.stdout)
    assert at_least <= seconds <= SECONDS
    assert mebibytes <= MEBIBYTES
    return told


@pytest.mark.parametrize("bomb", BODIES)
def test_a_body_becomes_a_page_or_an_error(site, bomb):
    for path, _ in measure(site({"content/posts/a.md": post("A", body=BODIES[bomb])})):
        assert path == "content/posts/a.md"


@pytest.mark.slow
@pytest.mark.parametrize("bomb", TOO_LONG)
def test_a_body_that_takes_too_long_is_stopped(site, bomb):
    paper = site({"content/posts/a.md": post("A", body=TOO_LONG[bomb]), "content/posts/b.md": post("B")})
    told = measure(paper, at_least=3)  # the timer counts whole ticks, of which others may have a part
    assert told == [["content/posts/a.md", "rendering stopped after 5 s"]]


@pytest.mark.parametrize("bomb", HEADS)
def test_front_matter(site, bomb):
    text, what = HEADS[bomb]
    told = measure(site({"content/posts/a.md": text}))
    assert [path for path, _ in told if path != "content/posts/a.md"] == []
    assert what in (told[0][1] if told else "")


@pytest.mark.parametrize("bomb", OTHERS)
def test_other_files(site, bomb):
    path, text, what = OTHERS[bomb]
    told = measure(site({"content/posts/a.md": post("A"), f"content/{path}": text}))
    assert what in (told[0][1] if told else "")


def test_a_page_that_many_links_miss_is_looked_for_once(site):
    posts = {
        f"content/posts/p{number}.md": post(f"P {number}", body="[a](/abuot.html) [b](gone.md)")
        for number in range(300)
    }
    paper = site(posts | {"content/pages/about.md": post("About")})
    told = paper.fails()
    assert told.count("did you mean /about.html?") == told.count("the link gone.md leads nowhere") == 300
