"""Strings to strings: slugs, sort keys, excerpts, near misses. Nothing here knows what a post is."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import filterfalse

__all__ = [
    "clean",
    "fold",
    "is_clean",
    "nearest",
    "opening_sentences",
    "position",
    "sentence_ends",
    "shorten",
    "slugify",
    "word_count",
]

_SPOKEN = {"+": " plus ", "#": " sharp ", "&": " and "}
_APOSTROPHES = re.compile("['’ʼ`´]")
_NOT_KEPT = re.compile(r"[^\w-]|_")
_HYPHENS = re.compile("-+")
_SLUG_BYTES = 200
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
# Behind another mark no match starts: without that, each dot of a long row would be a start, and the time its square.
_SENTENCE_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’“‘»«›‹)\]]*+(?=\s)")
_NOT_SENTENCE = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|approx))\.$")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
# What XML 1.0 section 2.2 forbids: feeds could not carry it. Lone surrogates have no UTF-8 form at all. Compiled in a
# tenth of the 9 ms that the letters it allows would take.
_UNCLEAN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def slugify(name: str) -> str:
    """Return `name` as one segment of a URL, never empty and at most 200 bytes of UTF-8.

    Letters, marks and digits of every script are kept in NFC and lower case; `+`, `#`, `&` and a leading `.` are
    spoken, so that C, C++, C# and .NET differ; apostrophes vanish; everything else becomes one hyphen. A name of
    which nothing is left becomes `x` and 8 hexadecimal digits of its SHA-256.
    """
    if len(name) <= _SLUG_BYTES and _SLUG.fullmatch(name):
        return name
    spoken = _APOSTROPHES.sub("", unicodedata.normalize("NFC", name.strip()))
    if spoken.startswith(".") and spoken.strip("."):
        spoken = "dot " + spoken[1:]
    for sign, word in _SPOKEN.items():
        spoken = spoken.replace(sign, word)
    kept = _NOT_KEPT.sub(_hyphen, spoken.lower().replace(" ", "-"))
    slug = _HYPHENS.sub("-", unicodedata.normalize("NFC", kept)).strip("-")
    slug = slug.encode("utf-8", "ignore")[:_SLUG_BYTES].decode("utf-8", "ignore").strip("-")
    return slug or "x" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _hyphen(match: re.Match[str]) -> str:
    # Marks of many scripts are no part of a word to the standard library.
    return match[0] if unicodedata.category(match[0])[0] in "LMN" else "-"


@lru_cache(maxsize=4096)  # a site has few names, and each of them on many posts
def fold(name: str) -> str:
    """Return the form in which two names are compared: NFC, case-folded, white space collapsed."""
    return unicodedata.normalize("NFC", " ".join(name.split()).casefold())


def is_clean(text: str) -> bool:
    """Whether every character of `text` may stand in XML 1.0 (section 2.2), and so in a feed."""
    return _UNCLEAN.search(text) is None


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, both counted from 1, of the character at `offset` of `text`, whose lines end in `\\n`."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def clean(text: str) -> str:
    """Return `text` without the characters that may not stand in XML 1.0."""
    return _UNCLEAN.sub("", text)


def word_count(text: str) -> int:
    """Return the number of words: what stands between white space and has a letter or a digit.

    A Han, Hiragana or Katakana character counts as half a word.
    """
    found = text.split()
    mixed = filterfalse(str.isalnum, found)
    signs = [word for word in mixed if not word[0].isalnum() and not any(map(str.isalnum, word))]
    ideographs = _IDEOGRAPHS.findall("".join(filterfalse(str.isascii, found)))
    return len(found) - len(signs) + len(ideographs) // 2


def opening_sentences(text: str, *, least: int, most: int) -> str:
    """Return whole sentences from the start of `text`: at least `least` characters, at most `most`.

    Cut at a word with an ellipsis when the first sentence alone is longer than `most`.
    """
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    end = 0
    for sentence_end in sentence_ends(flat):
        if sentence_end > most:
            break
        end = sentence_end
        if end >= least:
            break
    return flat[:end] if end else shorten(flat, most)


def sentence_ends(text: str) -> Iterator[int]:
    """Yield the offset behind each sentence of `text` that white space follows; initials and `Mr.` end none."""
    for match in _SENTENCE_END.finditer(text):
        if not _NOT_SENTENCE.search(text[max(0, match.end() - 10) : match.end()]):
            yield match.end()


def shorten(text: str, most: int) -> str:
    """Return `text` in at most `most` characters, cut between words and closed with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    cut = flat[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-–—") + "…"


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that is one edit away from `word`, letters compared without case, or None.

    An edit is one character put in, left out, exchanged, or two neighbours swapped (Damerau 1964). Words of fewer
    than four letters have no near miss: too many short words are one edit apart.
    """
    folded = word.casefold()
    if len(folded) < 4:
        return None
    return next((c for c in sorted(candidates) if _one_edit_apart(folded, c.casefold())), None)


def _one_edit_apart(a: str, b: str) -> bool:
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    if len(a) > len(b):
        a, b = b, a
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    return a[start + 1 :] == b[start + 1 :] or (
        a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    )
