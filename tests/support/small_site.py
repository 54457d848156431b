"""A small site that uses everything a site can have: for the promises that are about whole builds."""

from collections.abc import Mapping
from typing import Final

from tiny import post

__all__ = ["SMALL", "SMALL_CONFIG"]

SMALL_CONFIG: Final = """
tagline = "All of it, in small"
description = "Every feature once."
timezone = "America/Toronto"
founded = 2008-09-27
author = "ann"
posts_per_page = 3
menu = [{ title = "Pay", url = "/sections/pay/" }, { title = "About", url = "/about.html" }]
"""

_BODY = """\
First *paragraph* with "quotes", a [link](b.md#part), a [path](/about.html) and a note[^1]. It is long enough to be cut.

<!-- more -->

## Part

| a | b |
|---|--:|
| c | 1 |

```python
def f(x: int) -> int:
    return x + 1
```

> A quote -- with a dash...

!!! note "Mind"
    This.

![A desk](desk.png "At work")

[^1]: The note.
"""

_COMMENTS = """\
- {id: c1, author: Reader, url: "https://reader.example/", date: 2026-02-01 10:00, body: "<p>Yes &amp; no.</p>"}
- {id: c2, author: Other, date: 2026-02-01 11:00, body: "<b>Why?</b>", reply_to: c1}
"""

SMALL: Final[Mapping[str, str | bytes]] = {
    "content/posts/a.md": post(
        "A & B", "2026-01-31 23:30", _BODY, tags="[C++, Été, pay]", category="Pay", promo="guide"
    ),
    "content/posts/b.md": post("B", "2026-01-31 09:00", "## Part\n\nText.", tags="[pay, zebra]", author="Ann"),
    "content/posts/c.md": post("C", "2026-01-31 09:00", series="S", tags="[Zebra, ångström]", authors="[bob, Carl]"),
    "content/posts/d.md": post("D", "2025-12-31", series="S", updated="2026-02-02", summary="A *summary*."),
    "content/posts/e/index.md": post("E", "2024-02-29 12:00:00 +09:00", "![x](p.png)", image="{src: p.png, alt: P}"),
    "content/posts/e/p.png": b"\x89PNG e",
    "content/posts/2008-09-27-f.md": post("F", "2008-09-27", category="Pay", aliases="[/old/f.html, /older/]"),
    "content/posts/g.md": post("日本", "2026-03-08 02:30", slug="japan", tags="[日本, 中国]", comments="'off'"),
    "content/posts/h.md": post("H", "2026-11-01 01:30", featured="true", unlisted="false"),
    "content/posts/i.md": post("I", "2026-05-05", unlisted="true"),
    "content/posts/j.md": post("J", "2026-05-06", promo="{title: Inline, body: Text.}", lang="fr"),
    "content/posts/k.md": post("K", "2026-05-07", permalink="/special/k/", id="https://old.example/k"),
    "content/posts/l.md": post("L", "2026-05-08", "http://a.example and **bold**.", author="{name: Guest, bio: Hi.}"),
    "content/posts/soon.md": post("Soon", "2026-12-24 08:00", tags="[pay]"),
    "content/posts/gone.md": post("Gone", "2026-05-09", expires="2026-06-01"),
    "content/drafts/idea.md": post("Idea"),
    "content/posts/desk.png": b"\x89PNG desk",
    "content/pages/about.md": "---\ntitle: About\nsummary: About us.\n---\nWe are.\n",
    "content/authors/ann.md": "---\nname: Ann\nshort: Writes.\nemail: ann@test.example\n---\nBio of Ann.\n",
    "content/authors/bob.md": "---\nname: Bob\n---\n",
    "content/promos/guide.md": "---\ntitle: The guide\nurl: /about.html\n---\nRead it.\n",
    "content/promos/winter.md": "---\ntitle: Winter\ndefault: true\nstarts: 2026-12-01\nends: 2027-02-28\n---\nCold.\n",
    "content/comments/a.yaml": _COMMENTS,
    "content/data/team.toml": 'lead = "Ann"\n',
    "content/static/.well-known/security.txt": b"Contact: mailto:ann@test.example\n",
    "content/static/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
}  # fmt: skip
