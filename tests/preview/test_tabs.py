"""What an open page is told, as a table; no server."""

import pytest

from sitegen.errors import Finding, Place
from sitegen.preview.tabs import Files, Shown, digest_of_page, message_for, target_of

OLD, NEW = b'<link href="/assets/theme.1.css"><p>text', b'<link href="/assets/theme.2.css"><p>text'
NONE = Files({}, ())
THEME = Files({"/assets/theme.1.css": "/assets/theme.2.css"}, ())
OWN = Files({"/own.css": "/own.css"}, ())
PICTURES = Files({}, ("/b.png", "/a.png"))
FINDING = Finding("bad date", Place("content/posts/a.md", 3, 7), hint="mend it", excerpt="date: x  ")


def page(body: bytes = OLD, *findings: Finding) -> Shown:
    return Shown(digest_of_page(200, body), body, 200, findings, ("content/posts/a.md",))


@pytest.mark.parametrize(
    ("now", "files", "has_errors", "does"),
    [
        (page(), NONE, False, None),
        (page(b"other"), NONE, False, "reload"),
        (page(NEW), THEME, False, "styles"),
        (page(NEW + b"more"), THEME, False, "reload"),
        (page(), OWN, False, "styles"),
        (page(), PICTURES, False, "pictures"),
        (page(b"other"), PICTURES, False, "reload"),
        (page(OLD, FINDING), NONE, False, "errors"),
        (page(NEW, FINDING), THEME, False, "reload"),
        (page(), NONE, True, "clear"),
        (page(b"other"), NONE, True, "reload"),
    ],
)
def test_a_page_is_told_what_to_do(now: Shown, files: Files, has_errors: bool, does: str | None):
    order = message_for(page().digest, now, files, has_errors=has_errors)
    assert (order["do"] if order else None) == does


@pytest.mark.parametrize(
    ("paths", "edited"), [(("content/posts/a.md",), True), (("sitegen.toml",), False), ((), False)]
)
def test_a_page_is_told_whether_it_was_edited_itself(paths: tuple[str, ...], edited: bool):
    order = message_for("", page(), NONE, paths, has_errors=False)
    assert order == {"do": "reload", "edited": edited}


def test_a_page_that_cannot_be_found_any_more_is_another():
    assert digest_of_page(200, OLD) != digest_of_page(404, OLD)


def test_pictures_and_errors_are_told_in_full():
    assert message_for(page().digest, page(), PICTURES, has_errors=False) == {
        "do": "pictures",
        "pictures": ["/a.png", "/b.png"],
    }
    order = message_for(page().digest, page(OLD, FINDING), NONE, has_errors=False)
    assert order
    assert order["findings"] == [
        {
            "place": "content/posts/a.md:3:7",
            "path": "content/posts/a.md",
            "line": 3,
            "column": 7,
            "what": "Bad date",
            "why": "",
            "hint": "mend it",
            "excerpt": "date: x",
        }
    ]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("http://127.0.0.1:8000/a/?b=c#d", "/a/?b=c"),
        ("http://127.0.0.1:8000", "/"),
        ("nonsense", "nonsense"),
        ("http://[", "/"),
        (None, "/"),
        (["x"], "/"),
    ],
)
def test_a_page_may_say_anything_about_where_it_is(address: object, target: str):
    assert target_of(address) == target
