import pytest
from small_themes import small_theme

from sitegen.errors import ConfigError

TOML = """
name = "small"
[options.columns]
type = "int"
default = 3
doc = "how many columns"
[options.dark]
type = "bool"
default = true
doc = "dark at night"
[options.face]
type = "choice"
choices = ["serif", "sans"]
default = "serif"
doc = "of the text"
[options.motto]
type = "text"
default = ""
doc = "under the title"
"""


def test_an_option_that_is_not_chosen_has_its_default(tmp_path):
    theme = small_theme(tmp_path, {"theme.toml": TOML}, columns=2, face="sans")
    assert dict(theme.options) == {"columns": 2, "dark": True, "face": "sans", "motto": ""}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"column": 2}, "theme_options.column: the theme small has no option column\n  fix: did you mean columns?"),
        ({"x": 2}, "fix: its options are: columns, dark, face, motto"),
        ({"columns": "2"}, "theme_options.columns: the option columns must be a whole number\n  fix: how many columns"),
        ({"columns": True}, "theme_options.columns: the option columns must be a whole number"),
        ({"dark": 1}, "theme_options.dark: the option dark must be true or false"),
        ({"face": "comic"}, "theme_options.face: the option face must be one of serif, sans"),
        ({"motto": 1}, "theme_options.motto: the option motto must be text in quotes"),
    ],
)
def test_a_choice_that_the_theme_does_not_know_is_an_error(tmp_path, options, message):
    with pytest.raises(ConfigError) as caught:
        small_theme(tmp_path, {"theme.toml": TOML}, **options)
    assert message in str(caught.value)


def test_all_wrong_choices_are_named_at_once(tmp_path):
    with pytest.raises(ConfigError) as caught:
        small_theme(tmp_path, {"theme.toml": TOML}, columns="2", dark="no")
    assert len(caught.value.findings) == 2


def test_a_childs_declaration_of_an_option_wins(tmp_path):
    child = 'name = "small"\nparent = "newspaper"\n[options.drop_caps]\ntype = "bool"\ndefault = false\ndoc = "none"\n'
    options = small_theme(tmp_path, {"theme.toml": child}).options
    assert options["drop_caps"] is False
    assert options["article_type"] == "BlogPosting"
