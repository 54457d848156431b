"""Blocks between `///` lines that did not become what the writer meant: the library lets them pass in silence."""

import re
from collections.abc import Iterable

from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.tokens import Token, names
from sitegen.reading.markup.words import without

__all__ = ["check_blocks"]

_FENCE = re.compile(r"^[ \t]*(?P<slashes>///+)[ \t]*(?P<name>[\w-]*)", re.MULTILINE)
_CODE = names("code pre script style textarea")
_HINT = "a block starts with /// and its name and ends with ///, each on a line of its own"


def check_blocks(tokens: Iterable[Token], notes: Notes) -> None:
    """Warn of blocks that are never closed, and of `///` lines that ended up in the text."""
    left_over = [
        match[0].strip()
        for token in without(tokens, _CODE)
        if isinstance(token, str)
        for match in _FENCE.finditer(token)
    ]
    opened: list[tuple[str, str, int]] = []
    for match, line in notes.written.matches(_FENCE):
        slashes, name = match["slashes"], match["name"]
        if match[0].strip() in left_over:
            left_over.remove(match[0].strip())
            notes.warn(f"not a block: {match[0].strip()}", line, hint=_HINT)
        elif name:
            opened.append((slashes, name, line))
        elif slashes in (others := [other for other, _, _ in opened]):
            del opened[len(others) - 1 - others[::-1].index(slashes) :]
    for slashes, name, line in opened:
        notes.warn(f"{slashes} {name} is never closed, so it goes on to the end", line, hint=_HINT)
