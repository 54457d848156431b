from io import BytesIO
from pathlib import Path

import pytest
from newspaper_pages import THEME
from PIL import Image

from sitegen.rendering.social_card import render_social_card
from sitegen.store import Store
from sitegen.view import CardStyle, Route, SocialCard, View

FONT = Path(__file__).parents[2] / "themes/newspaper/static/fonts/newsreader-600.woff2"
PAPER, INK = (253, 251, 246), (26, 24, 21)
MARGIN = 72


def card(title="Two offers", section="Pay", site="The Gazette"):
    store = Store()
    style = CardStyle(store.add_bytes(FONT.read_bytes()), "#fdfbf6", "#1a1815", "#66615a", "#a3201d")
    view = View(None, SocialCard(title, section, "Sep 27, 2008", site, style))
    return render_social_card(Route("/social/a.png", "social/a.png", "social-card", view), THEME, store)


def pixels(data):
    image = Image.open(BytesIO(data))
    assert image.format == "PNG"
    return image.convert("RGB")


def test_it_has_the_size_and_the_colours_of_the_theme():
    image = pixels(card())
    assert image.size == (1200, 630)
    assert {colour for _, colour in image.getcolors(10_000)} >= {PAPER, INK, (163, 32, 29)}


def test_it_is_the_same_bytes_every_time_and_small():
    assert card() == card()
    assert len(card()) < 30_000


@pytest.mark.parametrize("changed", [{"title": "Two offer"}, {"section": "Play"}, {"site": "The Gazettes"}])
def test_each_part_of_it_is_seen(changed):
    assert card(**changed) != card()


@pytest.mark.parametrize(
    "title",
    [
        "Hi",
        "Job Interview Follow Up - What are Your Next Steps?",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "A title that goes on and on " * 12,
        "x" * 300,
        "C++ & <b>",
    ],
)
def test_no_letter_stands_outside_the_margins(title):
    image = pixels(card(title, section=title, site=title))
    width, height = image.size
    frame = [(0, 0, MARGIN - 4, height), (width - MARGIN + 4, 0, width, height), (0, height - 20, width, height)]
    assert [image.crop(box).getcolors() for box in frame] == [
        [((box[2] - box[0]) * (box[3] - box[1]), PAPER)] for box in frame
    ]


def test_a_title_that_is_cut_off_says_so():
    words = "A title that goes on and on " * 12
    assert card(words) == card(words + "and on")
    assert card("A title that goes on") != card("A title that goes on and on")
