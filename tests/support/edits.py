"""Random edits of a site, as writers and designers make them: right ones, and ones that stop a build.

An edit is its name and two numbers: the first picks what is edited, the second what becomes of it. So a history is
plain data that hypothesis can draw, shrink and print.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hypothesis import strategies as st

from sitegen.freshness import stamp_of

__all__ = ["EDITS", "MOMENTS", "Desk", "Edit", "Newsroom", "write"]

Edit = tuple[str, int, int]
Fields = dict[str, str]

_ABOUT: Final = "content/pages/about.md"
_THEME: Final = "themes/newspaper"
_PARTIAL: Final = f"{_THEME}/templates/partials/footer.html"
_LONG: Final = " ".join(f"This is sentence number {number} of the opening." for number in range(40))

MOMENTS: Final = (
    "2026-06-01 00:00:00", "2026-11-22 11:59:59", "2026-11-22 12:00:00", "2026-11-22 12:00:01",
    "2026-12-01 08:00:00", "2026-12-25 00:00:00", "2027-06-01 00:00:00",
)  # fmt: skip
"""Moments in UTC, around the one at which tests build, at which posts and promos of these sites may change."""

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
        # What is edited behind the opening is published without planning anything.
        *(f"{_LONG}\n\nIt ends [{end}](/about.html)." for end in ("here", "there", "*at last*")),
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
    "theme_options.skin": ("", '"night"', '"nigt"'),
    "theme_options.tokens": ("", '{ hair = "#808080" }', '{ ink = "#808080" }'),
    "markdown.typography": ("", "false"),
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
    "content/authors/bob.md": (
        "---\nname: Bob\n---\n",
        "---\nname: Bob\nrole: Editor\n---\nBio.\n",
        "---\nnam: Bob\n---\n",
    ),
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
    f"{_THEME}/static/tokens.css": ("", ":root { --hair: #777 }\n", ":root { --hiar: #777 }\n"),
    f"{_THEME}/templates/partials/footer.html": (
        "",
        '{% include "parent:partials/footer.html" %}\n<p>{{ site.url }}</p>\n',
        '{% include "parent:partials/gone.html" %}\n',
    ),
    f"{_THEME}/templates/page.html": (
        "",
        '{% extends "parent:page.html" %}\n{% block main %}{{ super() }}!{% endblock %}\n',
        '{% extends "parent:page.html" %}\n{% block gone %}{% endblock %}\n',
    ),
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
_CONFIG: Final = {"title": '"The Test Post"', "url": '"https://test.example/"'}
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


@dataclass
class Desk:
    """Everything that is written, as the people who write it think of it."""

    posts: dict[str, Fields]
    deleted: dict[str, Fields]
    texts: dict[str, str]
    config: dict[str, str]

    def apply(self, edit: Edit) -> None:
        """Make one edit."""
        name, what, value = edit
        _EDITS[name](self, what, value)

    def set_key(self, what: int, value: int, key: str) -> None:
        """Change one key of a post, or its body."""
        self.posts[self._pick(what)][key] = _POST_VALUES[key][value % len(_POST_VALUES[key])]

    def set_config(self, what: int, value: int) -> None:
        """Change one key of the configuration."""
        key = list(_CONFIG_VALUES)[what % len(_CONFIG_VALUES)]
        self.config[key] = _CONFIG_VALUES[key][value % len(_CONFIG_VALUES[key])]

    def set_text(self, what: int, value: int) -> None:
        """Change, add or delete a file that is no post."""
        path = list(_TEXTS)[what % len(_TEXTS)]
        self.texts[path] = _TEXTS[path][value % len(_TEXTS[path])]

    def add(self, what: int, value: int) -> None:
        """Write a new post."""
        title, date = ("New", "Newer")[value % 2], _POST_VALUES["date"][what % len(_POST_VALUES["date"])]
        self.posts[_PLACES[value % len(_PLACES)]] = {"title": title, "date": date, "body": "Added."}

    def delete(self, what: int, _: int) -> None:
        """Delete a post; the last one stays."""
        if len(self.posts) > 1:
            path = self._pick(what)
            self.deleted[path] = self.posts.pop(path)

    def undelete(self, what: int, _: int) -> None:
        """Bring a post back as it was."""
        if self.deleted:
            path = sorted(self.deleted)[what % len(self.deleted)]
            self.posts[path] = self.deleted.pop(path)

    def rename(self, what: int, value: int) -> None:
        """Move a post, over another if there is one; its pictures stay where they are."""
        self.posts[_PLACES[value % len(_PLACES)]] = self.posts.pop(self._pick(what))

    def swap(self, what: int, value: int) -> None:
        """Let two posts change places."""
        one, other = self._pick(what), self._pick(value)
        self.posts[one], self.posts[other] = self.posts[other], self.posts[one]

    def files(self) -> dict[str, bytes]:
        """Return the files of the site, by path below its folder."""
        config = "".join(f"{key} = {value}\n" for key, value in self.config.items() if value)
        texts = {path: text for path, text in self.texts.items() if text}
        if "content/static/files" in texts:
            texts.pop("content/static/files/a.txt", None)
        posts = {path: _source(fields) for path, fields in self.posts.items()}
        return {path: text.encode() for path, text in ({"sitegen.toml": config} | texts | posts).items()}

    def _pick(self, what: int) -> str:
        return sorted(self.posts)[what % len(self.posts)]


class Newsroom:
    """A site in a folder, and the people who edit it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.desk = Desk(deepcopy(dict(_POSTS)), {}, {path: texts[0] for path, texts in _TEXTS.items()}, dict(_CONFIG))
        self._saved: dict[str, bytes] = {}
        self.save()

    def save(self) -> None:
        """Bring the folder to what is on the desk; files that have not changed are left alone."""
        wanted = self.desk.files()
        for path in self._saved.keys() - wanted.keys():
            _delete(self.root / path, self.root)
        for path, data in wanted.items():
            if self._saved.get(path) != data:
                write(self.root / path, data)
        self._saved = wanted

    def touch(self, times: Sequence[int]) -> None:
        """Save all files once more as they are, with these mtimes in turn (nanoseconds since 1970), or those of now."""
        for number, (path, data) in enumerate(self._saved.items()):
            write(self.root / path, data)
            if times:
                os.utime(self.root / path, ns=(0, times[number % len(times)]))


def write(file: Path, data: bytes) -> None:
    """Write a file so that its stamp differs from the one before: within one tick of the clock it might not."""
    before = stamp_of(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    while stamp_of(file) == before:
        os.utime(file)


def _delete(file: Path, root: Path) -> None:
    """Delete a file, and the folders that are empty then."""
    file.unlink()
    for folder in file.parents:
        if folder.parent == root or any(folder.iterdir()):
            break
        folder.rmdir()


def _setting(key: str) -> Callable[[Desk, int, int], None]:
    return lambda desk, what, value: desk.set_key(what, value, key)


_EDITS: Final[Mapping[str, Callable[[Desk, int, int], None]]] = {
    **{key: _setting(key) for key in _POST_VALUES},
    "config": Desk.set_config,
    "text": Desk.set_text,
    "add": Desk.add,
    "delete": Desk.delete,
    "undelete": Desk.undelete,
    "rename": Desk.rename,
    "swap": Desk.swap,
}
# Texts and settings are many, so they are drawn as often as the keys of posts together.
_NAMES: Final = [*_EDITS, *["text"] * 14, *["config"] * 8, *["body", "title", "delete", "rename"] * 2]
EDITS: Final[st.SearchStrategy[Edit]] = st.tuples(st.sampled_from(_NAMES), st.integers(0, 60), st.integers(0, 9))
