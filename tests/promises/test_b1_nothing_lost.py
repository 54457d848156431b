"""B1: whatever the files of a site hold, each becomes a page, is held back, or is named by an error.

Never a traceback, a hang, or a file that is gone without a word. What errors name is taken away and the site built
again, until it builds: so an error that blames the wrong file, or none, is found too.
"""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import NOW, PLAIN_CONFIG, SiteFolder

from sitegen.build import plan_edition
from sitegen.errors import SitegenError
from sitegen.reading import Selection

NAMES = st.one_of(
    st.sampled_from(["index", "404", "2026-01-01-a", "2026-02-30", "2026-1-1", "CON", "a.b", "é", "e\u0301", "A", "a"]),
    st.text(st.characters(exclude_characters="/\0", codec="utf-8"), min_size=1, max_size=30),
    st.binary(min_size=1, max_size=8).map(lambda raw: raw.replace(b"/", b"").replace(b"\0", b"").decode("utf-8", "surrogateescape")),
).filter(lambda name: name and not name.startswith("."))  # fmt: skip

WORDS = st.sampled_from(
    ["a", "Título", "2026-01-01", "2026-02-30", "9999-12-31 23:59", "0001-01-01", "yes", "no", "~", "none", "true", "12", "''", "[a, b]", "{a: b}", "{title: T, body: B}", "{src: a.png, alt: x}", "&x", "*x", "<<: *x", "!!python/object:os.system x", "/a/", "/../a", "../a", "//a", "a.md", "#a", "https://a.example/", "javascript:alert(1)", "\\", "\t", '"', "|", ">", "- a", "[", "{"]
)  # fmt: skip
VALUES = st.one_of(WORDS, st.text(st.characters(codec="utf-8"), max_size=20))
KEYS = st.sampled_from(
    ["title", "date", "updated", "expires", "author", "authors", "promo", "promos", "category", "tags", "summary", "slug", "permalink", "aliases", "id", "draft", "unlisted", "featured", "image", "comments", "series", "lang", "template", "description", "extra", "titel", "name", "bio", "body", "match", "weight", "starts", "ends", "-", "? a", "", " x"]
)  # fmt: skip

MARKS = st.sampled_from(
    ["# ", "* ", "1. ", "> ", "    ", "\t", "```", "~~~ python\n", "---\n", "***", "__", "`", "![", "](", "[a](b.md)", "[^1]", "[^1]: ", "| a | b |\n|---|\n", "<div", "<!--", "-->", "<![CDATA[", "<script>", "</p>", "&#0;", "&amp", "{% x %}", "{{ y }}", "{.a #b}", "/// note\n", "///\n", ":   ", "*[A]: b\n", "<!-- more -->", "{promo: x}", "\n\n", "\n", "http://a.example/b)", "\\", "[", "<"]
)  # fmt: skip
MARKDOWN = st.lists(st.one_of(MARKS, st.text(st.characters(codec="utf-8"), max_size=10)), max_size=8).map("".join)


@st.composite
def sources(draw: st.DrawFn) -> bytes:
    """A file with front matter, more or less."""
    pairs = draw(st.lists(st.tuples(KEYS, VALUES), max_size=4))
    # Half of them have what a post must have, so that the faults behind it are reached.
    head = draw(st.sampled_from(["title: T\ndate: 2026-01-01\n", "title: T\ndate: 2026-01-01\n", "title: T\n", ""]))
    head += "".join(f"{key}: {value}\n" for key, value in pairs)
    fence = draw(st.sampled_from(["---\n"] * 8 + ["+++\n", "--- \n", "", "---"]))
    end = draw(st.sampled_from(["\n"] * 4 + ["\r\n", "\r"]))
    return f"{fence}{head}{fence}{draw(MARKDOWN)}".replace("\n", end).encode()


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file in which one byte is another."""
    data = bytearray(draw(sources()) or b"a")
    data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


DATA = st.one_of(sources(), sources(), sources(), damaged(), st.binary(max_size=40))
FOLDERS = st.sampled_from(
    ["posts"] * 6 + ["posts/2026", "posts/a", "drafts", "pages", "pages", "pages/a", "authors", "promos", "static"]
)
FILES = st.dictionaries(
    st.tuples(FOLDERS, NAMES).map(lambda parts: f"content/{parts[0]}/{parts[1]}.md"), DATA, min_size=1, max_size=4
)
OTHERS = st.dictionaries(
    st.sampled_from(["comments/a.yaml", "comments/2026-01-01-a.yaml", "data/a.yaml", "data/b.json", "data/c.toml", "posts/a.png"])
    .map(lambda path: f"content/{path}"),
    st.one_of(st.binary(max_size=40), st.lists(st.tuples(KEYS, VALUES), max_size=4).map(
        lambda pairs: "".join(f"- {{id: a, author: b, date: 2026-01-01, body: c, {key}: {value}}}\n" for key, value in pairs).encode())),
    max_size=2,
)  # fmt: skip


def written(root: Path, files: dict[str, bytes]) -> SiteFolder | None:
    """Return the site, or None where the disk does not take one of the names."""
    try:
        return SiteFolder(root, files, PLAIN_CONFIG)
    except OSError:
        return None


def published_or_held(root: Path) -> set[str]:
    """Plan and render everything; return the files that became something, and those that are held back."""
    edition = plan_edition(root, Selection(now=NOW))
    for route in edition.plan.routes:
        assert edition.render(route) or route.output == ".nojekyll" or route.template == "copy"
    return {path for route in edition.plan.routes for path in route.sources} | {one.path for one in edition.plan.held}


def blamed(error: SitegenError) -> set[str]:
    for finding in error.findings:
        assert finding.what
        assert "Traceback" not in str(finding)
        str(finding).encode()  # any terminal can show it
    return {finding.place.path for finding in error.findings}


@settings(max_examples=200, deadline=20_000)
@given(FILES, OTHERS)
def test_every_file_is_published_held_back_or_named(files, others):
    with tempfile.TemporaryDirectory() as folder:
        paper = written(Path(folder), files | others)
        if paper is None:
            return
        named: set[str] = set()
        accounted: set[str] = set()
        while True:
            try:
                accounted = published_or_held(paper.root)
                break
            except SitegenError as error:
                found = blamed(error)
                assert found <= {*files, *others} - named, "each error names files that are there"
                named |= found
                paper.remove(*found)
        promos = {path for path in files if path.startswith("content/promos/")}
        assert accounted | named | promos >= set(files)
        assert accounted.isdisjoint(named)
