"""Where the files of a theme come from: the site's folder, the bundled theme, the parents."""

import pytest
from small_themes import small_theme, write_files

from sitegen.errors import ConfigError, TemplateError
from sitegen.theme import PARENT, Theme, read_theme


def parents(*names: str) -> dict[str, str]:
    """Themes of which each has the next one as its parent."""
    pairs = zip(names, (*names[1:], ""), strict=True)
    return {f"themes/{name}/theme.toml": f'name = "{name}"\nparent = "{parent}"\n' for name, parent in pairs}


def test_a_file_in_the_sites_folder_wins_over_the_bundled_one(tmp_path):
    write_files(tmp_path, {"themes/newspaper/templates/404.html": "mine"})
    theme = read_theme(tmp_path, "newspaper", {}, "en")
    assert theme.templates["404.html"].text == "mine"
    assert "post.html" in theme.templates


def test_the_nearest_of_a_chain_of_parents_wins(tmp_path):
    write_files(
        tmp_path,
        parents("child", "mother", "grandmother")
        | {
            "themes/child/templates/a.html": "child",
            "themes/mother/templates/a.html": "mother",
            "themes/mother/templates/b.html": "mother",
            "themes/grandmother/templates/b.html": "grandmother",
            "themes/grandmother/templates/partials/c.html": "grandmother",
        },
    )
    theme = read_theme(tmp_path, "child", {}, "en")
    texts = {name: source.text for name, source in theme.templates.items()}
    nearest = {name: text for name, text in texts.items() if not name.startswith(PARENT)}
    assert nearest == {"a.html": "child", "b.html": "mother", "partials/c.html": "grandmother"}
    assert (texts["parent:a.html"], texts["parent:b.html"]) == ("mother", "grandmother")


def test_a_theme_can_have_a_bundled_parent(tmp_path):
    theme = small_theme(tmp_path, {"theme.toml": 'name = "small"\nparent = "newspaper"', "templates/404.html": "lost"})
    assert theme.templates["404.html"].path == "themes/small/templates/404.html"
    assert theme.templates["base.html"].path == "themes/newspaper/templates/base.html"


def test_the_digest_follows_the_content_and_not_the_place(tmp_path):
    def theme(site: str, text: str) -> Theme:
        return small_theme(tmp_path / site, {"templates/a.html": text})

    assert theme("one", "x") == theme("two", "x")
    assert theme("one", "x").digest != theme("two", "y").digest


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("newspapr", "did you mean newspaper?"),
        ("gazette", "there are"),
        ("../newspaper", "there is no theme '../newspaper'"),
        ("", "needs this file"),
    ],
)
def test_an_unknown_theme_names_those_that_exist(tmp_path, name, message):
    (tmp_path / "themes/empty").mkdir(parents=True)
    with pytest.raises((ConfigError, TemplateError), match=message.replace("?", r"\?")):
        read_theme(tmp_path, name or "empty", {}, "en")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            'parent = "nespaper"',
            "themes/small/theme.toml:1:10: error: there is no theme 'nespaper'\n"
            '    parent = "nespaper"\n             ^\n  fix: did you mean newspaper?',
        ),
        ('parent = "small"', "themes/small/theme.toml:1:10: error: the theme small is its own ancestor: small > small"),
        ('\nname = "a\n', "themes/small/theme.toml:2:10: error: this text has no end"),
        (
            'name = "x"\nnmae = "x"',
            "themes/small/theme.toml:2:1: error: unknown key 'nmae'\n    nmae = \"x\"\n    ^\n  fix: did",
        ),
        ("skins = 3", "'skins' must be a table"),
        ("[skins]\na = 3", "themes/small/theme.toml:2:5: error: a skin is declared by one line of text about it"),
        ("[contrast]\ntxt = []", "`contrast` has lists of names of tokens: text, marks, on"),
        ("[options.skin]", "the option 'skin' is there in every theme"),
        ("name = 3", "'name' must be text"),
        ("options = 3", "'options' must be a table"),
        ("[options.a]\ntype = 'bool'", "the option 'a' needs `type`, `default` and `doc`"),
        ("[options.a]\ntype = 'colour'\ndefault = ''\ndoc = ''", "the option 'a' must be of a type among bool, text"),
        ("[options.a]\ntype = 'int'\ndefault = 'x'\ndoc = ''", "the option 'a' must be a whole number"),
        ("[options.a]\ntype = 'choice'\ndefault = 'x'\ndoc = ''", "needs a list of `choices`"),
        ("[options.a]\ntype = 'choice'\ndefault = 'x'\ndoc = ''\nchoices = ['y']", "must be one of y"),
    ],
)
def test_a_broken_theme_toml_is_an_error_with_its_place(tmp_path, toml, message):
    with pytest.raises(TemplateError) as caught:
        small_theme(tmp_path, {"theme.toml": toml})
    assert message in str(caught.value)


def test_a_template_must_be_utf8(tmp_path):
    with pytest.raises(TemplateError, match=r"themes/small/templates/a\.html:2: error: not UTF-8 at byte 4"):
        small_theme(tmp_path, {"templates/a.html": b"ok\n\xff"})


@pytest.mark.parametrize("target", ["../../../secret.html", "/etc/hostname", "nowhere"])
def test_a_link_out_of_the_theme_is_refused(tmp_path, target):
    write_files(tmp_path, {"secret.html": "secret", "themes/small/templates/a.html": "a"})
    (tmp_path / "themes/small/templates/b.html").symlink_to(target)
    with pytest.raises(TemplateError, match=r"themes/small/templates/b\.html: error: a link that leads"):
        small_theme(tmp_path, {})


def test_a_link_to_a_folder_is_refused(tmp_path):
    write_files(tmp_path, {"themes/small/templates/a.html": "a"})
    (tmp_path / "themes/small/templates/loop").symlink_to(".")
    with pytest.raises(TemplateError, match="a link to a folder"):
        small_theme(tmp_path, {})


def test_a_link_inside_the_theme_is_followed(tmp_path):
    write_files(tmp_path, {"themes/small/templates/a.html": "a"})
    (tmp_path / "themes/small/templates/b.html").symlink_to("a.html")
    assert small_theme(tmp_path, {}).templates["b.html"].text == "a"


def test_what_editors_leave_behind_is_no_part_of_a_theme(tmp_path):
    leftovers = dict.fromkeys(
        (f"templates/{name}" for name in ("a.html~", ".a.html.swp", ".b.html", "a.bak", "4913")), "x"
    )
    assert list(small_theme(tmp_path, {"templates/a.html": "a", **leftovers}).templates) == ["a.html"]
