"""Every state that a page of the newspaper can be in, as sites small enough to read: THEME.md, section 9.

`STATES` names them; `paper_of` plans the site that a state is a page of. Nothing is written but into a temporary
folder that is gone when the site has been read.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import Edition, plan_edition
from sitegen.reading import Selection
from sitegen.view import CommentsView, Walk

__all__ = ["STATES", "Paper", "State", "paper_of"]

_WORD: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft2026"
_PROSE: Final = (
    "Most people send their follow-up too late, and then they send too much of it. A note that arrives within a day, "
    "thanks one person for one thing, and adds a single fact they did not have is read; the rest is filed.\n\n"
    "Write it the same evening, while you still remember the questions. Say what you learned, correct the one answer "
    "you would give differently now, and name the day on which you will call. Then call on that day, at that hour, and "
    "say at once why you call. Nobody was ever turned down for a short thank you, and hardly anybody for a second one; "
    "a third, though, is a letter about yourself. If nothing comes back, leave it: silence is an answer too, and the "
    "next letter is better spent on another firm.\n\n"
    "None of this replaces work. It buys a little time, and a date.\n"
)
_ARABIC: Final = (
    "يرسل معظم الناس رسالة الشكر متأخرين، ثم يكتبون فيها أكثر مما ينبغي. أما الرسالة التي تصل خلال يوم واحد، وتشكر "
    "شخصًا واحدًا على أمر واحد، فتُقرأ كلها؛ والباقي يُحفظ في الملفات. اكتبها في المساء نفسه ما دمت تذكر الأسئلة، "
    "واذكر اليوم الذي ستتصل فيه، ثم اتصل (call) في ذلك اليوم.\n"
)
_HEBREW: Final = (
    "רוב האנשים שולחים מכתב תודה מאוחר מדי, ואז כותבים בו יותר מדי. מכתב קצר שמגיע תוך יום נקרא עד סופו.\n" * 3
)
_HINDI: Final = "अधिकतर लोग धन्यवाद पत्र बहुत देर से भेजते हैं, और फिर उसमें बहुत अधिक लिखते हैं। छोटा पत्र पूरा पढ़ा जाता है।\n" * 3
_CHINESE: Final = (
    "大多数人寄感谢信太晚、而且写得太多。一天之内送到、只为一件事感谢一个人的短信会被读完。其余的都会被归档。" * 4
    + "\n"
)


def _picture(width: int, height: int) -> str:
    """A drawing with a frame and a circle: what is cropped or stretched shows."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<rect width="100%" height="100%" fill="#c9d6df"/><rect x="2%" y="2%" width="96%" height="96%" fill="none" '
        f'stroke="#234" stroke-width="{max(width, height) / 100}"/><circle cx="50%" cy="50%" '
        f'r="{min(width, height) / 3}" fill="#a3201d"/></svg>'
    )


_SIZES: Final = {"wide": (1200, 800), "portrait": (800, 1200), "panorama": (2400, 400), "tiny": (24, 16)}
_TABLE: Final = "\n".join(
    "| " + " | ".join(cells) + " |"
    for cells in (
        [f"Column {n}" for n in range(12)],
        ["---", *["--:"] * 11],
        *([f"Row {row}", *[f"{row * n:,}" for n in range(1000, 1011)]] for row in range(1, 6)),
    )
)
_FURNISHED: Final = f"""\
{_PROSE}
## Five things to say

1. Thank the person by name.[^name]
2. Name what you talked about.
    - the firm
    - the people
3. Add one fact.[^fact]

> Nobody was ever turned down for a short thank you.
{{: .pull }}

Others say:

> “We never reply to the third letter.”
>
> <cite>A recruiter</cite>

### By the numbers

| Sent | Answered |
|------|---------:|
| Same day | 62 % |
| Next week | 11 % |
/// caption
Answers to 400 letters. Source: our readers
///

#### In code

```python
def thank(name: str) -> str:  # short
    return "Thank you, " + name
```

!!! warning "Mind the date"
    A letter of the third week looks like a reminder.

/// details | What if nobody answers?
Then write to the next firm.
///

##### Words

Follow-up
:   A letter after an interview.

###### Tasks

- [x] Write
- [ ] Post

![A red circle](wide.svg "The desk. Photo: C. Mueller")

Press <kbd>Enter</kbd>, H~2~O, ==marked==, ~~deleted~~. {_PROSE}

[^name]: Spelled as on the card.
[^fact]: A note that is longer than the line it belongs to, so that the next one has to make room for it, and
    with a second sentence.

    And a second paragraph.
"""
_NESTED: Final = "".join(f"{'    ' * depth}- Level {depth + 1}\n" for depth in range(10))
_LONG: Final = "".join(f"## Part {n}\n\n{_PROSE * 8}\n\n" for n in range(1, 18))
_NOTED: Final = (
    "".join(f"Said[^{n}] here. " for n in range(1, 13))
    + f"\n\n{_PROSE * 3}\n\n"
    + "".join(f"[^{n}]: Note {n}, which needs more than one line beside the text.\n" for n in range(1, 13))
)
_KEYS: Final = {
    "author": "Ann Example",
    "summary": "What to write after an interview, and when.",
    "category": "Interviews",
    "tags": "[phone]",
}


