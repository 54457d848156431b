"""docs/themes.md says what templates may use, and what they may use stays."""

import re

import pytest
import theme_docs
from documents import CHECKOUT, blocks
from tiny import post

DOCUMENT = CHECKOUT / "docs/themes.md"
RECORDED = CHECKOUT / "tests/theme/fields.txt"


def test_no_field_that_themes_may_use_disappears_or_changes_its_type(request):
    recorded = RECORDED.read_text(encoding="utf-8").splitlines()
    now = [str(field) for field in theme_docs.fields()]
    gone = [line for line in recorded if line not in now]
    assert gone == [], (
        "themes may use these fields: keep them; else tell it in CHANGELOG.md and delete their lines here"
    )
    if request.config.getoption("--update-golden"):
        RECORDED.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
    assert [line for line in now if line not in RECORDED.read_text(encoding="utf-8").splitlines()] == []


def test_every_field_has_a_name_of_its_own_a_type_and_a_meaning():
    names = [(field.owner, field.name) for field in theme_docs.fields()]
    assert len(names) == len(set(names)) > 150
    assert [str(field) for field in theme_docs.fields() if not field.type or not field.doc.endswith(".")] == []


def test_the_document_is_what_is_generated(golden):
    text = DOCUMENT.read_text(encoding="utf-8")
    for name, part in theme_docs.generated().items():
        start, end = f"<!-- generated: {name} -->\n\n", "\n<!-- end -->"
        before, _, rest = text.partition(start)
        _, found, after = rest.partition(end)
        assert found, name
        text = before + start + part + end + after
    golden(DOCUMENT, text)


def files_of(language: str) -> dict[str, str]:
    """The files that the document shows: each block's first line is a comment with the path."""
    shown = (re.match(r"(?:{#|/\*|#) (themes/\S+)(?: #}| \*/)?\n", block.text) for block in blocks(DOCUMENT, language))
    return {match[1]: match.string[match.end() :] for match in shown if match}


def examples(folder: str) -> dict[str, str]:
    """The files below `folder` that the document shows."""
    files = {path: text for language in ("html", "css", "toml") for path, text in files_of(language).items()}
    return {path: text for path, text in files.items() if path.startswith(folder)}


def test_the_first_override_does_what_is_said(site):
    files = examples("themes/newspaper/")
    assert len(files) == 3
    folder = site({"content/posts/a.md": post("A"), **files})
    folder.build(strict=True)
    page = folder.text("/2026/01/a.html")
    assert "Thank you for reading" in page
    assert page.index("Back to TOP") < page.index("Printed on recycled electrons.")
    (css,) = [data.decode() for path, data in folder.files.items() if path.startswith("assets/theme.")]
    assert "--accent:#0a5c36" in css


def test_the_child_theme_does_what_is_said(site):
    files = examples("themes/gazette/")
    assert len(files) == 2
    folder = site({"content/posts/a.md": post("A"), **files}, config='theme = "gazette"\n')
    folder.build(strict=True)
    assert folder.text("/").count('content="#ffffff"') == 2


@pytest.mark.parametrize("block", blocks(DOCUMENT, "toml"), ids=lambda block: block.section)
def test_the_examples_of_configuration_are_configurations(block, site):
    if not block.text.startswith("# themes/"):
        site({"content/posts/a.md": post("A")}, config=block.text).build(strict=True)
