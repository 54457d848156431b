"""Text as HTML has it."""

from functools import lru_cache

from markupsafe import escape

__all__ = ["escaped", "escaped_text"]


# Nine of ten texts that pages print were printed before: titles, addresses, words of the interface.
@lru_cache(maxsize=8192)
def escaped_text(text: str) -> str:
    """Return `text`, which is no `Markup`, without the characters that HTML takes for its own."""
    return str(escape(text))


def escaped(value: object) -> str:
    """Return any value's text like `escaped_text`, and what is HTML already as it is."""
    return str(escape(value)) if hasattr(value, "__html__") else escaped_text(str(value))
