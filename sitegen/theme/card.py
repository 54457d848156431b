"""How a theme has social cards drawn: the table `social_card` of its `theme.toml`."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sitegen.errors import Finding, Place, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.assets import StaticFile
from sitegen.theme.toml import TomlFile
from sitegen.view import CardStyle

__all__ = ["CardLook", "read_card"]

_COLOURS = ("paper", "ink", "mute", "accent")
_KEYS = ("font", "covers", *_COLOURS)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
# As in CSS (`unicode-range`), but for its wildcards: U+20-7E, U+20AC.
_RANGE = re.compile(r"\s*U\+([0-9a-f]{1,6})(?:-([0-9a-f]{1,6}))?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardLook:
    """A theme's declaration of its social cards."""

    font: str
    """Path of the font below static/."""
    covers: tuple[tuple[int, int], ...]
    """Code points that the font has: first and last of each range."""
    paper: str
    """Colours are `#rrggbb`; empty ones are those of the skin."""
    ink: str
    mute: str
    accent: str
    place: Place
    """Where the font is named, for messages."""

    def lacks(self, text: str) -> str:
        """Return the characters of `text` that the font does not have, each once, in order of code points."""
        return "".join(
            character
            for character in sorted(set(text))
            if not any(first <= ord(character) <= last for first, last in self.covers)
        )

    def dressed(self, tokens: Mapping[str, object]) -> "CardLook":
        """Return the look with the colours of a skin, its `tokens`, where the declaration names none.

        Raises TemplateError for those that both lack.
        """
        colours: dict[str, Any] = {key: getattr(self, key) or str(tokens.get(key, "")) for key in _COLOURS}
        if lacking := [key for key, value in colours.items() if not _COLOUR.fullmatch(value)]:
            raise TemplateError(*(Finding(f"social_card lacks `{key}`", self.place) for key in lacking))
        return replace(self, **colours)

    def check(self, assets: Mapping[str, StaticFile]) -> None:
        """Raise TemplateError if the theme does not have the font."""
        if self.font not in assets:
            near = nearest(self.font, assets)
            hint = f"did you mean {near}?" if near else "name a file below static/"
            raise TemplateError(Finding(f"social_card.font: there is no static/{self.font}", self.place, hint=hint))

    def style(self, assets: Mapping[str, StaticFile]) -> CardStyle:
        """Return what a card's view holds of it."""
        return CardStyle(assets[self.font].digest, self.paper, self.ink, self.mute, self.accent)


def read_card(file: TomlFile) -> CardLook | None:
    """Return what a `theme.toml` declares, None if it declares nothing. Raises TemplateError with all that is wrong."""
    table = file.table.get("social_card")
    if table is None:
        return None
    lacking = [key for key in _KEYS if key not in table and key not in _COLOURS]
    faults = [file.finding(("social_card",), f"social_card lacks `{key}`", at_key=True) for key in lacking]
    for key, value in table.items():
        if fault := _fault_of(key, value) if key in _KEYS else _unknown(key):
            faults.append(file.finding(("social_card", key), f"social_card {fault}", at_key=key not in _KEYS))
    if faults:
        raise TemplateError(*faults)
    colours = {key: table.get(key, "") for key in _COLOURS}
    return CardLook(
        font=table["font"],
        covers=_ranges(table["covers"]),
        place=file.finding(("social_card", "font"), "").place,
        **colours,
    )


def _unknown(key: str) -> str:
    near = nearest(key, _KEYS)
    return f"has no key {key!r}{f', did you mean {near}?' if near else ''}"


def _fault_of(key: str, value: object) -> str:
    if not isinstance(value, str):
        return f"needs text as its `{key}`"
    if key in _COLOURS and not _COLOUR.fullmatch(value):
        return f"needs a colour such as #1a1815 as its `{key}`"
    if key == "covers" and not all(_RANGE.fullmatch(part) for part in value.split(",")):
        return "needs ranges such as U+20-7E, U+20AC as its `covers`"
    return ""


def _ranges(text: str) -> tuple[tuple[int, int], ...]:
    found = (match for part in text.split(",") if (match := _RANGE.fullmatch(part)))
    return tuple((int(match[1], 16), int(match[2] or match[1], 16)) for match in found)
