"""What a page looked like when a person last looked at it: the boxes of its parts, and a small grey picture.

Boxes hold on every machine, because the golden views are set in the theme's own font. Pixels are compared only where a
line of text comes out as it did on the machine that recorded them: another Chromium draws letters in another way.
"""

import hashlib
import io
import json
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops
from playwright.sync_api import Page

__all__ = ["Golden"]

_PARTS: Final = (
    "body",
    *(
        ".edition",
        ".mast",
        ".secs",
        "h1",
        ".lead",
        ".lead img",
        ".opening",
        ".stack",
        ".promo",
        ".days",
        ".day",
        ".pager",
    ),
    *(
        ".list-head",
        ".head",
        ".dek",
        ".hero",
        ".rail",
        ".body",
        ".pull",
        ".table",
        ".footnote li",
        ".bios",
        ".tags",
        ".share",
    ),
    *(".comments", ".neighbours", ".related", ".month", ".years", ".blocks", ".block", ".foot"),
)
_BOXES: Final = """parts => Object.fromEntries(parts.flatMap(part => {
    const found = document.querySelector(part);
    if (!found) return [];
    const {left, top, width, height} = found.getBoundingClientRect();
    return [[part, [left, top + scrollY, width, height].map(Math.round)]];
}))"""
_BOX_TOLERANCE: Final = 0.02
"""Of the page's width for what is horizontal, of its height for what is vertical; and one pixel."""
_PIXEL_SHARE: Final = 0.001
_GREYS: Final = 16
_NOTICED: Final = 32
"""A difference of a pixel that a person sees, of 255."""


class Golden:
    """The golden views in a folder: `boxes.json` and a PNG for each; `--update-golden` records them anew."""

    def __init__(self, folder: Path, *, update: bool) -> None:
        self._folder, self._update, self._file = folder, update, folder / "boxes.json"
        self._known = json.loads(self._file.read_text(encoding="utf-8")) if self._file.exists() else {}
        self._same_letters = False

    def faults(self, page: Page, name: str) -> list[str]:
        """Return how the page that is open differs from what was recorded under `name`."""
        boxes = page.evaluate(_BOXES, _PARTS)
        picture = _small(page.screenshot())
        if self._update:
            self._known[name] = boxes
            text = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in sorted(self._known.items()))
            self._file.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
            picture.save(self._folder / f"{name}.png", optimize=True)
            return []
        return [*_moved(self._known[name], boxes), *self._redrawn(page, name, picture)]

    def _redrawn(self, page: Page, name: str, picture: Image.Image) -> list[str]:
        if not self._same_letters:
            return []
        with Image.open(self._folder / f"{name}.png") as recorded:
            if recorded.size != picture.size:
                return [f"{picture.size} in place of {recorded.size} pixels"]
            difference = ImageChops.difference(recorded.convert("L"), picture.convert("L"))
        share = sum(difference.histogram()[_NOTICED:]) / (picture.width * picture.height)
        return [f"{share:.2%} of the pixels differ"] if share > _PIXEL_SHARE else []

    def probe(self, page: Page) -> None:
        """Look at the masthead of a page, always the same, to know whether pixels can be compared at all."""
        digest = hashlib.sha256(_small(page.locator(".mast").screenshot()).tobytes()).hexdigest()
        if self._update:
            self._known["probe"] = digest
        self._same_letters = digest == self._known.get("probe")


def _small(png: bytes) -> Image.Image:
    """Return a screenshot in half its size and 16 greys: a tenth of the bytes, and still what a person would notice."""
    with Image.open(io.BytesIO(png)) as full:
        grey = full.convert("L").resize((full.width // 2, full.height // 2), Image.Resampling.BOX)
    return grey.quantize(_GREYS)


def _moved(recorded: dict[str, list[int]], found: dict[str, list[int]]) -> list[str]:
    """Name each part that has come, gone, or moved by more than the tolerance."""
    missing = [f"{part}: only {'now' if part in found else 'then'}" for part in recorded.keys() ^ found.keys()]
    _, _, width, height = recorded["body"]
    limits = [1 + _BOX_TOLERANCE * size for size in (width, height, width, height)]
    return missing + [
        f"{part}: {found[part]} in place of {recorded[part]}"
        for part in recorded.keys() & found.keys()
        if any(abs(now - then) > limit for now, then, limit in zip(found[part], recorded[part], limits, strict=True))
    ]