def _article(title: str, body: str = _PROSE, date: str = "2026-11-02 08:30", **keys: str) -> str:
    return post(title, date, body, **{name: value for name, value in (_KEYS | keys).items() if value})


_ARTICLES: Final[Mapping[str, str]] = {
    "plain": _article("How to thank somebody"),
    "furnished": _article("A post with everything that Markdown makes", _FURNISHED, updated="2026-11-09",
                          series="Letters",
                          image="{src: wide.svg, alt: A circle, caption: The desk., credit: C. Mueller}"),
    "second-part": _article("The second letter", date="2026-11-03", series="Letters"),
    "old": _article("From another time", date="2012-05-08"),
    "no-author": _article("Nobody wrote this", author=""),
    "five-authors": _article("Written by five", author="", authors="[ann, bob, Carla Long-Hyphenated, Dora, Emil]"),
    "no-category": _article("Filed nowhere", category="", tags=""),
    "thirty-tags": _article("Filed everywhere", tags=f"[{', '.join(f'label number {n}' for n in range(30))}]"),
    "one-word": _article("Thanks"),
    "long-title": _article(("A title that goes on and on, " * 11)[:299].strip()),
    "long-word": _article(_WORD, summary=_WORD, category=_WORD[:40], tags=f"[{_WORD}]"),
    "markup-title": _article('"C++ & <b>"'),
    "emoji": _article("🎉🎈", slug="emoji"),
    "no-dek": _article("Without a dek", summary=""),
    "long-dek": _article("A dek of 600 characters", summary=("All of it is said here already. " * 19)[:600].strip()),
    **{
        f"picture-{name}": _article(f"A {name} picture", image=f"{{src: {name}.svg, alt: A circle}}",
                                    body=f"![A circle]({name}.svg)\n\n{_PROSE}")
        for name in _SIZES
    },
    "picture-undescribed": _article("A picture without words", f"![](wide.svg)\n\n{_PROSE}"),
    "picture-broken": _article("A picture that is none", image="{src: broken.png, alt: What it would show}"),
    "empty": _article("Nothing to read", ""),
    "one-line": _article("One line", "That is all."),
    "very-long": _article("Twenty thousand words", _LONG),
    "starts-with-quote": _article("Starts with a quotation", f'"No," she said. {_PROSE}'),
    "starts-with-list": _article("Starts with a list", f"- one\n- two\n\n{_PROSE}"),
    "starts-with-heading": _article("Starts with a heading", f"## First\n\n{_PROSE}"),
    "starts-with-picture": _article("Starts with a picture", f'![A circle](wide.svg "Caption")\n\n{_PROSE}'),
    "starts-with-code": _article("Starts with code", f"```\nx = 1\n```\n\n{_PROSE}"),
    "wide-table": _article("Twelve columns", f"{_TABLE}\n\n{_PROSE}"),
    "wide-code": _article("Two hundred columns", f"```\n{'0123456789' * 20}\n```\n\n{_PROSE}"),
    "deep-list": _article("Ten levels", f"{_NESTED}\n\n{_PROSE}"),
    "many-notes": _article("Many notes", _NOTED),
    "comments-1": _article("One comment"),
    "comments-40": _article("Forty comments"),
    "comments-closed": _article("No more comments", comments="closed"),
    "comments-off": _article("No comments at all", comments="'off'"),
    "promos": _article("Three promos", promos="[book, course, letter]"),
    "arabic": _article("كيف تكتب رسالة شكر بعد المقابلة", _ARABIC * 4, lang="ar", slug="arabic", summary=_ARABIC[:80]),
    "hebrew": _article("איך כותבים מכתב תודה", _HEBREW, lang="he", slug="hebrew", summary=""),
    "hindi": _article("धन्यवाद पत्र कैसे लिखें", _HINDI, lang="hi", slug="hindi", summary=""),
    "chinese": _article("面试之后怎样写感谢信", _CHINESE, lang="zh", slug="chinese", summary=""),
    "german": _article("Rechtsschutzversicherungsgesellschaften antworten selten", f"Die {_WORD} antwortet. " * 12,
                       lang="de", slug="german", summary=""),
    "mixed": _article("C++ ועברית in one title", f"{_HEBREW}\n\n{_PROSE}", slug="mixed", summary=""),
    "draft": _article("Not ready", draft="true"),
    "scheduled": _article("Next year", date="2027-01-04"),
    "expired": _article("Over", expires="2026-11-10"),
}  # fmt: skip
"""Posts of one site, each in a state of its own, by slug."""


