"""The commands of `sitegen theme`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tiny import post

from sitegen.cli import main

FOOTER = "themes/newspaper/templates/partials/footer.html"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["theme", *map(str, arguments)])


def report(*arguments: str | Path) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


CHILD = {
    "themes/mine/theme.toml": 'name = "mine"\nparent = "letter"\ndescription = "Ours"\n[options.wide]\n'
    'type = "bool"\ndefault = false\ndoc = "let lines run on"\n',
    "themes/letter/static/tokens.css": ":root { --link: light-dark(#00488c, #93bdf0) }\n",
}


def test_list(site):
    root = site(CHILD, config='theme = "mine"\n').root
    assert run("list", "--site", root).stdout == (
        "letter  bundled, with changes of yours\n"
        "  One column, and nothing in it but title, date and text\n"
        "  skins: plain\n"
        "mine  yours, in use\n"
        "  Ours\n"
        "  a child of letter\n"
        "  skins: plain\n"
        "newspaper  bundled\n"
        "  A broadsheet for the screen: edition line, lead story, columns of cards, no JavaScript\n"
        "  skins: broadsheet, salmon, night\n"
    )
    themes = {entry["name"]: entry for entry in report("list", "--site", root)["themes"]}
    assert themes["mine"] == {
        "name": "mine", "description": "Ours", "parent": "letter", "skins": ["plain"], "bundled": False, "own": True,
        "used": True,
    }  # fmt: skip


def test_list_needs_no_site_and_goes_on_past_a_broken_theme(tmp_path):
    (tmp_path / "themes/bad").mkdir(parents=True)
    done = run("list", "--site", tmp_path)
    assert done.exit_code == 0
    assert "newspaper  bundled\n" in done.stdout
    assert "themes/bad/theme.toml: error: a theme needs this file" in done.stderr
    assert [fault["path"] for fault in report("list", "--site", tmp_path)["findings"]] == ["themes/bad/theme.toml"]


def test_info(site):
    root = site(CHILD, config='theme = "mine"\ntheme_options = { wide = true }\n').root
    said = run("info", "--site", root).stdout
    assert said.startswith(
        "mine\n  Ours\nFiles come from, the first that has one:\n"
        "  themes/mine\n  themes/letter\n  sitegen:themes/letter (bundled)\n"
        "Skins (theme_options.skin):\n  plain (in use): white paper and black ink"
    )
    assert "  color-scheme, paper, ink, mute, rule, link\n" in said
    assert "  wide = true (bool; default: false): let lines run on\n" in said
    assert "Languages: ar, de, en, es, fr\n" in said
    assert "  front.html\n" in said
    facts = report("info", "--site", root)
    assert [(each["theme"], each["bundled"]) for each in facts["chain"]] == [
        ("mine", False), ("letter", False), ("letter", True),
    ]  # fmt: skip
    assert facts["tokens"]["light"]["link"] == "#00488c"
    assert facts["options"][0]["value"] is True


def test_info_of_another_theme_takes_its_defaults(site):
    root = site(config='theme = "letter"\n').root
    assert "reading_time = false (bool; default)" in run("info", "newspaper", "--site", root).stdout


@pytest.mark.parametrize("arguments", [("info",), ("check",), ("diff",), ("copy", "post.html")])
def test_without_a_site_and_a_name_there_is_nothing_to_go_by(tmp_path, arguments):
    done = run(*arguments, "--site", tmp_path)
    assert done.exit_code == 2
    assert "there is no sitegen.toml here" in done.stderr


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("post.html", "templates/post.html"),
        ("partials/footer.html", "templates/partials/footer.html"),
        ("templates/post.html", "templates/post.html"),
        ("i18n/de.toml", "i18n/de.toml"),
        ("static/theme.css", "static/theme.css"),
    ],
)
def test_copy_puts_a_file_where_it_overrides_the_themes(site, template, path):
    folder = site({"content/posts/a.md": post("A")})
    folder.build()
    before = folder.files
    done = run("copy", template, "--site", folder.root)
    copied = f"themes/newspaper/{path}"
    assert (done.exit_code, done.stdout.split("\n")[0]) == (0, f"{folder.root}/{copied}")
    assert (folder.root / copied).read_bytes() == (Path(__file__).parents[2] / copied).read_bytes()
    folder.build(strict=True)
    assert folder.files == before


def test_copy_says_how_to_change_a_block_alone(site):
    assert '{% extends "parent:post.html" %}' in run("copy", "post.html", "--site", site().root).stdout
    assert "extends" not in run("copy", "partials/footer.html", "--site", site().root).stdout


def test_copy_never_writes_over_a_file(site):
    root = site({FOOTER: "mine"}).root
    done = run("copy", "partials/footer.html", "--site", root)
    assert done.exit_code == 2
    assert "is there already, and nothing was changed" in done.stderr
    assert (root / FOOTER).read_text() == "mine"


@pytest.mark.parametrize(
    ("template", "hint"),
    [
        ("posst.html", "did you mean post.html?"),
        ("x.html", "its templates are 404.html, archive.html"),
        ("../x", "its"),
    ],
)
def test_copy_names_what_there_is(site, template, hint):
    done = run("copy", template, "--site", site().root)
    assert done.exit_code == 2
    assert f"the theme newspaper has no {template}" in done.stderr
    assert hint in done.stderr


def test_diff(site):
    folder = site()
    assert run("diff", "--site", folder.root).stdout == "The site changes nothing of the theme.\n"
    original = (Path(__file__).parents[2] / FOOTER).read_text(encoding="utf-8")
    folder.edit(
        {
            FOOTER: original.replace("<p>{{ site.copyright }}</p>", "<p>Ours</p>"),
            "themes/newspaper/templates/partials/new.html": "x",
            "themes/newspaper/templates/404.html": (
                Path(__file__).parents[2] / "themes/newspaper/templates/404.html"
            ).read_bytes(),
            "themes/newspaper/static/fonts/newsreader-600.woff2": b"\xff",
        }
    )
    said = run("diff", "--site", folder.root).stdout
    assert f"{FOOTER} changes the theme's file\n--- sitegen:{FOOTER} (the theme's)\n+++ {FOOTER} (yours)\n@@" in said
    assert "\n-<p>{{ site.copyright }}</p>\n+<p>Ours</p>\n" in said
    assert "new.html has no counterpart in the theme\n" in said
    assert "404.html is the theme's file; delete it" in said
    assert "newsreader-600.woff2 and the theme's static/fonts/newsreader-600.woff2 differ\n" in said
    states = {each["path"].rpartition("/")[2]: each["state"] for each in report("diff", "--site", folder.root)["files"]}
    assert states == {
        "footer.html": "changed", "new.html": "new", "404.html": "same", "newsreader-600.woff2": "changed",
    }  # fmt: skip


def test_a_whole_theme_of_the_site_changes_nothing(site):
    root = site({"themes/own/theme.toml": 'name = "own"\n', "themes/own/templates/a.html": "a"}).root
    assert report("diff", "own", "--site", root)["files"] == []


@pytest.mark.slow
def test_check(site):
    root = site(config='theme = "letter"\n').root
    done = run("check", "--site", root)
    assert re.fullmatch(r"letter holds: \d+ pages of sites in \d+ states\n", done.stdout), done.stderr
    facts = report("check", "--site", root)
    assert (facts["ok"], facts["theme"], facts["findings"]) == (True, "letter", [])


@pytest.mark.slow
def test_check_fails_with_what_is_wrong(site):
    files = {
        "themes/letter/templates/page.html": "{% extends 'parent:page.html' %}{% block txt %}{% endblock %}",
        "themes/letter/templates/partials/x.html": "x",
    }
    root = site(files, config='theme = "letter"\n').root
    done = run("check", "--site", root)
    assert (done.exit_code, done.stdout) == (1, "")
    assert 'page.html:1: error: the block "txt" is in no template' in done.stderr
    assert "partials/x.html: warning: no template includes this one" in done.stderr
    facts = report("check", "--site", root)
    assert (facts["ok"], facts["exit_code"]) == (False, 1)


def test_help_shows_every_command():
    said = run("--help").stdout
    for name in ("list", "info", "copy", "diff", "check"):
        assert re.search(rf"^  {name} +\S", said, re.MULTILINE)
        assert run(name, "--help").exit_code == 0
