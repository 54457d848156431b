"""D1: whatever a post, a tag or a file is named, nothing is written outside the output folder, or under a name that
some system takes for something else. Each name is refused with an error, or becomes a path that is safe everywhere.
"""

import re
import unicodedata

import pytest
from output_folders import stamps
from tiny import post

from sitegen.errors import SitegenError

NAMES = [
    # up and out
    "..", "../x", "../../../../x", "/../x", "x/../../y", "./x", ".../x", "....//x", "x/..", "..%2fx", "%2e%2e/x", "%2e%2e%2fx",
    "%252e%252e%252fx", "%c0%ae%c0%ae/x", "..\\x", "..%5cx", "\\..\\x", "x/..;/y", "．．/x", "․․/x", "..\u2215x", "..\uff0fx",
    # absolute, other roots, other hosts
    "/x", "//x", "///x", "/etc/passwd", "/tmp/x", "C:\\x", "C:x", "c:/x", "\\\\host\\x", "//host/x", "file:///x", "~", "~/x", "~root/x",
    # devices, streams, ends that Windows drops
    "CON", "con", "con.html", "nul.txt", "AUX.tar.gz", "com1", "COM¹", "lpt9.md", "CONIN$", "x::$DATA", "x:y", "a.", "a..", "a ", " a",
    "a. .", "a/b./c", "a /b", "INDEX~1.HTM",
    # what hosts and tools read
    ".git", ".git/config", ".GIT/config", "x/.git/hooks/y", ".sitegen", ".htaccess", ".env", ".well-known/x", "CNAME", "_headers",
    # control, invisible and turning characters
    "a\tb", "a\u0085b", "a\u2028b", "a\u200bb", "a\u200eb", "a\u202eb.html", "\u202e", "\u2066a", "\ufeffa", "a\xa0b", "\xa0", "\u3000",
    # empty or without a letter
    "'' ", ".", "...", "-", "--", "?", "#", "%", "&", "/", "//", "🙂", "🙂🙂", "\u0301", "!!!", "a?b", "a#b", "a%b", "a%00b", "a*b",
    "a|b", "a<b>c", 'a"b', "a'b", "a`b", "a$(x)b", "a;b", "a&b", "{slug}", "{{x}}", "{year}",
    # long, and long in bytes
    "a" * 300, "é" * 150, "日" * 100, "🙂" * 80, "a/" * 200 + "a", "a" * 5000,
    # forms of one name
    "É", "E\u0301", "ß", "SS", "ſ", "İ", "ı", "ﬁ", "Å", "K",
]  # fmt: skip
KEYS = {
    "slug": lambda name: {"slug": name},
    "permalink": lambda name: {"permalink": name},
    "permalink below /": lambda name: {"permalink": f"/{name}"},
    "permalink of a page": lambda name: {"permalink": f"/{name}/"},
    "alias": lambda name: {"aliases": f"[{name}]"},
    "alias below /": lambda name: {"aliases": f"[{quoted('/' + bare(name) + '.html')}]"},
    "category": lambda name: {"category": name},
    "tag": lambda name: {"tags": f"[{name}]"},
    "author": lambda name: {"author": name},
    "author inline": lambda name: {"author": f"{{name: {name}}}"},
    "promo": lambda name: {"promo": name},
    "id": lambda name: {"id": name},
    "series": lambda name: {"series": name},
    "title": lambda name: {"slug": "''", "title": name},
    "picture": lambda name: {"image": name},
    "template": lambda name: {"template": name},
    "lang": lambda name: {"lang": name},
}
FILES = [
    "content/posts/{}.md", "content/posts/2026-01-01-{}.md", "content/posts/{}/index.md", "content/posts/{}/a.md", "content/pages/{}.md",
    "content/pages/{}/a.md", "content/authors/{}.md", "content/promos/{}.md", "content/static/{}", "content/static/{}/a.txt",
    "content/posts/b/{}.png", "content/data/{}.yaml",
]  # fmt: skip
PATTERNS = (
    "[permalinks]\npost = '/{id}/{slug}.html'\ntag = '/t/{name}/'\ncategory = '/c/{name}/'\nauthor = '/a/{name}/'\n"
)
# Written here once more, so that a mistake in `planning.addresses` or `writing.paths` is not a mistake here too.
UNSAFE = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]')
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
DOTTED = {".nojekyll", ".well-known", ".htaccess", ".sitegen"}