def _comment(number: int, reply_to: int = 0) -> str:
    answer = f", reply_to: 'c{reply_to}'" if reply_to else ""
    return (
        f"- {{id: c{number}, author: Reader {number}, date: 2026-11-{3 + number % 20:02} 10:00, "
        f"body: '<p>Letter {number}: it worked.</p>'{answer}}}\n"
    )


def _articles() -> Iterator[tuple[str, str]]:
    for slug, text in _ARTICLES.items():
        yield f"content/posts/{slug}/index.md", text
        for name, size in _SIZES.items():
            if f"{name}.svg" in text:
                yield f"content/posts/{slug}/{name}.svg", _picture(*size)
    yield "content/posts/picture-broken/broken.png", "no picture"
    yield "content/comments/comments-1.yaml", _comment(1)
    yield "content/comments/comments-closed.yaml", _comment(1) + _comment(2)
    # Each tenth starts a thread, in which each answers the one before it.
    yield "content/comments/comments-40.yaml", "".join(_comment(n, n - 1 if n % 10 else 0) for n in range(40))
    yield (
        "content/authors/ann.md",
        "---\nname: Ann Example\nrole: Editor\nphoto: ann.svg\n---\n\nAnn has *edited* for years.\n",
    )
    yield "content/authors/ann.svg", _picture(64, 64)
    yield "content/authors/bob.md", "---\nname: Bob\n---\n"
    for name in ("book", "course", "letter"):
        yield f"content/promos/{name}.md", f"---\ntitle: The {name}\nurl: https://{name}.example/\n---\n\nRead *it*.\n"
    yield "content/pages/about.md", "---\ntitle: About\n---\n\nWe write about work. <me@test.example>\n"


def _day(number: int) -> str:
    return f"{2026 - number % 12}-{11 - number % 11:02}-{1 + number % 21:02}"


def _posts(count: int) -> dict[str, str]:
    """Posts of as many days, the newest today; beyond some years, they share days."""
    return {
        f"content/posts/{n}.md": _article(f"Story number {n}", _PROSE, _day(n))
        for n in range(count)
    }  # fmt: skip


_ONE_DAY: Final = {
    f"content/posts/{n}.md": _article(f"Story number {n}", date=f"2026-11-20 08:{n:02}") for n in range(40)
}
_SECTIONS: Final = {f"content/posts/{n}.md": _article(f"Story {n}", category=f"Section {n}") for n in range(15)}
_PICTURES: Final = {
    **{f"content/posts/{n}/index.md": _article(f"Story {n}", image="{src: p.svg, alt: A circle}") for n in range(12)},
    **{f"content/posts/{n}/p.svg": _picture(*list(_SIZES.values())[n % 4]) for n in range(12)},
}  # fmt: skip
_GAP: Final = {
    "content/posts/new.md": _article("After a long silence"),
    "content/posts/old.md": _article("Before it", date="2024-01-05"),
}
_PHOTOGRAPHED: Final = {
    **_posts(4),
    "content/posts/lead/index.md": _article("A lead picture", date="2026-11-21", image="{src: p.svg, alt: A circle}"),
    "content/posts/lead/p.svg": _picture(1200, 800),
}  # fmt: skip
_ARABIC_NEWS: Final = {
    f"content/posts/{n}.md": _article("كيف تكتب رسالة شكر بعد المقابلة", _ARABIC * 4, f"2026-11-{20 - n:02}",
                                      slug=f"s{n}", category="مقابلات", summary="", tags="[هاتف]")
    for n in range(8)
}  # fmt: skip
_DISCUSSED: Final = {
    **_posts(3),
    "content/comments/0.yaml": "".join(_comment(n) for n in range(1234)),
    "content/comments/1.yaml": _comment(1) + _comment(2),
}
_PROMOTED: Final = {
    "content/promos/book.md": "---\ntitle: The book\ndefault: true\nurl: /feeds/\n---\n\nThe questions.\n"
}

