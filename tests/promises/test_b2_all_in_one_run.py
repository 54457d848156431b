"""B2: all the faults of a site are told in one run, in order of place; what is no fault of its own is not told."""

import json

import pytest
from click.testing import CliRunner
from tiny import post

from sitegen.cli import main
from sitegen.errors import SitegenError

FAULTS = {
    # path: (text, line of the fault)
    "content/authors/a.md": ("---\nname: Ann\nemail: nobody\n---\n", 3),
    "content/comments/z.yaml": ("- {id: a, author: B, date: never, body: c}\n", 1),
    "content/data/a.json": ("{\n1}", 2),
    "content/pages/a.md": ("---\ntitle: T\ntitle: U\n---\n", 3),
    "content/pages/b.md": (post("B", body="![x](gone.png)"), 6),
    "content/posts/2026-02-30-a.md": ("---\ntitle: T\n---\n", 0),
    "content/posts/b.md": ("---\ntitle: T\ndate: 2026-13-01\n---\n", 3),
    "content/posts/c.md": ("---\ntitle: T\n\tdate: 2026-01-01\n---\n", 3),
    "content/posts/d.md": ("---\ntitle: T\n", 1),
    "content/posts/e.md": ("---\ntitle: T\ndtae: 2026-01-01\n---\n", 3),
    "content/posts/f.md": (b"---\ntitle: \xff\n---\n", 2),
    "content/posts/g.md": (post("G", authro="x"), 4),
    "content/posts/h.md": (post("H", author="Carll"), 4),
    "content/posts/i.md": (post("I", promo="ghost"), 4),
    "content/posts/j.md": (post("J", slug="../x"), 4),
    "content/posts/k.md": (post("K", aliases="[/../x]"), 4),
    "content/posts/l.md": (post("L", body="[x](gone.md)"), 6),
    "content/posts/m.md": (post("M", body="[x](z.md#gone)"), 6),
    "content/posts/n.md": (post("N", body="[x](../drafts/z.md)"), 6),
    "content/posts/o.md": (post("O", tags="[C, con]"), 4),
    "content/posts/p.md": (post("P", permalink="/index.html"), 4),
    "content/posts/q.md": (post("Q", image="gone.png"), 4),
    "content/posts/r.md": ("---\ntitle: [\n---\n", 2),
    "content/posts/s.md": (post("S", body="* " * 600 + "a"), 0),
    "content/promos/a.md": ("---\ntitle: P\nweight: heavy\n---\n", 3),
    "content/stray.md": ("Text.", 0),
}  # fmt: skip
SOUND = {
    "content/posts/z.md": post("Z", body="[x](/tags/y/) [x](o.md) [x](/2026/01/b.html) [x](b.md)", tags="[y]"),
    "content/drafts/z.md": post("Draft"),
    "content/authors/carl.md": "---\nname: Carla\n---\n",
}
FILES = SOUND | {path: text for path, (text, _) in FAULTS.items()}
PLACES = sorted((path, line) for path, (_, line) in FAULTS.items())


def test_each_planted_fault_is_told_once_and_nothing_else(site):
    with pytest.raises(SitegenError) as caught:
        site(FILES).build()
    assert [(found.place.path, found.place.line) for found in caught.value.findings] == PLACES


def test_on_the_command_line_too(site):
    paper = site(FILES)
    done = CliRunner().invoke(main, ["build", "--site", str(paper.root), "--json"])
    assert done.exit_code == 1
    findings = json.loads(done.stdout)["findings"]
    assert [(found["path"], found["line"] or 0) for found in findings if found["severity"] == "error"] == PLACES
    assert not (paper.root / "output").exists()


def test_what_is_left_when_one_is_mended_is_the_others(site):
    paper = site(FILES)
    told = PLACES
    for path in ("content/posts/d.md", "content/posts/l.md", "content/pages/a.md"):
        paper.remove(path)
        told = [place for place in told if place[0] != path]
        with pytest.raises(SitegenError) as caught:
            paper.build()
        assert [(found.place.path, found.place.line) for found in caught.value.findings] == told