def bare(name):
    return "" if name == "'' " else name


def quoted(name):
    """Return a name as YAML, whatever it holds."""
    return "'" + bare(name).replace("'", "''") + "'"


def is_safe(part, *, own):
    """Whether a part of a path is a name of one file everywhere; `own` names may stand in content/static/."""
    return (
        part not in {"", ".", ".."}
        and not UNSAFE.search(part)
        and not DEVICES.fullmatch(part)
        and part[-1] not in ". "
        and (not part.startswith(".") or part in DOTTED or own)
        and part.casefold() not in {".git", ".env"}
        and len(part.encode()) <= 255
    )


@pytest.fixture
def guarded(site, tmp_path):
    """Return a function that builds a site and says what was published, once it is sure that all else is as it was."""
    for path in ("x", "x.html", "etc/passwd", "host/x", "around/index.html", "output/x"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("sentinel")

    def build(files, config=""):
        paper = site(files, config=config)
        before = {path: stamp for path, stamp in stamps(tmp_path).items() if path != str(paper.root)}
        try:
            paper.build()
        except SitegenError as error:
            assert all(found.what for found in error.findings)
        after = {
            path: stamp
            for path, stamp in stamps(tmp_path).items()
            if path != str(paper.root) and not path.startswith((f"{paper.root}/output", f"{paper.root}/.sitegen"))
        }
        assert after == before
        return paper

    return build


def assert_safe(paper, own=""):
    for file in paper.output.rglob("*"):
        path = file.relative_to(paper.output).as_posix()
        assert not file.is_symlink()
        assert all(is_safe(part, own=part in own) for part in path.split("/")), path
        assert unicodedata.is_normalized("NFC", path) or own


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("config", ["", PATTERNS], ids=["default patterns", "patterns with names"])
def test_in_front_matter(guarded, key, config):
    for name in NAMES:
        keys = KEYS[key](quoted(name))
        assert_safe(guarded({"content/posts/a.md": post(**({"title": "A"} | keys))}, config))


@pytest.mark.parametrize("pattern", FILES)
def test_of_files(guarded, site, pattern):
    text = {"md": "---\nname: A\ntitle: A\ndate: 2026-01-01\n---\n![](/x)", "yaml": "a: 1\n"}
    for name in NAMES:
        if (
            "/" in name
            or name.startswith(".")
            or bare(name) == ""
            or len(pattern.format(name).rpartition("/")[2].encode()) > 255
        ):
            continue
        path = pattern.format(name)
        if any(len(part.encode()) > 255 for part in path.split("/")):
            continue
        files = {path: text.get(path.rpartition(".")[2], "x").replace("![](/x)", "")}
        assert_safe(guarded(files | {"content/posts/b/index.md": post("B")}), own=name if "static" in pattern else "")


@pytest.mark.parametrize(
    "form", ["[a]({})", "![a]({})", "<a href='{}'>a</a>", "<img alt='' src='{}'>", "[a][b]\n\n[b]: {}"]
)
def test_in_links(guarded, form):
    for name in NAMES:
        paper = guarded({"content/posts/a.md": post("A", body=form.format(bare(name)))})
        assert_safe(paper)
        assert not [data for data in paper.files.values() if b"sentinel" in data]


def test_there_are_many():
    assert len(set(NAMES)) * (2 * len(KEYS) + len(FILES) + 5) >= 400
