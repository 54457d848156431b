"""Social cards, drawn with Pillow: 1200 x 630 pixels, the size that Facebook, LinkedIn and X ask for.

The same card and the same version of Pillow give the same bytes: letters are laid out by Pillow itself, since whether
it was built with Raqm differs from system to system.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageDraw, ImageFont

from sitegen.store import Store
from sitegen.view import Route, SocialCard

if TYPE_CHECKING:
    from sitegen.theme import Theme

__all__ = ["render_social_card"]

# All in pixels.
_WIDTH, _HEIGHT = 1200, 630
_MARGIN = 72
_MEASURE = _WIDTH - 2 * _MARGIN
_SMALL = 34
_TITLE_TOP, _TITLE_BOTTOM = 222, 524
_TITLE_SIZES = (92, 80, 70, 60, 52)
_LEADING = 1.12
_COLOURS = 32
"""Enough for the soft edges of letters in four colours; a card takes a third of the bytes."""

_Font = ImageFont.FreeTypeFont


def render_social_card(route: Route, _theme: "Theme", store: Store) -> bytes:
    """Return the card as PNG."""
    card = cast(SocialCard, route.view.page)
    image = Image.new("RGB", (_WIDTH, _HEIGHT), card.style.paper)
    _draw(card, ImageDraw.Draw(image), store.file(card.style.font))
    data = BytesIO()
    image.quantize(_COLOURS).save(data, "PNG", optimize=True)
    return data.getvalue()


def _draw(card: SocialCard, draw: ImageDraw.ImageDraw, font_file: bytes) -> None:
    small, style = _font(font_file, _SMALL), card.style
    draw.text((_MARGIN, 64), _cut(card.site, small, _MEASURE), font=small, fill=style.ink)
    draw.rectangle((_MARGIN, 122, _WIDTH - _MARGIN, 127), fill=style.ink)
    draw.rectangle((_MARGIN, 132, _WIDTH - _MARGIN, 133), fill=style.ink)
    draw.text((_MARGIN, 156), _cut(card.section, small, _MEASURE), font=small, fill=style.accent)
    font, lines = _fitted(card.title, font_file)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _TITLE_TOP + number * _leading(font)), line, font=font, fill=style.ink)
    draw.rectangle((_MARGIN, 544, _WIDTH - _MARGIN, 545), fill=style.mute)
    draw.text((_MARGIN, 560), card.date, font=small, fill=style.mute)


def _font(data: bytes, size: int) -> _Font:
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _leading(font: _Font) -> int:
    return round(font.size * _LEADING)


def _fitted(title: str, font_file: bytes) -> tuple[_Font, list[str]]:
    """Return the largest font in which the whole title has room, and its lines; the rest is cut off in the smallest."""
    for size in _TITLE_SIZES:
        font = _font(font_file, size)
        lines = list(_lines(title, font))
        if len(lines) <= _room(font):
            return font, lines
    smallest = _font(font_file, _TITLE_SIZES[-1])
    lines, last = list(_lines(title, smallest)), _room(smallest) - 1
    return smallest, [*lines[:last], _cut(" ".join(lines[last:]), smallest, _MEASURE)]


def _room(font: _Font) -> int:
    """Return how many lines a title may have."""
    return (_TITLE_BOTTOM - _TITLE_TOP) // _leading(font)


def _lines(text: str, font: _Font) -> Iterator[str]:
    """Yield `text` in lines as wide as the card, broken between words, or in a word that is wider than that."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= _MEASURE:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > _MEASURE:
            fits = next(end for end in range(len(line), 0, -1) if font.getlength(line[:end]) <= _MEASURE)
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _cut(text: str, font: _Font, width: int) -> str:
    """Return `text`, or as much of its beginning as has room before an ellipsis."""
    if font.getlength(text) <= width:
        return text
    fits = next(end for end in range(len(text), -1, -1) if font.getlength(f"{text[:end].rstrip()}…") <= width)
    return f"{text[:fits].rstrip()}…"
