"""Whether colours can be told apart: contrast as WCAG 2.2 counts it, of the tokens that a theme names."""

import re
from collections.abc import Iterator, Mapping

from sitegen.errors import Finding
from sitegen.records import dataclass
from sitegen.theme.declaration import Contrast
from sitegen.theme.tokens import ALL, DARK, Token

__all__ = ["MARKS", "TEXT", "Palette", "contrast_faults", "contrast_ratio", "palettes"]

TEXT = 4.5
"""Of text on what lies behind it (WCAG 2.2, 1.4.3)."""
MARKS = 3.0
"""Of rules that mean something, and of the focus ring (WCAG 2.2, 1.4.11)."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*--([\w-]+)\s*\)")
_LIGHT_DARK = re.compile(r"light-dark\(((?:[^,()]|\([^()]*\))+),((?:[^,()]|\([^()]*\))+)\)")
_MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Palette:
    """The tokens that hold in one scheme."""

    scheme: str
    """`light` or `dark`."""
    tokens: Mapping[str, Token]

    def colour(self, name: str) -> str:
        """Return the colour of a token as `#rrggbb`; empty when it is none that can be computed with."""
        value = self.tokens[name].value if name in self.tokens else ""
        for _ in range(_MOST_STEPS):
            if both := _LIGHT_DARK.fullmatch(value):
                value = both[2 if self.scheme == "dark" else 1].strip()
            elif (other := _VAR.fullmatch(value)) and other[1] in self.tokens:
                value = self.tokens[other[1]].value
        if not _HEX.fullmatch(value):
            return ""
        return value.lower() if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:]).lower()


def palettes(settled: Mapping[tuple[str, str], Token]) -> tuple[Palette, Palette]:
    """Return the tokens of the light scheme and of the dark one."""
    light = {name: token for (condition, name), token in settled.items() if condition == ALL}
    dark = {name: token for (condition, name), token in settled.items() if condition == DARK}
    return Palette("light", light), Palette("dark", light | dark)


def contrast_ratio(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`: from 1 (equal) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def contrast_faults(settled: Mapping[tuple[str, str], Token], contrast: Contrast) -> Iterator[Finding]:
    """Yield an error for each pair of colours that falls short, at the place of the one in front."""
    light, dark = palettes(settled)
    named = {*contrast.text, *contrast.marks, *contrast.on}
    differing = {name for name in named if light.colour(name) != dark.colour(name)}
    for names, least in ((contrast.text, TEXT), (contrast.marks, MARKS)):
        for front in names:
            for back in contrast.on:
                for palette in (light, dark) if {front, back} & differing else (light,):
                    if fault := _fault(palette, front, back, least):
                        yield fault


def _fault(palette: Palette, front: str, back: str, least: float) -> Finding | None:
    for name in (front, back):
        if name not in palette.tokens:
            return Finding(f"the skin lacks the token --{name}", hint="the theme.toml names it under [contrast]")
        if not palette.colour(name):
            what = f"the contrast of --{name} cannot be computed from {palette.tokens[name].value!r}"
            return palette.tokens[name].fault(what, hint="write the colour as #rrggbb, or as var() of a token that is")
    ratio = contrast_ratio(palette.colour(front), palette.colour(back))
    if ratio >= least:
        return None
    # Rounded down: a pair that falls short never reads as if it did not.
    shown = f"{int(ratio * 100) / 100:.2f}"
    token = palette.tokens[front]
    return token.fault(
        f"--{front} on --{back} has a contrast of {shown} in the {palette.scheme} scheme; it needs {least:g}",
        why=f"{palette.colour(front)} on {palette.colour(back)} is hard to make out for many readers",
        hint=_advice(palette, front, back, token),
    )


def _advice(palette: Palette, front: str, back: str, token: Token) -> str:
    lighter = _luminance(palette.colour(back)) < _luminance(palette.colour(front))
    advice = f"make --{front} {'lighter' if lighter else 'darker'}"
    if palette.scheme == "dark" and token.condition != DARK:
        of_config = f'tokens = {{ dark = {{ {front} = "..." }} }}'
        of_file = f"@media {DARK} {{ :root {{ --{front}: ... }} }}"
        return f"{advice} in the dark scheme: {of_file if token.place.path.endswith('.css') else of_config}"
    return advice


def _luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` as WCAG 2.2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
