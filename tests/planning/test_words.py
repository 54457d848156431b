import pytest
from tiny import post

from sitegen.errors import TemplateError

BARE = {"front", "post", "page", "list", "archive", "feeds", "404"}


def test_a_theme_that_lacks_a_word_is_told_where_to_write_it(site):
    templates = {f"themes/own/templates/{name}.html": "x" for name in BARE}
    paper = site(
        {"content/posts/a.md": post("A"), "themes/own/theme.toml": 'name = "own"\n', **templates},
        config='theme = "own"\n',
    )
    with pytest.raises(TemplateError) as caught:
        paper.build()
    message = str(caught.value)
    assert message.startswith("themes/own/i18n/en.toml: error: the theme own lacks the word ")
    assert "fix: write it there: " in message
