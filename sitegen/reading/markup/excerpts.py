"""What other pages show of a body: its opening, its first words, and what the writer set apart as a summary."""

import unicodedata
from collections.abc import Iterator, Sequence

from sitegen.reading.markup.tokens import Form, Tag, Token, end_of, end_tag
from sitegen.reading.markup.words import flat, plain_text, without
from sitegen.text import sentence_ends, word_count

__all__ = ["has_drop_cap", "lead_text", "opening"]

# A lead without a picture fills two columns (THEME.md, section 7).
_LEAST_WORDS, _MOST_WORDS = 120, 180
# Three lines at the measure of a post: a large letter needs that much beside it.
_DROP_CAP_CHARACTERS = 200
_SHOWN = frozenset({"audio", "embed", "iframe", "img", "object", "svg", "video"})


def opening(tokens: Sequence[Token]) -> list[Token]:
    """Return the paragraphs that the body opens with, cut to 120 to 180 words; nothing when it opens otherwise.

    The cut is behind a paragraph, or behind a sentence within one that has no markup round it. Ids are left out: the
    page may have them from elsewhere.
    """
    done: list[Token] = []
    words = 0
    for block in _blocks(tokens):
        if not _is_prose(block):
            break
        paragraph = [_without_id(token) for token in without(block, frozenset())]
        count = word_count(plain_text(paragraph))
        if words + count > _MOST_WORDS:
            paragraph = _cut(paragraph, _LEAST_WORDS - words, _MOST_WORDS - words) or ([] if done else paragraph)
            count = _MOST_WORDS
        done.extend(paragraph)
        words += count
        if words >= _LEAST_WORDS:
            break
    return done


def lead_text(tokens: Sequence[Token]) -> str:
    """Return the plain text of the first paragraph that has any, else of the first block that has."""
    fallback = ""
    for block in _blocks(tokens):
        text = flat(plain_text(block))
        if text and _is_paragraph(block):
            return text
        fallback = fallback or text
    return fallback


def has_drop_cap(tokens: Sequence[Token]) -> bool:
    """Whether the body opens with a paragraph that starts with a Latin letter and is long enough for a large one."""
    first = next(_blocks(tokens), [])
    text = flat(plain_text(first)) if _is_prose(first) else ""
    # Other scripts join their letters, or have an initial of another kind.
    return len(text) >= _DROP_CAP_CHARACTERS and unicodedata.name(text[0], "").startswith("LATIN ")


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yield the outermost elements, and text between them, in order."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = end_of(tokens, index) if isinstance(token, Tag) else index
        if not isinstance(token, str) or token.strip():
            yield tokens[index : end + 1]
        index = end + 1


def _is_paragraph(block: Sequence[Token]) -> bool:
    return bool(block) and isinstance(block[0], Tag) and block[0].name == "p"


def _is_prose(block: Sequence[Token]) -> bool:
    return _is_paragraph(block) and not any(isinstance(token, Tag) and token.name in _SHOWN for token in block)


def _without_id(token: Token) -> Token:
    return token.without("id") if isinstance(token, Tag) and token.get("id") is not None else token


def _cut(paragraph: Sequence[Token], least: int, most: int) -> list[Token]:
    """Return a paragraph up to the first end of a sentence that leaves `least` to `most` words, else the last below.

    Only where no element within the paragraph is open. Nothing when there is no such end.
    """
    best: list[Token] = []
    for kept in _prefixes(paragraph):
        words = word_count(plain_text(kept))
        if words > most:
            break
        best = [*kept, end_tag("p")]
        if words >= least:
            break
    return best


def _prefixes(paragraph: Sequence[Token]) -> Iterator[list[Token]]:
    depth = 0
    for index, token in enumerate(paragraph):
        if isinstance(token, Tag):
            depth += token.form.value
        elif depth == Form.START.value:
            yield from ([*paragraph[:index], token[:end]] for end in sentence_ends(token))
