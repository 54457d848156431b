"""Whom a byline means."""

import pytest

ADA = "---\nname: Ada Lovelace\nurl: https://ada.example/\n---\nWrote *programs*.\n"


def post(**keys: str) -> str:
    return "---\ntitle: A\ndate: 2026-01-01\n" + "".join(f"{key}: {value}\n" for key, value in keys.items()) + "---\n"


def bylines(site) -> list[tuple[str, str]]:
    (entry,) = site.posts
    return [(author.id, author.name) for author in entry.authors]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, []),
        ({"author": "ada"}, [("ada", "Ada Lovelace")]),
        ({"author": "Ada Lovelace"}, [("ada", "Ada Lovelace")]),
        ({"author": "ada  lovelace"}, [("ada", "Ada Lovelace")]),
        ({"author": "Bob Cole"}, [("bob-cole", "Bob Cole")]),
        ({"authors": "[Bob Cole, ada]"}, [("bob-cole", "Bob Cole"), ("ada", "Ada Lovelace")]),
        ({"authors": "[ada, Ada Lovelace, ada]"}, [("ada", "Ada Lovelace")]),
        ({"author": "{name: Eve, bio: Reads.}"}, [("eve", "Eve")]),
    ],
)
def test_an_author_is_an_id_a_name_or_described(read, keys, expected):
    assert bylines(read({"authors/ada.md": ADA, "posts/a.md": post(**keys)})) == expected


def test_a_file_makes_an_author_with_a_bio(read):
    (author,) = read({"authors/ada.md": ADA}).authors
    assert author.bio.body.parts == ("<p>Wrote <em>programs</em>.</p>",)
    assert (author.id, author.url, author.source.path) == ("ada", "https://ada.example/", "content/authors/ada.md")


def test_an_author_without_a_text_has_no_bio(read):
    (author,) = read({"authors/ada.md": "---\nname: Ada\n---\n\n"}).authors
    assert author.bio is None


@pytest.mark.parametrize(
    "keys", [{"author": "{name: Eve, bio: Reads.}"}, {"authors": "[ada, {name: Eve, bio: Reads.}]"}]
)
def test_a_described_author_has_the_bio_that_was_written(read, keys):
    (entry,) = read({"authors/ada.md": ADA, "posts/a.md": post(**keys)}).posts
    assert entry.authors[-1].bio.body.parts == ("<p>Reads.</p>",)
    assert (entry.authors[-1].source, entry.authors[-1].described_in) == (None, entry.source)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ada Lovelac", "Ada Lovelace"),
        ("Ada Lovelcae", "Ada Lovelace"),
        ("staff-dask", "staff-desk"),
        ("Staff Desk", "staff-desk"),
    ],
)
def test_a_name_that_is_nearly_one_is_an_error(fails, written, meant):
    files = {"authors/ada.md": ADA, "authors/staff-desk.md": "---\nname: The Desk\n---\n"}
    line = f"    authors: [ada, {written}]\n"
    assert fails({**files, "posts/a.md": post(authors=f"[ada, {written}]")}) == (
        f"content/posts/a.md:4:16: error: there is no author `{written}`\n{line}"
        f"                   ^\n  fix: did you mean `{meant}`?"
    )


def test_the_configured_author_is_that_of_posts_that_name_none(read, fails):
    files = {"authors/ada.md": ADA, "posts/a.md": post()}
    assert bylines(read(files, author="ada")) == [("ada", "Ada Lovelace")]
    assert bylines(read(files, author="The Desk")) == [("the-desk", "The Desk")]
    assert fails(files, author="Ada Lovelacee") == (
        "sitegen.toml: error: there is no author `Ada Lovelacee`\n  fix: did you mean `Ada Lovelace`?"
    )


def test_two_authors_cannot_have_one_name_or_one_id(fails):
    assert fails({"authors/ada.md": ADA, "authors/b.md": ADA.replace("Ada Love", "ADA  Love")}) == (
        "content/authors/ada.md:2:7: error: the name `ada lovelace` is also that of content/authors/b.md:2:7\n"
        "  fix: posts name authors by it: tell the two apart"
    )
    assert "the id `ada` is also that of content/authors/ada.md" in fails({"authors/ada.MD": ADA.replace("Ada", "A.")})
