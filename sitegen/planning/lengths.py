"""How long it takes to read a text."""

from sitegen.model import Document

__all__ = ["reading_minutes"]

_WORDS_PER_MINUTE = 230
"""Silent reading of English prose: 238 words a minute in the mean (Brysbaert 2019)."""


def reading_minutes(document: Document) -> int:
    """Return how long reading a text takes, at least 1."""
    return max(round(document.words / _WORDS_PER_MINUTE), 1)