_SITES: Final[Mapping[str, tuple[Mapping[str, str], str]]] = {
    "posts-0": ({}, ""),
    "posts-1": (_posts(1), ""),
    "posts-2": (_posts(2), ""),
    "posts-5": (_posts(5), ""),
    "posts-1000": (_posts(1000) | _PROMOTED, 'tagline = "All of it"\n'),
    "one-day": (_ONE_DAY, "posts_per_page = 40\n"),
    "gap": (_GAP, ""),
    "sections-15": (_SECTIONS, ""),
    "pictures": (_PICTURES, ""),
    "lead-picture": (_PHOTOGRAPHED, ""),
    "short-name": (_posts(3), 'title = "Era"\n'),
    "long-name": (_posts(3), 'title = "The Intelligencer of Longtitleshire and of the Nine Parishes"\n'),
    "comments-1234": (_DISCUSSED, ""),
    "arabic-site": (_ARABIC_NEWS, 'title = "جريدة المهن"\nlanguage = "ar"\n'),
    "articles": (dict(_articles()), 'founded = 2008-09-27\npermalinks = { post = "/{slug}.html" }\n'),
}
"""Files and configuration by name of the site."""


@dataclass(frozen=True, slots=True)
class State:
    """A page of a site."""

    site: str
    url: str


def _states() -> Iterator[tuple[str, State]]:
    for name in _SITES:
        yield f"front-{name}", State(name, "/")
    yield "page-2", State("posts-1000", "/page/2/")
    yield "archive", State("posts-1000", "/archive/")
    yield "archive-with-a-gap", State("gap", "/archive/")
    yield "year", State("posts-1000", "/2020/")
    yield "month", State("posts-1000", "/2026/11/")
    yield "day", State("one-day", "/2026/11/20/")
    yield "section", State("posts-1000", "/sections/interviews/")
    yield "tag", State("articles", "/tags/phone/")
    yield "author", State("articles", "/authors/ann/")
    yield "feeds", State("articles", "/feeds/")
    yield "page", State("articles", "/about.html")
    yield "not-found", State("articles", "/404.html")
    yield "arabic-post", State("arabic-site", "/2026/11/s0.html")
    for slug in _ARTICLES:
        yield f"post-{slug}", State("articles", f"/{slug}.html")
    yield "post-comments-1234", State("comments-1234", "/2026/11/0.html")
    yield "front-comments-unknown", State("comments-unknown", "/")
    yield "post-comments-unknown", State("comments-unknown", "/2026/11/0.html")
    yield "demo-front", State("demo", "/")
    yield "demo-post", State("demo", "/2008/09/job-interview-follow-up.html")


STATES: Final[Mapping[str, State]] = dict(_states())


@dataclass(frozen=True, slots=True)
class Paper:
    """A site, ready to be read: its folder is gone."""

    edition: Edition
    copies: Mapping[str, bytes]
    """Files that are published as they are, by address."""

    def file(self, url: str) -> bytes | None:
        """Return the file at an address below the site's, if there is one."""
        if url in self.copies:
            return self.copies[url]
        route = self.edition.plan.by_url.get(url)
        return self.edition.render(route) if route else None


@cache
def paper_of(name: str) -> Paper:
    """Plan a site with drafts and with what is not due yet or no longer, the preview's view of it; or one of others."""
    if name in _OTHERS:
        return _OTHERS[name]()
    files, config = _SITES[name]
    titled = PLAIN_CONFIG if "title =" not in config else 'url = "https://test.example/"\n'
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        SiteFolder(root, files, titled + config)
        return _planned(root, Selection(now=NOW, drafts=True, future=True, expired=True))


def _planned(root: Path, selection: Selection) -> Paper:
    edition = plan_edition(root, selection)
    copies = {route.url: edition.render(route) for route in edition.plan.routes if route.template == "copy"}
    return Paper(edition, copies)


def _uncounted(paper: Paper) -> Paper:
    def change(comments: CommentsView) -> CommentsView:
        return replace(comments, text="Comments", count=-1)

    plan, walk = paper.edition.plan, Walk(CommentsView)
    routes = tuple(replace(route, view=walk.replaced(route.view, change)) for route in plan.routes)
    return replace(paper, edition=replace(paper.edition, plan=replace(plan, routes=routes)))


_OTHERS: Final[Mapping[str, Callable[[], Paper]]] = {
    # Nothing that is written can bring this about yet: only a live service leaves a count unknown.
    "comments-unknown": lambda: _uncounted(paper_of("posts-5")),
    # The checkout's own content/, as it is published.
    "demo": lambda: _planned(Path(__file__).parents[2], Selection(now=NOW)),
}
"""Sites that are made in another way than from a few files."""
