"""D2: two sources of one file stop the build, and the error names all of them."""

import pytest
from tiny import post

from sitegen.errors import SourceError

PAGE = "---\ntitle: P\n---\n"
NFC, NFD = "\u00c9", "E\u0301"
CASES = {
    "Unicode forms of files": {f"posts/{NFC}.md": post("A", id="a"), f"posts/{NFD}.md": post("B", id="b")},
    "Unicode forms of slugs": {"posts/a.md": post("A", slug=NFC), "posts/b.md": post("B", slug=NFD)},
    "Unicode forms of pages": {f"pages/{NFC}.md": PAGE, f"pages/{NFD}.md": PAGE},
    "case of pages": {"pages/Foo.md": PAGE, "pages/foo.md": PAGE},
    "case of three": {"pages/Foo.md": PAGE, "pages/foo.md": PAGE, "pages/FOO.md": PAGE},
    "case of folders": {"pages/A/x.md": PAGE, "pages/a/x.md": PAGE},
    "sharp s": {"pages/stra\u00dfe.md": PAGE, "pages/strasse.md": PAGE},
    "ligature": {"pages/\ufb01x.md": PAGE, "pages/fix.md": PAGE},
    "case of permalinks": {"posts/a.md": post("A", permalink="/X/"), "posts/b.md": post("B", permalink="/x")},
    "posts of one month": {"posts/2026-01-01-a.md": post("A", id="x"), "posts/2026-01-02-a.md": post("B", id="y")},
    "post and page": {"posts/a.md": post("A", permalink="/p.html"), "pages/p.md": PAGE},
    "page and folder": {"pages/a.md": PAGE, "posts/b.md": post("B", permalink="/a.html/b.html")},
    "folder without a suffix": {"posts/a.md": post("A", permalink="/x"), "posts/b.md": post("B", permalink="/x/index.html")},
    "page and static file": {"pages/a.md": PAGE, "static/a.html": "x"},
    "page and static folder": {"pages/a.md": PAGE, "static/a.html/x.txt": "x"},
    "static files": {"static/A.txt": "x", "static/a.txt": "y"},
    "post and alias": {"posts/a.md": post("A"), "posts/b.md": post("B", aliases="[/2026/01/a.html]")},
    "two aliases": {"posts/a.md": post("A", aliases="[/old/]"), "posts/b.md": post("B", aliases="[/OLD/]")},
    "alias and page": {"pages/old.md": PAGE, "posts/b.md": post("B", aliases="[/old.html]")},
    "bundle's file and static file": {
        "posts/a/index.md": post("A"), "posts/a/x.png": "x", "static/2026/01/a/x.png": "y",
    },
    "bundle's file and page": {"posts/a/index.md": post("A"), "posts/a/x.html": "x", "posts/b.md": post("B", permalink="/2026/01/a/x.html")},
    "bundle's files": {"posts/a/index.md": post("A"), "posts/a/X.png": "x", "posts/a/x.png": "y"},
    "named file and static file": {
        "posts/a.md": post("A", body="![x](x.png)"), "posts/x.png": "x", "static/files/posts/x.png": "y",
    },
    "tags": {"posts/a.md": post("A", tags="[a b]"), "posts/b.md": post("B", tags="[a-b]"), "posts/c.md": post("C", tags="[a_b]")},
    "categories": {"posts/a.md": post("A", category="a b"), "posts/b.md": post("B", category="a-b")},
    "author and author": {"posts/a.md": post("A", author="A.B"), "posts/b.md": post("B", author="A/B")},
    "authors' files": {"authors/foo.md": "---\nname: A\n---\n", "authors/Foo.md": "---\nname: B\n---\n"},
    "author's file and byline": {"authors/foo.md": "---\nname: A\n---\n", "posts/a.md": post("A", author="{name: Foo}")},
    "author's page and post": {"authors/foo.md": "---\nname: A\n---\n", "posts/a.md": post("A", permalink="/authors/foo/")},
    "promos": {"promos/foo.md": PAGE, "promos/foo.markdown": PAGE},
    "data": {"data/x.yaml": "a: 1", "data/x.json": "{}"},
    "comments": {"posts/a/index.md": post("A"), "comments/a.yaml": "", "comments/a/index.yaml": ""},
    "ids": {"posts/a.md": post("A", id="x"), "posts/b.md": post("B", id="x")},
    "post and bundle": {"posts/a.md": post("A", slug="x"), "posts/a/index.md": post("B", slug="y")},
    "suffixes": {"posts/a.md": post("A"), "posts/a.markdown": post("B", id="x")},
}  # fmt: skip
# Sources that an error need not name: they are there to make the files of the others.
BYSTANDERS = {
    "bundle's file and static file": {"posts/a/index.md"},
    "bundle's file and page": {"posts/a/index.md"},
    "bundle's files": {"posts/a/index.md"},
    "named file and static file": {"posts/a.md"},
}
# Files that sitegen makes, and sources that must not stand in their place.
OURS: tuple[str, ...] = (
    "index.html",
    "feed.xml",
    "atom.xml",
    "feed.json",
    "sitemap.xml",
    "404.html",
    "archive/index.html",
    "2026/index.html",
)
OURS = (
    *OURS,
    "2026/01/index.html",
    "tags/t/index.html",
    "tags/t/feed.xml",
    "sections/general/index.html",
    "feeds/index.html",
)


