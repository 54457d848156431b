"""Quotation marks as each language writes them."""

import pytest
from tiny import post

from sitegen.config import MarkupOptions
from sitegen.reading.markup.engine import to_html

TEXT = "He said: \"Don't say 'no' to the boys' *'club'*.\""


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("", "He said: “Don’t say ‘no’ to the boys’ <em>‘club’</em>.”"),
        ("en-GB", "He said: “Don’t say ‘no’ to the boys’ <em>‘club’</em>.”"),
        ("de", "He said: „Don’t say ‚no‘ to the boys’ <em>‚club‘</em>.“"),
        ("de-AT", "He said: „Don’t say ‚no‘ to the boys’ <em>‚club‘</em>.“"),
        ("de-CH", "He said: «Don’t say ‹no› to the boys’ <em>‹club›</em>.»"),
        ("fr", "He said: «\u00a0Don’t say “no” to the boys’ <em>“club”</em>.\u00a0»"),
        ("es", "He said: «Don’t say “no” to the boys’ <em>“club”</em>.»"),
        ("sv", "He said: ”Don’t say ’no’ to the boys’ <em>’club’</em>.”"),
        ("ru", "He said: «Don’t say „no“ to the boys’ <em>„club“</em>.»"),
        ("ar", "He said: “Don’t say ‘no’ to the boys’ <em>‘club’</em>.”"),
    ],
)
def test_marks_are_those_of_the_language(language, expected):
    assert to_html(TEXT, MarkupOptions(language=language)).strip() == f"<p>{expected}</p>"


def test_what_was_never_closed_takes_no_apostrophe_of_the_next_paragraph():
    html = to_html("An 'open one\n\nthe boys' club", MarkupOptions(language="de"))
    assert html == "<p>An ‚open one</p>\n<p>the boys’ club</p>"


def test_code_and_marks_that_were_typed_stay():
    html = to_html("`\"a\" 'b'` “typed” ‘too’", MarkupOptions(language="de"))
    assert html == "<p><code>\"a\" 'b'</code> “typed” ‘too’</p>"


def test_a_site_sets_those_of_its_language_unless_it_names_another(site):
    files = {"content/posts/a.md": post("A", body='"x"')}
    german, english = (
        site(files, config=f'language = "de"\n{config}') for config in ("", 'markdown = { language = "en" }\n')
    )
    for folder in (german, english):
        folder.build()
    assert "<p>„x“</p>" in german.text("/2026/01/a.html")
    assert "<p>“x”</p>" in english.text("/2026/01/a.html")


def test_another_language_converts_again(site):
    folder = site({"content/posts/a.md": post("A", body='"x"')})
    folder.build()
    folder.edit({"sitegen.toml": 'title = "T"\nurl = "https://test.example/"\nlanguage = "de"\n'}).build()
    assert "<p>„x“</p>" in folder.text("/2026/01/a.html")
