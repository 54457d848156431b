"""What a body is made of as a whole: headings with their ids, anchors, and tables in a box that scrolls."""

import itertools
import re
from collections.abc import Iterable

from sitegen.model import Heading
from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.tokens import Form, Tag, Token, end_of, end_tag, start_tag
from sitegen.reading.markup.words import flat, plain_text
from sitegen.text import slugify

__all__ = ["anchors_of", "boxed_tables", "finish_headings"]

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_ENDS = {level: end_tag(name) for name, level in _LEVELS.items()}
_FURNITURE = frozenset({"comments", "main", "top"})
"""Ids that every theme has on its pages."""
_BOX = (("class", "table"), ("role", "region"), ("tabindex", "0"))
_TOP_HEADING = re.compile(r"^ {0,3}#(?!#)|^[^\n]+\n=+[ \t]*$|<h1", re.MULTILINE | re.IGNORECASE)


def finish_headings(tokens: list[Token], notes: Notes) -> tuple[list[Token], tuple[Heading, ...]]:
    """Return the tokens with an id on each heading, and the headings.

    The page's title is its only heading of level 1, so a body that has one has all its headings moved down a level.
    An id is the heading's slug, or the one that was written; the second heading of a name gets `-1` behind it, as
    other generators have it.
    """
    found = [(index, tag) for index, tag in enumerate(tokens) if isinstance(tag, Tag) and tag.name in _LEVELS]
    shift = int(any(tag.name == "h1" for _, tag in found))
    if shift:
        line = next((line for _, line in notes.written.matches(_TOP_HEADING)), 0)
        why = "the title is the only one on a page, so all headings of the text were moved down a level"
        notes.warn("heading of level 1 in a text", line, why=why, hint="start with ##")
    done = list(tokens)
    headings: list[Heading] = []
    taken = {*_FURNITURE, *anchors_of(tag for tag in tokens if isinstance(tag, Tag) and tag.name not in _LEVELS)}
    for index, tag in found:
        level = min(6, _LEVELS[tag.name] + shift)
        if tag.form is Form.END:
            done[index] = _ENDS[level]
            continue
        title = flat(plain_text(tokens[index : end_of(tokens, index)]))
        anchor = _unique(tag.get("id") or slugify(title), taken)
        done[index] = tag._replace(name=f"h{level}").having(("id", anchor))
        if title:
            headings.append(Heading(level, anchor, title))
    return done, tuple(headings)


def anchors_of(tokens: Iterable[Token]) -> frozenset[str]:
    """Return every id in the tokens, and the names of old-style anchors."""
    tags = (token for token in tokens if isinstance(token, Tag) and token.attributes)
    found = (tag.get("id") or (tag.get("name") if tag.name == "a" else None) for tag in tags)
    return frozenset(anchor for anchor in found if anchor)


def boxed_tables(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each table in a box of its own, which a reader can scroll sideways by keyboard.

    The box is named by the table's caption, else `Table`, `Table 2` and so on: no two regions of a page have one name.
    """
    if not any(isinstance(token, Tag) and token.name == "table" for token in tokens):
        return tokens
    done: list[Token] = []
    labels: set[str] = set()
    depth = 0
    for index, token in enumerate(tokens):
        change = token.form.value if isinstance(token, Tag) and token.name == "table" else 0
        depth += change
        if change > 0 and depth == 1:
            label = _unique(_caption_of(tokens, index) or "Table", labels, sign=" ", first=2)
            done.append(start_tag("div", *_BOX, ("aria-label", label)))
        done.append(token)
        if change < 0 and depth == 0:
            done.append(end_tag("div"))
    return done


def _caption_of(tokens: list[Token], start: int) -> str:
    """Return the caption within the table at `start`, else the one of a figure that follows the table."""
    end = end_of(tokens, start)
    tags = [(index, tag.name) for index, tag in enumerate(tokens[start:], start) if isinstance(tag, Tag)]
    inside = (index for index, name in tags if index < end and name == "caption")
    behind = (
        index for index, name in itertools.islice((tag for tag in tags if tag[0] > end), 1) if name == "figcaption"
    )
    index = next(itertools.chain(inside, behind), None)
    return "" if index is None else flat(plain_text(tokens[index : end_of(tokens, index)]))


def _unique(name: str, taken: set[str], *, sign: str = "-", first: int = 1) -> str:
    """Return `name`, with the first number behind it that makes it one not `taken`, and take it."""
    found = name
    if name in taken:
        numbered = (f"{name}{sign}{number}" for number in itertools.count(first))
        found = next(candidate for candidate in numbered if candidate not in taken)
    taken.add(found)
    return found