@pytest.mark.parametrize("case", CASES)
def test_all_sources_are_named_and_nothing_is_written(site, case):
    files = {f"content/{path}": text for path, text in CASES[case].items()}
    paper = site(files)
    with pytest.raises(SourceError) as caught:
        paper.build()
    for path in files.keys() - {f"content/{path}" for path in BYSTANDERS.get(case, ())}:
        assert path in str(caught.value)
    assert not paper.output.exists()


@pytest.mark.parametrize("path", OURS)
@pytest.mark.parametrize("form", ["same", "case", "folder"])
@pytest.mark.parametrize("source", ["static", "permalink", "alias"])
def test_nothing_stands_in_a_generated_files_place(site, path, form, source):
    taken = {"same": path, "case": path.upper(), "folder": f"{path}/x.txt"}[form]
    files = {"content/posts/t.md": post("T", tags="[t]")}
    if source == "static":
        files[f"content/static/{taken}"] = "x"
    elif source == "permalink":
        files["content/posts/a.md"] = post("A", "2020-02-02", permalink=f"/{taken}")
    else:
        files["content/posts/a.md"] = post("A", "2020-02-02", aliases=f"[/{taken}]")
    told = site(files).fails()
    assert list(files)[1] in told
    assert path.removesuffix("index.html") in told


@pytest.mark.parametrize("path", ["robots.txt", "_headers", ".nojekyll"])
def test_but_these_a_site_may_bring_itself(site, path):
    paper = site({f"content/static/{path}": "mine"})
    paper.build()
    assert paper.files[path] == b"mine"


def test_sources_of_different_files_build(site):
    paper = site({
        "content/posts/a.md": post("A", tags="[C, C++, C#, .NET, net]"), "content/posts/2026-02-01-a.md": post("A", "2026-02-01"),
        "content/pages/a.md": PAGE, "content/pages/a/b.md": PAGE, "content/static/a.txt": "x", "content/static/a/c.txt": "x",
        "content/authors/c.md": "---\nname: C\n---\n", "content/promos/c.md": PAGE, "content/data/a.yaml": "a: 1",
    })  # fmt: skip
    paper.build()
    assert {
        "2026/01/a.html",
        "2026/02/a.html",
        "a.html",
        "a/b.html",
        "a.txt",
        "a/c.txt",
        "tags/dot-net/index.html",
    } <= set(paper.files)
