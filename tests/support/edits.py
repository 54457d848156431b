"""Random edits of a site, as writers and designers make them: right ones, and ones that stop a build.

An edit is its name and two numbers: the first picks what is edited, the second what becomes of it. So a history is plain
data that hypothesis can draw, shrink and print.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hypothesis import strategies as st
from tiny import PLAIN_CONFIG, SiteFolder

from sitegen.freshness import stamp_of

__all__ = ["EDITS", "FILES", "MOMENTS", "Edit", "Newsroom", "replaced"]

Edit = tuple[str, int, int]
Fields = dict[str, str]

_ABOUT: Final = "content/pages/about.md"
_THEME: Final = "themes/newspaper"
_PARTIAL: Final = f"{_THEME}/templates/partials/footer.html"

MOMENTS: Final = (
    "2026-06-01 00:00:00", "2026-11-22 11:59:59", "2026-11-22 12:00:00", "2026-11-22 12:00:01",
    "2026-12-01 08:00:00", "2026-12-25 00:00:00", "2027-06-01 00:00:00",
)  # fmt: skip
"""Moments in UTC, around the one at which tests build, at which a post or a promo of these sites may change its state."""

# Per key of the front matter what it may say; an empty text leaves the key out.
_POST_VALUES: Final[Mapping[str, Sequence[str]]] = {
    "title": ("A", "B & <C>", "Été", "Other", "", "'2024'"),
    "date": ("2026-01-01", "2026-01-01 09:00", "2026-02-01", *MOMENTS, "", "2026-02-30"),
    "expires": ("", *MOMENTS),
    "updated": ("", "2026-03-01", "2026-04-01"),
    "tags": ("", "[pay]", "[pay, jobs]", "[Pay, C++]", "[c]", "[c, C++]", "[c, C]"),
    "category": ("", "Money", "money", "Pay"),
    "slug": ("", "x", "other", "../x"),
    "permalink": ("", "/own/", "/own.html", "/about.html"),
    "aliases": ("", "[/old.html]", "[/old/, /older.html]", "[/about.html]"),
    "author": ("", "ann", "Bob", "Guest", "{name: Inline, bio: Hi.}", "anm"),
    "promo": ("", "guide", "winter", "none", "{title: Inline, body: Text.}", "gone"),
    "draft": ("", "true", "false"),
    "unlisted": ("", "true"),
    "featured": ("", "true"),
    "summary": ("", "A *dek*.", "Another."),
    "series": ("", "S", "T"),
    "comments": ("", "closed", "'off'"),
    "lang": ("", "de"),
    "description": ("", "Said to machines."),
    "image": ("", "{src: pic.svg, alt: P}"),
    "extra": ("", "{colour: red}"),
    "template": ("", "own.html"),
    "body": (
        "First text.",
        "Second text, of the same words.\n\n<!-- more -->\n\nMore.",
        "Third, with a [link](two.md).\n\n## Head\n\nA note[^1].\n\n[^1]: Here.",
        "Fourth, with a [path](/about.html) and [one more](three.md#head).",
        "![Picture](pic.svg)\n\n```python\nx = 1\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nA \"quote\" -- http://a.example.",
    ),
}  # fmt: skip
_CONFIG_VALUES: Final[Mapping[str, Sequence[str]]] = {
    "title": ('"The Test Post"', '"Another"', ""),
    "url": ('"https://test.example/"', '"https://test.example/blog/"', '"https://other.example/"'),
    "tagline": ("", '"Plain"'),
    "description": ("", '"Of tests."'),
    "posts_per_page": ("", "2", "3", "0"),
    "menu": ("", '[{ title = "Pay", url = "/sections/pay/" }]', '[{ title = "About", url = "/about.html" }]'),
    "sidebar": ("", '[{ block = "recent", on = "all" }]', '[{ block = "labels" }, { block = "promo" }]'),
    "permalinks.preset": ("", '"blogger"'),
    "feeds.content": ("", '"summary"'),
    "feeds.limit": ("", "2"),
    "comments.default": ("", '"closed"', '"off"'),
    "comments.provider": ("", '"none"'),
    "timezone": ("", '"America/Toronto"', '"Pacific/Kiritimati"'),
    "language": ("", '"en-GB"', '"de"'),
    "founded": ("", "2008-09-27"),
    "author": ("", '"ann"', '"Nobody"'),
    "credit": ("", '"Set in *type*."'),
    "theme": ("", '"small"', '"smal"'),
    "theme_options.drop_caps": ("", "false"),
    "theme_options.reading_time": ("", "true"),
    "markdown.smart_quotes": ("", "false"),
}
_TEXTS: Final[Mapping[str, Sequence[str]]] = {
    _ABOUT: (
        "---\ntitle: About\n---\nWe are.\n",
        "---\ntitle: About\nsummary: About us.\n---\nWe are.\n",
        "---\ntitle: Us\ntemplate: own.html\n---\nWe were.\n",
        "---\ntitle: About\ndraft: true\n---\n",
        "",
    ),
    "content/pages/404.md": ("", "---\ntitle: Lost\n---\nLook elsewhere.\n"),
    "content/authors/ann.md": (
        "---\nname: Ann\n---\nBio of Ann.\n",
        "---\nname: Ann\nshort: Writes.\n---\nOther bio.\n",
        "---\nname: Anna\n---\nBio of Ann.\n",
        "",
    ),
    "content/authors/bob.md": ("---\nname: Bob\n---\n", "---\nname: Bob\nrole: Editor\n---\nBio.\n", "---\nnam: Bob\n---\n"),
    "content/promos/guide.md": ("---\ntitle: Guide\n---\nRead it.\n", "---\ntitle: Guide\n---\nRead *on*.\n", ""),
    "content/promos/winter.md": (
        "---\ntitle: Winter\ndefault: true\nstarts: 2026-12-01 08:00\nends: 2027-06-01 00:00\n---\nCold.\n",
        "---\ntitle: Winter\nweight: 2\nmatch: {tags: [pay]}\nstarts: 2026-11-22 12:00:01\n---\nCold.\n",
        "---\ntitle: Winter\ndefault: true\nends: 2026-12-24\n---\nCold.\n",
    ),
    "content/comments/one.yaml": (
        "",
        "- {id: c1, author: Reader, date: 2026-02-01, body: <b>Yes</b>}\n",
        "- {id: c1, author: Reader, date: 2026-02-01, body: No}\n- {id: c2, author: R, date: 2026-02-02, body: x}\n",
        "- {id: c1, author: Reader}\n",
    ),
    "content/data/links.toml": ('first = "A"\n', 'first = "B"\n', "", "first = \n"),
    "content/data/more.json": ("", "null", "[1]", "[true]"),
    "content/static/robots.txt": ("", "User-agent: *\n", "User-agent: x\n"),
    "content/static/files": ("", "a file\n"),
    "content/static/files/a.txt": ("", "below a folder\n"),
    "content/static/index.html": ("", "in the way\n"),
    "content/posts/pic.svg": ("<svg/>", "<svg></svg>", ""),
    "content/posts/bundle/pic.svg": ("<svg/>", "<svg> </svg>"),
    "content/posts/bundle/notes.txt": ("", "Notes.\n"),
    _PARTIAL: (
        "",
        "<p>{{ site.data.links.first if 'links' in site.data else site.title }}</p>\n",
        "{% for post in site.recent %}{{ post.title }}{% endfor %}{{ site.words.about }}\n",
        "{{ 'more' if site.data.more is defined else 'none' }} {{ site.options.drop_caps }}\n",
        "{% include ['partials/gone.html', 'partials/extra.html'] ignore missing %}\n",
        "{% if %}\n",
        "{{ site.titel }}\n",
    ),
    f"{_THEME}/templates/partials/extra.html": ("", "<i>{{ site.tagline }}</i>\n"),
    f"{_THEME}/templates/own.html": ("", "<p>{{ page.title }} {{ page.extra.colour or '' }}</p>\n{{ page.content }}\n"),
    f"{_THEME}/static/theme.css": ("", "a { color: red }\n", 'a { background: url("gone.png") }\n'),
    f"{_THEME}/static/new.js": ("", "1;\n"),
    f"{_THEME}/i18n/en.toml": ("", 'about = "About This Paper"\n'),
    "themes/small/theme.toml": ('name = "small"\nparent = "newspaper"\n', 'name = "small"\n'),
    "themes/small/templates/post.html": ("<h1>{{ page.title }}</h1>\n{{ page.content }}\n", "{{ page.older.title }}\n"),
    "content/posts/.hidden": ("", "x"),
    "content/posts/new.md": ("", "---\ntitle: New\ndate: 2026-05-05\ntags: [jobs]\n---\n", "not a post\n"),
}
"""Files that are written whole; an empty text stands for no file."""

_POSTS: Final[Mapping[str, Fields]] = {
    "content/posts/one.md": {"title": "One", "date": "2026-01-01", "tags": "[pay]", "body": "First text."},
    "content/posts/two.md": {"title": "Two", "date": "2026-01-02", "category": "Money", "body": "Second."},
    "content/posts/three.md": {"title": "Three", "date": "2026-02-01", "author": "ann", "body": "Third.\n\n## Head"},
    "content/posts/bundle/index.md": {"title": "Four", "date": "2026-02-01", "body": "![P](pic.svg)"},
    "content/posts/soon.md": {"title": "Soon", "date": "2026-12-01 08:00:00", "body": "Later."},
    "content/drafts/idea.md": {"title": "Idea", "date": "2026-03-01", "body": "Not yet."},
}
_PLACES: Final = (
    *_POSTS,
    "content/posts/2026-04-01-dated.md",
    "content/posts/deep/two.md",
    "content/posts/one/index.md",
    "content/posts/ONE.md",
)
"""Where posts may lie; in some two of them cannot lie together."""


def _source(fields: Fields) -> str:
    front = "".join(f"{key}: {value}\n" for key, value in fields.items() if value and key != "body")
    return f"---\n{front}---\n\n{fields['body']}\n"


FILES: Final[Mapping[str, str]] = {path: _source(fields) for path, fields in _POSTS.items()} | {
    path: texts[0] for path, texts in _TEXTS.items() if texts[0]
}
"""The site that is edited."""


class Newsroom:
    """A site and the people who edit it. No edit can be mistaken for none: each changes the stamp of its file."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self._posts = {path: dict(fields) for path, fields in _POSTS.items()}
        self._deleted: dict[str, Fields] = {}
        self._config = {"title": '"The Test Post"', "url": '"https://test.example/"'}

    def apply(self, edit: Edit) -> None:
        """Make one edit."""
        name, what, value = edit
        _EDITS[name](self, what, value)

    def set_key(self, what: int, value: int, key: str) -> None:
        """Change one key of a post, or its body."""
        path, fields = self._pick_post(what)
        fields[key] = _POST_VALUES[key][value % len(_POST_VALUES[key])]
        self._write(path, _source(fields))

    def set_config(self, what: int, value: int) -> None:
        """Change one key of the configuration."""
        key = list(_CONFIG_VALUES)[what % len(_CONFIG_VALUES)]
        self._config[key] = _CONFIG_VALUES[key][value % len(_CONFIG_VALUES[key])]
        lines = (f"{key} = {value}\n" for key, value in sorted(self._config.items()) if value)
        self._write("sitegen.toml", "".join(lines))

    def set_file(self, what: int, value: int) -> None:
        """Write or delete a file that is no post."""
        path = list(_TEXTS)[what % len(_TEXTS)]
        self._write(path, _TEXTS[path][value % len(_TEXTS[path])])

    def touch(self, what: int, _: int) -> None:
        """Save a post as it is."""
        path, fields = self._pick_post(what)
        self._write(path, _source(fields))

    def delete(self, what: int, _: int) -> None:
        """Delete a post; the last one stays."""
        if len(self._posts) > 1:
            path, fields = self._pick_post(what)
            del self._posts[path]
            self._deleted[path] = fields
            self._write(path, "")

    def undelete(self, what: int, _: int) -> None:
        """Bring a post back as it was."""
        if self._deleted:
            path = sorted(self._deleted)[what % len(self._deleted)]
            self._put(path, self._deleted.pop(path))

    def rename(self, what: int, value: int) -> None:
        """Move a post, over another if there is one; its pictures stay where they are."""
        path, fields = self._pick_post(what)
        del self._posts[path]
        self._write(path, "")
        self._put(_PLACES[value % len(_PLACES)], fields)

    def add(self, what: int, value: int) -> None:
        """Write a new post."""
        title = _POST_VALUES["title"][value % len(_POST_VALUES["title"])]
        date = _POST_VALUES["date"][what % len(_POST_VALUES["date"])]
        self._put(_PLACES[value % len(_PLACES)], {"title": title, "date": date, "body": "Added."})

    def swap(self, what: int, value: int) -> None:
        """Let two posts change places; their files keep sizes and mtimes when they are alike."""
        (one, first), (other, second) = self._pick_post(what), self._pick_post(value)
        self._put(one, dict(second))
        self._put(other, dict(first))

    def _pick_post(self, what: int) -> tuple[str, Fields]:
        path = sorted(self._posts)[what % len(self._posts)]
        return path, self._posts[path]

    def _put(self, path: str, fields: Fields) -> None:
        self._posts[path] = fields
        self._write(path, _source(fields))

    def _write(self, path: str, text: str) -> None:
        """Write a file, or delete it and the folders that are empty then."""
        file = self.site.root / path
        if any(parent.is_file() for parent in file.parents) or file.is_dir():
            return  # `files` and `files/a.txt`: whichever is there first
        if text:
            replaced(file, text.encode())
            return
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder.name in {"content", "themes"} or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()


