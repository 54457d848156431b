"""B4: in whatever encoding a file comes, it becomes a page with the right letters, or an error says at which byte."""

import os

import pytest
from tiny import post

WORD = "Größe – 日本 🙂"
TEXT = post(f"T {WORD}", body=f"One {WORD}.\n\nTwo.")
READ = {
    "UTF-8": TEXT.encode(),
    "BOM": TEXT.encode("utf-8-sig"),
    "CRLF": TEXT.replace("\n", "\r\n").encode(),
    "CR": TEXT.replace("\n", "\r").encode(),
    "BOM and CRLF": TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    "no last line end": TEXT.rstrip().encode(),
}
REFUSED = {
    "Latin-1": ("---\ntitle: Größe\n---\n".encode("latin-1"), 2, "not UTF-8 at byte 14"),
    "UTF-16": (TEXT.encode("utf-16"), 1, "not UTF-8 at byte 1"),
    "UTF-16 little end": ("---\ntitle: T\n---\n".encode("utf-16-le"), 1, "not UTF-8 at byte 2"),
    "UTF-32": (TEXT.encode("utf-32"), 1, "not UTF-8 at byte 1"),
    "NUL": (b"---\ntitle: T\n---\na\0b\n", 4, "not UTF-8 at byte 19"),
    "lone surrogate": ("---\ntitle: T\n---\n\ud800".encode("utf-8", "surrogatepass"), 4, "not UTF-8 at byte 18"),
    "overlong": (b"---\ntitle: T\n---\n\xc0\xaf", 4, "not UTF-8 at byte 18"),
    "cut in a character": ("---\ntitle: T\n---\né".encode()[:-1], 4, "not UTF-8 at byte 18"),
    "behind a BOM": (b"\xef\xbb\xbf---\ntitle: \xff\n---\n", 2, "not UTF-8 at byte 15"),
    "no character": ("---\ntitle: T\n---\n\uffff".encode(), 4, "control character U+FFFF is not allowed"),
    "escape": (b"---\ntitle: T\n---\n\x1b[31m\n", 4, "control character U+001B is not allowed"),
    "escaped in YAML": (b'---\ntitle: "\\x1b"\ndate: 2026-01-01\n---\n', 2, "an escape in this text makes a character"),
    "surrogate escaped in YAML": (b'---\ntitle: "\\ud800"\ndate: 2026-01-01\n---\n', 2, ""),
}


@pytest.mark.parametrize("encoding", READ)
def test_every_letter_arrives(site, encoding):
    paper = site({"content/posts/a.md": READ[encoding]})
    paper.build()
    page = paper.text("/2026/01/a.html")
    assert f"<title>T {WORD}" in page
    assert f"<p>One {WORD}.</p>\n<p>Two.</p>" in page
    assert not {"\ufeff", "\r", "\ufffd"} & set(
        "".join(data.decode() for data in paper.files.values() if data[:4] != b"wOF2")
    )


@pytest.mark.parametrize("path", ["posts/a.md", "pages/a.md", "promos/a.md", "authors/a.md"])
@pytest.mark.parametrize("encoding", REFUSED)
def test_the_byte_is_named(site, encoding, path):
    data, line, what = REFUSED[encoding]
    told = site({f"content/{path}": data}).fails()
    assert f"content/{path}:{line}" in told
    assert what in told
    told.encode()  # a terminal can show it


@pytest.mark.parametrize("path", ["comments/a.yaml", "data/a.yaml", "data/a.json", "data/a.toml"])
def test_files_of_other_kinds_too(site, path):
    assert f"content/{path}:1: error: not UTF-8 at byte 1" in site({f"content/{path}": b"\xff"}).fails()


@pytest.mark.parametrize(
    "path", ["sitegen.toml", "themes/newspaper/templates/post.html", "themes/newspaper/theme.toml"]
)
def test_config_and_theme_too(site, path):
    assert f"{path}:1: error: not UTF-8 at byte 1" in site({"content/posts/a.md": post("A"), path: b"\xff"}).fails()


def test_a_name_that_is_no_text_is_shown_in_ascii(site):
    paper = site({"content/posts/a.md": post("A")})
    (paper.root / "content/posts" / os.fsdecode(b"b\xff.md")).write_text(post("B"))
    told = paper.fails()
    assert "content/posts/b\\udcff.md: error: the name 'b\\udcff.md' is not UTF-8" in told
