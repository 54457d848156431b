import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale
from small_themes import small_theme
from tiny import post

from sitegen.errors import Severity, TemplateError
from sitegen.theme import read_theme
from sitegen.view import Record

ENGLISH = 'by = "By"\nand = "and"\ncomments = { one = "{n} comment", other = "{n} comments" }\n'
THEMES = Path(__file__).parents[2] / "themes"
BUNDLED = sorted(path.parent.name for path in THEMES.glob("*/theme.toml"))
# What planning writes into views; each theme has to have them.
PLANNED = {"credit", "archive", "comments", "comments_unknown", "edition", "feed_of", "feeds", "not_found"}


def test_words_are_taken_from_the_nearest_language(tmp_path):
    files = {"i18n/en.toml": ENGLISH, "i18n/pt.toml": 'by = "Por"\nand = "e"', "i18n/pt-BR.toml": 'and = "é"'}
    theme = small_theme(tmp_path, files, "pt-BR")
    assert (theme.words.by, theme.words["and"]) == ("Por", "é")
    assert theme.words.comments == Record({"one": "{n} comment", "other": "{n} comments"})


@pytest.mark.parametrize(
    ("language", "message"),
    [("en", None), ("en-GB", None), ("pt", "says them in English: comments"), ("fr", "says them in English")],
)
def test_words_that_stay_english_are_a_warning(tmp_path, language, message):
    theme = small_theme(tmp_path, {"i18n/en.toml": ENGLISH, "i18n/pt.toml": 'by = "Por"\nand = "e"'}, language)
    assert [(finding.severity, finding.place.path) for finding in theme.findings] == (
        [(Severity.WARNING, f"themes/small/i18n/{language}.toml")] if message else []
    )
    assert all(message in finding.what for finding in theme.findings if message)


def test_an_override_may_name_a_single_word(tmp_path):
    files = {"theme.toml": 'name = "small"\nparent = "newspaper"', "i18n/en.toml": 'by = "From the desk of"'}
    words = small_theme(tmp_path, files).words
    assert (words.by, words.updated) == ("From the desk of", "Updated")


@pytest.mark.parametrize("toml", ["by = 1", "by = {one = 'x'}", "by = {other = 'x', much = 'y'}", "by = {other = 1}"])
def test_a_word_is_text_or_a_table_of_plural_forms(tmp_path, toml):
    with pytest.raises(TemplateError, match=r"themes/small/i18n/en\.toml:1:1: error: the word 'by' must be text"):
        small_theme(tmp_path, {"i18n/en.toml": toml})


def files_of(theme: str) -> dict[str, dict[str, object]]:
    """The words of a bundled theme by language."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (THEMES / theme).glob("i18n/*.toml")}


def placeholders(word: object) -> set[str]:
    return set(re.findall(r"\{\w*\}", str(word.get("other") if isinstance(word, dict) else word)))


@pytest.mark.parametrize("theme", BUNDLED)
def test_a_bundled_theme_has_every_word_it_uses_and_no_other(theme):
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((THEMES / theme).glob("templates/**/*.html")))
    used = set(re.findall(r"site\.words\.(\w+)", text)) | PLANNED
    if "site.words[page.kind]" in text:
        used |= {"category", "tag", "author"}
    if "site.words[it.block]" in text:
        used |= {"about", "recent", "labels", "archive"}
    assert used == files_of(theme)["en"].keys() == set(read_theme(Path("/no site"), theme, {}, "en").words)


@pytest.mark.parametrize("language", ["de", "fr", "es", "ar"])
@pytest.mark.parametrize("theme", BUNDLED)
def test_every_language_has_every_word_with_what_is_filled_in(theme, language):
    english, words = files_of(theme)["en"], files_of(theme)[language]
    assert words.keys() == english.keys()
    assert {name: placeholders(word) for name, word in words.items()} == {
        name: placeholders(word) for name, word in english.items()
    }
    assert read_theme(Path("/no site"), theme, {}, language).findings == ()


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
@pytest.mark.parametrize("theme", BUNDLED)
def test_a_word_with_a_number_has_the_forms_of_its_language_and_no_other(theme, language):
    needed = {*Locale.parse(language).plural_form.tags, "other"}
    plurals = {name: word for name, word in files_of(theme)[language].items() if isinstance(word, dict)}
    assert {name for name, word in files_of(theme)["en"].items() if isinstance(word, dict)} == plurals.keys()
    assert {name: set(forms) for name, forms in plurals.items()} == dict.fromkeys(plurals, needed)


def test_a_region_falls_back_to_its_language_and_then_to_english(tmp_path):
    files = {
        "i18n/en.toml": ENGLISH,
        "i18n/de.toml": 'by = "Von"\nand = "und"',
        "i18n/de-AT.toml": 'and = "sowie"',
    }
    theme = small_theme(tmp_path, files, "de-AT")
    assert (theme.words.by, theme.words["and"]) == ("Von", "sowie")
    assert [str(finding) for finding in theme.findings] == [
        "themes/small/i18n/de-AT.toml: warning: the theme lacks words of this language and says them in English: "
        "comments\n  fix: write them into this file"
    ]


@pytest.mark.parametrize(
    ("language", "count", "full"),
    [
        ("de-AT", "2 Kommentare", "Samstag, 27. September 2008"),
        ("fr", "2 commentaires", "samedi 27 septembre 2008"),
        ("es", "2 comentarios", "sábado, 27 de septiembre de 2008"),
        ("ar", "تعليقان", "السبت، 27 سبتمبر 2008"),
    ],
)
def test_a_site_in_another_language(site, language, count, full):
    comments = "- {id: a, author: A, date: 2008-09-28, body: x}\n- {id: b, author: B, date: 2008-09-28, body: x}\n"
    files = {"content/posts/a.md": post("A", "2008-09-27"), "content/comments/a.yaml": comments}
    folder = site(files, config=f'language = "{language}"\n')
    folder.build(strict=True)
    page = folder.text("/2008/09/a.html")
    assert f"<h2>{count}:</h2>" in page
    assert full in page
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
