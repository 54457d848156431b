"""Skins and tokens: what a site may choose and change, and that readers can make it out."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_themes import small_theme
from tiny import post
from views import newspaper

from sitegen.errors import ConfigError, TemplateError
from sitegen.theme.contrast import contrast_ratio

NEWSPAPER = Path(__file__).parents[2] / "themes/newspaper"
SKINS = tuple(tomllib.loads((NEWSPAPER / "theme.toml").read_text())["skins"])
TOML = """\
name = "small"
[skins]
day = "white paper"
dusk = "grey paper"
[contrast]
text = ["ink"]
marks = ["rule"]
on = ["paper"]
"""
DAY = ":root { color-scheme: light dark; --paper: #fff; --ink: #000; --rule: #888; --face: 'A;B{}', serif }\n"
NIGHT = "@media (prefers-color-scheme: dark) { :root { --paper: #000000; --ink: #eee } }\n"
FILES = {
    "theme.toml": TOML,
    "skins/day.css": DAY + NIGHT,
    "skins/dusk.css": "/* --ink: #777; */ :root { --paper: #ccc; --ink: #222; --rule: #555 }",
}


def fault(tmp_path, files: dict[str, str], **options: Any) -> str:
    with pytest.raises((TemplateError, ConfigError)) as caught:
        small_theme(tmp_path, FILES | files, **options)
    return str(caught.value)


def test_the_first_skin_is_the_default(tmp_path):
    theme = small_theme(tmp_path, FILES)
    assert theme.options["skin"] == "day"
    assert theme.assets["tokens.css"].data.decode() == (
        ":root{color-scheme:light dark;--paper:#fff;--ink:#000;--rule:#888;--face:'A;B{}',serif}"
        "@media (prefers-color-scheme:dark){:root{--paper:#000000;--ink:#eee}}"
    )
    tokens: Any = theme.tokens
    assert tokens.light.paper == "#ffffff"
    assert (tokens.dark.paper, tokens.dark.rule) == ("#000000", "#888888")


def test_a_site_chooses_another(tmp_path):
    theme = small_theme(tmp_path, FILES, skin="dusk")
    assert b"--paper:#ccc" in theme.assets["tokens.css"].data
    assert theme.digest != small_theme(tmp_path, FILES).digest


def test_a_stylesheet_takes_the_tokens_in(tmp_path):
    theme = small_theme(
        tmp_path, FILES | {"static/a.css": "@layer t;\n@import url(tokens.css) layer(t);\np { margin: 0 }"}
    )
    css = theme.assets["a.css"].data.decode()
    assert css.startswith("@layer t;@layer t{:root{color-scheme:light dark;--paper:#fff;")
    assert css.endswith("}}}p{margin:0}")
    assert list(theme.assets) == ["a.css"]


@pytest.mark.parametrize(
    ("css", "tokens", "expected"),
    [
        (":root { --ink: #111 }", {}, "--ink:#111}"),
        ("", {"ink": "#111"}, "--ink:#111}"),
        (":root { --ink: #123 }", {"ink": "#111"}, "--ink:#111}"),
        ("", {"dark": {"ink": "#111"}}, "@media (prefers-color-scheme:dark){:root{--ink:#111}}"),
        (":root { --gap: 2px; --width: 3rem; }", {}, "--gap:2px;--width:3rem}"),
        ("@media (prefers-contrast: more) { :root { --ink: #000 } }", {}, "(prefers-contrast:more){:root{--ink:#000}}"),
    ],
)  # fmt: skip
def test_tokens_can_be_changed(tmp_path, css, tokens, expected):
    theme = small_theme(tmp_path, FILES | {"skins/day.css": DAY, "static/tokens.css": css}, tokens=tokens)
    assert theme.assets["tokens.css"].data.decode().endswith(expected)


def test_what_is_said_for_all_schemes_replaces_what_was_said_for_one(tmp_path):
    said = fault(tmp_path, {"static/tokens.css": ":root {\n  --ink: #111;\n}\n"})
    assert said.startswith(
        "themes/small/static/tokens.css:2: error: --ink on --paper has a contrast of 1.11 in the dark scheme; "
        "it needs 4.5\n"
        "      --ink: #111;\n"
    )
    assert "fix: make --ink darker in the dark scheme: @media (prefers-color-scheme: dark)" not in said
    assert "fix: make --ink lighter in the dark scheme: @media (prefers-color-scheme: dark)" in said


@pytest.mark.parametrize(
    ("skin", "message"),
    [
        (DAY.replace("#000", "#888") + NIGHT, "day.css:1: error: --ink on --paper has a contrast of 3.54 in the light"),
        (DAY.replace("#888", "#999"), "day.css:1: error: --rule on --paper has a contrast of 2.84 in the light"),
        (DAY + NIGHT.replace("#eee", "#666"), "day.css:2: error: --ink on --paper has a contrast of 3.65 in the dark"),
        (DAY.replace("#000", "black"), "day.css:1: error: the contrast of --ink cannot be computed from 'black'"),
        (DAY.replace("--ink", "--inc"), "error: the skin lacks the token --ink"),
        ("p { color: red }", "day.css:1: error: this is no token"),
        (":root { ink: #000 }", "day.css:1: error: ink is no token: their names start with --"),
        (":root { --ink: }", "day.css:1: error: --ink has no value that a stylesheet can hold"),
        (":root { @media print { } }", "day.css:1: error: this is no token"),
    ],
)
def test_a_skin_that_cannot_be_read_is_refused(tmp_path, skin, message):
    assert message in fault(tmp_path, {"skins/day.css": skin})


def test_a_skin_without_a_file_is_an_error(tmp_path):
    files = {"theme.toml": 'name = "small"\n[skins]\nday = "x"\n'}
    with pytest.raises(TemplateError, match=r"themes/small/skins/day\.css: error: cannot read: no such file"):
        small_theme(tmp_path, files)


def test_variables_and_light_dark_are_followed(tmp_path):
    skin = ":root { --a: #777; --paper: light-dark(#fff, #000); --ink: var(--a); --rule: light-dark(var(--a), #fff) }"
    said = fault(tmp_path, {"skins/day.css": skin})
    assert "--ink on --paper has a contrast of 4.47 in the light scheme" in said
    assert "why: #777777 on #ffffff is hard" in said
    assert "in the dark" not in said
    assert said.count("error:") == 1, said


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ({"inkk": "#000"}, "theme_options.tokens.inkk: the theme has no token inkk\n  fix: did you mean ink?"),
        ({"x": "#000"}, "theme_options.tokens.x: the theme has no token x\n  fix: there are color-scheme, face, ink"),
        ({"ink": 3}, "theme_options.tokens.ink: the token ink must be text in quotes"),
        ({"ink": "#000}p{a:b"}, "theme_options.tokens.ink: --ink has no value that a stylesheet can hold"),
        (3, "theme_options.tokens: `tokens` must be a table"),
        ({"dark": {"x": "#000"}}, "theme_options.tokens.dark.x: the theme has no token x"),
    ],
)
def test_tokens_of_a_configuration_are_checked(tmp_path, tokens, message):
    said = fault(tmp_path, {}, tokens=tokens)
    assert said.removeprefix("error: ").startswith(message)


def test_a_near_miss_in_a_file_of_tokens_is_an_error(tmp_path):
    said = fault(tmp_path, {"static/tokens.css": "\n:root { --papr: #fff }"})
    assert said.startswith("themes/small/static/tokens.css:2: error: the theme has no token --papr")
    assert "did you mean --paper?" in said


def test_the_place_of_a_configured_colour_is_its_line(site):
    config = "[theme_options.tokens]\nhair = '#eee'\nmute = '#aaa'\n"
    said = site({"content/posts/a.md": post("A")}, config=config).fails()
    assert "sitegen.toml:5:8: error: --mute on --paper has a contrast of 2.2" in said
    assert "    mute = '#aaa'\n" in said


@pytest.mark.parametrize("skin", SKINS)
def test_every_skin_of_the_newspaper_dresses_all_of_it(skin):
    theme = newspaper(skin=skin)
    tokens: Any = theme.tokens
    default: Any = newspaper().tokens
    assert tokens.light.keys() == default.light.keys()
    for name in ("theme.css", "feed.css"):
        assert f"--paper:{tokens.light.paper}" in theme.assets[name].data.decode()
    assert "tokens.css" not in theme.assets


def test_the_browser_is_told_the_colour_of_the_paper(site):
    folder = site({"content/posts/a.md": post("A")}, config='theme_options = { skin = "night" }\n')
    folder.build(strict=True)
    page = folder.text("/")
    assert page.count('content="#0e1116"') == 2
    assert '<meta name="color-scheme" content="dark">' in page


colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(colours, colours)
def test_contrast_lies_between_1_and_21_and_has_no_direction(one, other):
    assert 1 <= contrast_ratio(one, other) <= 21
    assert contrast_ratio(one, other) == contrast_ratio(other, one)
    assert contrast_ratio(one, one) == 1


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#767676", "#ffffff", 4.54), ("#ff0000", "#ffffff", 4.0)]
)
def test_contrast_as_wcag_counts_it(one, other, ratio):
    assert round(contrast_ratio(one, other), 2) == ratio


def test_what_to_do_is_said_in_the_words_of_the_file(tmp_path):
    said = fault(tmp_path, {}, tokens={"ink": "#111"})
    assert 'fix: make --ink lighter in the dark scheme: tokens = { dark = { ink = "..." } }' in said
