"""Sites in the states that a theme must hold in: empty and full, short and long, in every script and direction.

Each is what a writer could have written. They are made here by code, so that a theme is checked through everything
that a build does.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from sitegen.checking.manuscripts import BODIES, PICTURES, TITLES
from sitegen.records import dataclass

__all__ = ["NOW", "StateSite", "state_sites"]

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
"""When the sites are built."""

_FIRST = date(2024, 1, 31)
_MANY = 1000
_BLOCKS = ("about", "recent", "labels", "archive")


@dataclass(frozen=True, slots=True)
class StateSite:
    """A site in one state."""

    name: str
    config: str
    """The text of its sitegen.toml."""
    files: Mapping[str, str]
    """Text by path below its folder."""
    language: str = "en"


def state_sites() -> Iterator[StateSite]:
    """Yield all states, the plainest first."""
    yield _site("no post", {})
    for number in (1, 2, 5):
        yield _site(f"{number} posts" if number > 1 else "1 post", _posts(number))
    yield _site("40 posts on one day", _posts(40, step=0))
    yield _site(f"{_MANY:,} posts", _posts(_MANY), "posts_per_page = 10\n")
    yield _site("titles and texts of every kind", _texts())
    yield _site("people, comments, promos and pictures", _furniture(), _furniture_config())
    yield _site(
        "15 sections", _sections(15), 'title = "The Quarterly Journal of Everything That Is Ever Printed Here"\n'
    )
    yield _site("1 section and a name of 3 letters", _posts(3), 'title = "Now"\n')
    yield _site("no comments, a page for lost readers", _quiet(), 'comments = { provider = "none" }\n')
    yield _site("from right to left", _posts(3) | _furniture(), _furniture_config(), language="ar")
    yield _site("in German", _posts(3) | _quiet(), language="de")


def _site(name: str, files: Mapping[str, str], config: str = "", language: str = "en") -> StateSite:
    title = "" if "title =" in config.split("[")[0].split("menu")[0] else 'title = "The State of Things"\n'
    head = f'{title}url = "https://state.example/"\nlanguage = "{language}"\n'
    return StateSite(name, head + config, {"content/pages/about.md": _page("About"), **files}, language)


def _posts(number: int, step: int = 1) -> dict[str, str]:
    """Return so many short posts, `step` days apart; a year without any lies before the newest."""
    days = [_FIRST - timedelta(days=step * at + (400 if at and step else 0)) for at in range(number)]
    return {f"content/posts/n{at}.md": _post(f"Post number {at}", day, "A short text.") for at, day in enumerate(days)}


def _texts() -> dict[str, str]:
    titles = {f"content/posts/t{at}.md": _post(title, _day(at), **keys) for at, (title, keys) in enumerate(TITLES)}
    bodies = {
        f"content/posts/b{at}.md": _post(f"A text with {name}", _day(at), text)
        for at, (name, text) in enumerate(BODIES.items())
    }
    return {**PICTURES, **titles, **bodies}


def _furniture() -> dict[str, str]:
    bare = {"category": "Bare", "comments": "off", "promo": "none"}
    full = {
        "author": "[ann, bob, Cay, Dee, Eve]",
        "tags": "[" + ", ".join(f"label {n}" for n in range(30)) + "]",
        "summary": "A long summary. " * 40,
        "updated": "2025-01-01",
        "image": '{src: tall.svg, alt: A tower, caption: "The *tower*.", credit: Ann}',
        "promos": "[book, letter]",
        "series": "Parts",
        "featured": "true",
    }
    posts = {
        "full": _post("Everything at once", _day(9), BODIES["headings"], **full),
        "bare": _post("Nothing at all", _day(8), "", **bare),
        "bob": _post("An author without a bio", _day(7), author="bob", series="Parts", comments="closed"),
        "wide": _post("A wide picture", _day(6), image="{src: wide.svg, alt: A street}", author="ann"),
        "tiny": _post("A small picture", _day(5), image="{src: tiny.svg, alt: A dot}", tags="[label 1]"),
        "secret": _post("Unlisted", _day(4), unlisted="true", category="Hidden", tags="[hidden]"),
        "draft": _post("A draft", _day(3), draft="true"),
        "soon": _post("Scheduled", date(2027, 1, 1)),
        "gone": _post("Expired", _day(2), expires="2024-06-01"),
    }
    files = {f"content/posts/{name}.md": text for name, text in posts.items()}
    comments = {"full": 1234, "bob": 1, "wide": 2}
    files |= {f"content/comments/{name}.yaml": _comments(number) for name, number in comments.items()}
    return {**files, **PICTURES, **_PEOPLE}


_PEOPLE = {
    "content/authors/ann.md": "---\nname: Ann\nrole: Editor\nphoto: ../posts/tiny.svg\nurl: https://ann.example/\n"
    "same_as: [https://people.example/@ann]\n---\nAnn *writes*.\n",
    "content/authors/bob.md": "---\nname: Bob\n---\n",
    "content/promos/book.md": "---\ntitle: The book\nurl: https://book.example/\n"
    "image: {src: ../posts/wide.svg, alt: Its cover}\ndefault: true\n---\nBuy it. It has *pages*.\n",
    "content/promos/side.md": "---\ntitle: On the side\n---\nRead this too.\n",
    "content/promos/letter.md": "---\ntitle: The letter\nlabel: From us\n---\nRead it.\n",
}


def _furniture_config() -> str:
    blocks = [f'{{ block = "{block}", on = "all" }}' for block in _BLOCKS]
    blocks += ['{ block = "text", title = "Hello", body = "Some *text*." }', '{ block = "promo", body = "side" }']
    return (
        'tagline = "All of it"\ndescription = "Every state there is."\nfounded = 2001-02-03\n'
        'menu = [{ title = "Start", url = "/" }, { title = "About", url = "/about.html" }]\n'
        f"sidebar = [{', '.join(blocks)}]\n"
    )


def _sections(number: int) -> dict[str, str]:
    return {
        f"content/posts/s{at}.md": _post(f"Of section {at}", _day(at), category=f"The section that has number {at}")
        for at in range(number)
    }


def _quiet() -> dict[str, str]:
    pages = {"content/pages/404.md": _page("Lost"), "content/pages/deep/down.md": _page("A page", BODIES["headings"])}
    return _posts(1) | pages


def _day(at: int) -> date:
    return _FIRST - timedelta(days=11 * at)


def _post(title: str, day: date, text: str = "A short text.", **keys: str) -> str:
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\ntitle: '{title}'\ndate: {day}\n{front}---\n\n{text}\n"


def _page(title: str, text: str = "A text.") -> str:
    return f"---\ntitle: {title}\n---\n\n{text}\n"


def _comments(number: int) -> str:
    first = "- {id: c0, author: Reader, url: 'https://reader.example/', date: 2024-02-01, body: '<p>First.</p>'}\n"
    rest = (
        f"- {{id: c{at}, author: R, date: 2024-02-02, body: Yes., reply_to: c{at // 3}}}\n" for at in range(1, number)
    )
    return first + "".join(rest)
