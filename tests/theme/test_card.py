import pytest
from small_themes import small_theme
from views import newspaper

from sitegen.errors import TemplateError

CARD = """
name = "small"
[social_card]
font = "face.ttf"
covers = "U+20-7E, U+20AC"
paper = "#ffffff"
ink = "#000000"
mute = "#666666"
accent = "#aa0000"
"""
FONT = {"static/face.ttf": "a font"}


def test_the_look_of_cards_is_read(tmp_path):
    card = small_theme(tmp_path, {"theme.toml": CARD, **FONT}).card
    assert card is not None
    assert (card.font, card.ink, card.covers) == ("face.ttf", "#000000", ((0x20, 0x7E), (0x20AC, 0x20AC)))
    assert card.lacks("10 € für dich und für mich") == "ü"


def test_a_theme_need_not_have_one(tmp_path):
    assert small_theme(tmp_path, {"theme.toml": 'name = "small"\n'}).card is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('font = "face.ttf"\n', "", "social_card lacks `font`"),
        ('ink = "#000000"\n', "", "social_card lacks `ink`"),
        ("accent", "acent", "social_card has no key 'acent', did you mean accent?"),
        ("#aa0000", "red", "social_card needs a colour such as #1a1815 as its `accent`"),
        ("U+20-7E,", "20-7E,", "social_card needs ranges such as U+20-7E, U+20AC as its `covers`"),
        ('"#666666"', "6", "social_card needs text as its `mute`"),
        ("face.ttf", "fact.ttf", "social_card.font: there is no static/fact.ttf\n  fix: did you mean face.ttf?"),
        ("[social_card]", "[[social_card]]", "'social_card' must be a table"),
    ],
)
def test_a_look_that_is_wrong_is_an_error(tmp_path, old, new, message):
    with pytest.raises(TemplateError) as caught:
        small_theme(tmp_path, {"theme.toml": CARD.replace(old, new), **FONT})
    assert message in str(caught.value)


def test_colours_that_are_not_named_are_those_of_the_skin():
    broadsheet, salmon = (newspaper(skin=skin).card for skin in ("broadsheet", "salmon"))
    assert broadsheet is not None
    assert salmon is not None
    assert (broadsheet.paper, broadsheet.accent) == ("#fdfbf6", "#a3201d")
    assert (salmon.paper, salmon.accent) == ("#fff1e5", "#990f3d")
