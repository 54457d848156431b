"""The newspaper's fonts have what its five languages are set with. Pillow draws what a font lacks as its glyph 0."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import ImageFont
from views import newspaper

FACES = [path for path in newspaper(fonts="full").assets if path.endswith(".woff2")]
MARKS = "“”‘’„‚«»‹›–—…·¡¿?!&§°%€£¥$©®½²"
LETTERS = "äöüÄÖÜß àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ áéíñóúüÁÉÍÑÓÚÜªº åøÅØãõÃÕ"
GLYPH_0 = chr(0xFFFF)


def lacks(font: bytes, text: str) -> str:
    face = ImageFont.truetype(BytesIO(font), 400, layout_engine=ImageFont.Layout.BASIC)
    drawn = {each: (face.getlength(each), bytes(face.getmask(each))) for each in text + GLYPH_0}
    return "".join(each for each in text if drawn[each] == drawn[GLYPH_0])


@pytest.mark.parametrize("face", FACES)
def test_a_face_has_the_marks_and_letters_of_its_languages(face):
    data = newspaper(fonts="full").assets[face].data
    assert lacks(data, MARKS + LETTERS) == ""
    assert lacks(data, "→ب") == "→ب"


def test_each_face_is_there():
    assert [Path(face).stem for face in FACES] == ["newsreader-600", "newsreader-400-italic", "newsreader-400"]


def test_social_cards_claim_no_character_that_their_font_lacks():
    card = newspaper().card
    assert card is not None
    claimed = "".join(chr(point) for first, last in card.covers for point in range(first, last + 1))
    assert lacks(newspaper().assets[card.font].data, claimed) == ""
    assert card.lacks(MARKS + LETTERS) == ""
