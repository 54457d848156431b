import re
import tomllib
from pathlib import Path

import pytest
from small_themes import small_theme
from views import newspaper

from sitegen.errors import Severity, TemplateError
from sitegen.view import Record

ENGLISH = 'by = "By"\nand = "and"\ncomments = { one = "{n} comment", other = "{n} comments" }\n'
NEWSPAPER = Path(__file__).parents[2] / "themes/newspaper"
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


def test_the_newspaper_has_every_word_it_uses_and_no_other():
    text = "".join(path.read_text() for path in sorted(NEWSPAPER.glob("templates/**/*.html")))
    used = set(re.findall(r"site\.words\.(\w+)", text)) | PLANNED
    used |= {"category", "tag", "author"}  # site.words[page.kind]
    used |= {"about", "recent", "labels", "archive"}  # site.words[block]
    assert used == tomllib.loads((NEWSPAPER / "i18n/en.toml").read_text()).keys() == set(newspaper().words)
