"""B5: no input takes the build's time or memory without bound; what is too much is an error that names the file.

Each bomb is built in a process of its own, whose processor time and peak memory the system measures: a slow machine
or other tests on it change neither. One time limit for converting one text stands behind them: 5 s.
"""

import json
import subprocess
import sys

import pytest
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

SECONDS = 6 + 1  # 1 s for the rest of the build
MEBIBYTES = 1536
# Forks, warm from a first build, for each site that it reads the name of.
BUILD = """
import json, os, resource, sys
from datetime import datetime
from pathlib import Path
from sitegen.build import build_site
from sitegen.errors import SitegenError
from sitegen.reading import Selection

def build(root):
    told = []
    try:
        build_site(Path(root), Selection(now=datetime.fromisoformat(sys.argv[2])))
    except SitegenError as error:
        told = sorted({(found.place.path, found.what) for found in error.findings})
    return told[:3]

build(sys.argv[1])
for line in sys.stdin:
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        print(json.dumps(build(json.loads(line))), flush=True)
        os._exit(0)
    _, status, used = os.wait4(child, 0)
    seconds, mebibytes = used.ru_utime + used.ru_stime, used.ru_maxrss >> 10
    print(json.dumps({"status": status, "seconds": seconds, "mebibytes": mebibytes}), flush=True)
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


@pytest.fixture(scope="module")
def builder(tmp_path_factory):
    """A process that builds each site whose folder it is told in a process of its own."""
    first = SiteFolder(tmp_path_factory.mktemp("first") / "site", {"content/posts/a.md": post("A")}, PLAIN_CONFIG)
    command = [sys.executable, "-c", BUILD, str(first.root), NOW.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


@pytest.fixture
def measure(builder):
    """Return a function that builds a site within the limits and returns what is told: `[[path, what], ...]`."""

    def build(paper, *, at_least=0.0):
        builder.stdin.write(f"{json.dumps(str(paper.root))}\n")
        builder.stdin.flush()
        said = [json.loads(builder.stdout.readline())]
        while "status" not in said[-1]:
            said.append(json.loads(builder.stdout.readline()))
        assert said[-1]["status"] == 0
        assert at_least <= said[-1]["seconds"] <= SECONDS
        assert said[-1]["mebibytes"] <= MEBIBYTES
        return said[0]

    return build


@pytest.mark.parametrize("bomb", BODIES)
def test_a_body_becomes_a_page_or_an_error(site, measure, bomb):
    for path, _ in measure(site({"content/posts/a.md": post("A", body=BODIES[bomb])})):
        assert path == "content/posts/a.md"


@pytest.mark.slow
@pytest.mark.parametrize("bomb", TOO_LONG)
def test_a_body_that_takes_too_long_is_stopped(site, measure, bomb):
    paper = site({"content/posts/a.md": post("A", body=TOO_LONG[bomb]), "content/posts/b.md": post("B")})
    told = measure(paper, at_least=3)  # the timer counts whole ticks, of which others may have a part
    assert told == [["content/posts/a.md", "rendering stopped after 5 s"]]


@pytest.mark.parametrize("bomb", HEADS)
def test_front_matter(site, measure, bomb):
    text, what = HEADS[bomb]
    told = measure(site({"content/posts/a.md": text}))
    assert [path for path, _ in told if path != "content/posts/a.md"] == []
    assert what in (told[0][1] if told else "")


@pytest.mark.parametrize("bomb", OTHERS)
def test_other_files(site, measure, bomb):
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
