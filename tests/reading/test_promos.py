"""Which promotional blocks run, and which of them a post asks for."""

import pytest

from sitegen.errors import Severity


def post(**keys: str) -> str:
    return "---\ntitle: A\ndate: 2026-01-01\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n"


def promo(**keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": "Book", **keys}.items())
    return f"---\n{lines}---\nBuy *it*.\n"


def test_promos_that_run_now_come_by_weight_then_id(read):
    site = read(
        {
            "promos/b.md": promo(),
            "promos/a.md": promo(),
            "promos/heavy.md": promo(weight="5"),
            "promos/soon.md": promo(starts="2026-03-02"),
            "promos/over.md": promo(ends="2026-02-28"),
            "promos/today.md": promo(starts="2026-03-01", ends="2026-03-01", weight="-1"),
        }
    )
    assert [entry.id for entry in site.promos] == ["heavy", "a", "b", "today"]
    assert site.promos[0].body.body.parts == ("<p>Buy <em>it</em>.</p>",)


FILES = {"promos/book.md": promo(), "promos/talk.md": promo(), "promos/old.md": promo(ends="2020-01-01")}


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        ({}, None),
        ({"promo": "none"}, []),
        ({"promo": "book"}, ["book"]),
        ({"promos": "[talk, book, talk]"}, ["talk", "book"]),
        ({"promo": "old"}, []),
        ({"promos": "[old, book]"}, ["book"]),
        ({"promo": "{title: T, body: B}"}, ["a#promo-1"]),
        ({"promos": "[book, {title: T, body: B}]"}, ["book", "a#promo-2"]),
    ],
)
def test_a_post_has_the_promos_it_names(read, keys, ids):
    (entry,) = read({**FILES, "posts/a.md": post(**keys)}).posts
    assert (None if entry.promos is None else [found.id for found in entry.promos]) == ids


def test_an_inline_promo_has_the_text_that_was_written(read):
    (entry,) = read({"posts/a.md": post(promo='{title: T, body: "Buy [it](b.md)", label: Ad}')}).posts
    (found,) = entry.promos
    assert (found.title, found.label, found.source) == ("T", "Ad", None)
    assert [(slot.target, slot.line) for slot in found.body.body.slots] == [("b.md", 0)]


def test_a_promo_that_does_not_run_is_left_out_with_a_notice(read):
    (notice,) = read({**FILES, "posts/a.md": post(promos="[book, old]")}).findings
    assert notice.severity is Severity.NOTICE
    assert str(notice) == (
        "content/posts/a.md:4:16: notice: the promo `old` does not run now, so it is left out\n"
        "    promos: [book, old]\n"
        "                   ^"
    )


@pytest.mark.parametrize(
    ("named", "files", "hint"),
    [
        ("boook", FILES, "did you mean `book`?"),
        ("x", FILES, "one of: book, old, talk"),
        ("x", {}, "promos are files in content/promos/, and `none` means none"),
    ],
)
def test_an_unknown_promo_is_an_error(fails, named, files, hint):
    text = fails({**files, "posts/a.md": post(promo=named)})
    assert text.startswith(f"content/posts/a.md:4:8: error: there is no promo `{named}`\n")
    assert text.endswith(f"  fix: {hint}")


def test_a_promo_that_cannot_be_read_is_one_error_and_no_more(fails):
    text = fails({"promos/book.md": "---\ntitle: [a\n---\n", "posts/a.md": post(promo="book")})
    assert text.startswith("content/promos/book.md:2:8: error: ")
    assert text.count("error:") == 1


def test_a_picture_without_alternative_text_is_a_warning(read):
    inline = "{title: T, image: {src: a.png}}"
    files = {
        "promos/p.md": promo(image="a.png"),
        "posts/a.md": post(promos=f"[{inline}]", image="{src: b.png, alt: ''}"),
    }
    what = "warning: the picture has no alternative text"
    assert [str(finding).partition("\n")[0] for finding in read(files).findings] == [
        f"content/posts/a.md:4:28: {what}",
        f"content/promos/p.md:3:8: {what}",
    ]