def replaced(file: os.PathLike[str], data: bytes) -> None:
    """Write a file so that its stamp differs from the one before: within one tick of the clock it would not."""
    before = stamp_of(file)
    os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
    while True:
        with open(file, "wb") as stream:  # noqa: PTH123
            stream.write(data)
        if stamp_of(file) != before:
            return


def _setting(key: str) -> Callable[[Newsroom, int, int], None]:
    return lambda room, what, value: room.set_key(what, value, key)


_EDITS: Final[Mapping[str, Callable[[Newsroom, int, int], None]]] = {
    **{key: _setting(key) for key in _POST_VALUES},
    "config": Newsroom.set_config,
    "file": Newsroom.set_file,
    "touch": Newsroom.touch,
    "delete": Newsroom.delete,
    "undelete": Newsroom.undelete,
    "rename": Newsroom.rename,
    "add": Newsroom.add,
    "swap": Newsroom.swap,
}
# Files and settings are many, so they are drawn as often as the keys of posts together.
_NAMES: Final = [*_EDITS, *["file"] * 14, *["config"] * 8, *["body", "title", "delete", "rename"] * 2]
EDITS: Final[st.SearchStrategy[Edit]] = st.tuples(st.sampled_from(_NAMES), st.integers(0, 60), st.integers(0, 9))
assert PLAIN_CONFIG == 'title = "The Test Post"\nurl = "https://test.example/"\n'
