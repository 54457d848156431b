"""The size of a picture, so that a page can keep room for it before it has come, and nothing moves then."""

from io import BytesIO

__all__ = ["PICTURES", "picture_size"]

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")
"""Suffixes of the formats that browsers show."""


def picture_size(path: str, data: bytes) -> tuple[int, int]:
    """Return width and height in CSS pixels of the picture in a file, upright; (0, 0) when it does not say."""
    name = path.lower()
    if not name.endswith(PICTURES):
        return 0, 0
    import imagesize  # with urllib and all that it needs for addresses, which are never given: 14 ms

    if name.endswith(".svg"):
        data = _root_tag(data)
    width, height = (round(value) for value in imagesize.get(BytesIO(data)))
    return (width, height) if width > 0 and height > 0 else (0, 0)


def _root_tag(drawing: bytes) -> bytes:
    # imagesize takes the first width in a drawing for the drawing's, even that of a rectangle in it.
    start = drawing.find(b"<svg")
    return drawing[start : drawing.find(b">", start) + 1] if start >= 0 else b""
