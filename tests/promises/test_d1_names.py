"""D1: whatever a post, a tag or a file is named, nothing is written outside the output folder, or under a name that
some system takes for something else. Each name is refused with an error, or becomes a path that is safe everywhere.
"""

import re
import shutil

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
def published(site, tmp_path):
    """Return a function that builds a site, without the files that errors name, and returns the paths of its files.

    All around it is as it was, except the output folder and the cache.
    """
    for path in ("x", "x.html", "etc/passwd", "host/x", "around/index.html", "output/x"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("sentinel")

    def build(files, config=""):
        paper = site(files, config=config)
        before = around(paper)
        while errors := errors_of(paper):
            assert around(paper) == before
            assert not paper.output.exists()
            assert [str(found) for found in errors if not found.place.path] == []
            for path in {found.place.path for found in errors}:
                remove(paper.root / path)
            before = around(paper)
        assert around(paper) == before
        assert not any(path.is_symlink() for path in paper.output.rglob("*"))
        assert not [path for path, data in paper.files.items() if b"sentinel" in data]
        return [path.relative_to(paper.output).as_posix() for path in paper.output.rglob("*")]

    def around(paper):
        ours = (f"{paper.root}/output", f"{paper.root}/.sitegen")
        return {
            path: stamp
            for path, stamp in stamps(tmp_path).items()
            if path != str(paper.root) and not path.startswith(ours)
        }

    return build


def remove(path):
    """Take away what an error names: a file, or a folder with a name that no folder may have."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def errors_of(paper):
    try:
        paper.build()
    except SitegenError as error:
        return error.findings
    return ()


def assert_safe(paths, own=frozenset()):
    for path in paths:
        assert all(is_safe(part, own=part in own) for part in path.split("/")), path


def posts(form):
    """Return a post for each name: `form` gives the front matter, or the whole post."""
    files = {}
    for number, name in enumerate(NAMES):
        made = form(name)
        text = made if isinstance(made, str) else post(**({"title": f"Post {number}"} | made))
        files[f"content/posts/p{number}.md"] = text
    return files


@pytest.mark.parametrize("key", KEYS)
def test_in_front_matter(published, key):
    assert_safe(published(posts(lambda name: KEYS[key](quoted(name)))))


@pytest.mark.parametrize("key", ["id", "category", "tag", "author inline"])
def test_in_patterns_that_take_names(published, key):
    assert_safe(published(posts(lambda name: KEYS[key](quoted(name))), PATTERNS))


@pytest.mark.parametrize("pattern", FILES)
def test_of_files(published, pattern):
    text = {"md": "---\nname: N{0}\ntitle: A\ndate: {0}-01-01\n---\n", "yaml": "a: 1\n"}
    parts = {name for name in map(bare, NAMES) if name and "/" not in name and not name.startswith(".")}
    paths = {pattern.format(name) for name in parts}
    files = {
        path: text.get(path.rpartition(".")[2], "x").format(1500 + number)
        for number, path in enumerate(sorted(paths))
        if all(len(part.encode()) <= 255 for part in path.split("/"))
    }
    assert_safe(published(files | {"content/posts/b/index.md": post("B")}), own=parts if "static" in pattern else ())


@pytest.mark.parametrize(
    "form", ["[a]({})", "![a]({})", "<a href='{}'>a</a>", "<img alt='' src='{}'>", "[a][b]\n\n[b]: {}"]
)
def test_in_links(published, form):
    assert_safe(published(posts(lambda name: post("A", body=form.format(bare(name))))))


def test_there_are_many():
    assert len(set(NAMES)) * (len(KEYS) + len(FILES)) >= 400
