"""Quotation marks as a language writes them, in place of the control characters that typography leaves.

The marks are those that Unicode's CLDR has as delimiters, but for French, where it leaves out the blanks.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from sitegen.config import MarkupOptions

__all__ = ["options_in", "put_quotes"]

_Marks = tuple[str, str, str, str]
"""Opening and closing, then the same for a quotation within a quotation."""

_ENGLISH: _Marks = ("“", "”", "‘", "’")
_APOSTROPHE = "’"
_LOW: _Marks = ("„", "“", "‚", "‘")
_POINTED: _Marks = ("«", "»", "“", "”")
_HIGH: _Marks = ("”", "”", "’", "’")
_BLANK = "\N{NO-BREAK SPACE}"
_OF_LANGUAGE: Mapping[str, _Marks] = {
    "en": _ENGLISH,
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "lt"), _LOW),
    **dict.fromkeys(("es", "it", "ca", "pt-pt", "el"), _POINTED),
    **dict.fromkeys(("sv", "fi"), _HIGH),
    **dict.fromkeys(("de-ch", "de-li", "fr-ch"), ("«", "»", "‹", "›")),
    **dict.fromkeys(("nb", "nn", "no"), ("«", "»", "‘", "’")),
    **dict.fromkeys(("ru", "uk", "be", "bg"), ("«", "»", "„", "“")),
    "fr": (f"«{_BLANK}", f"{_BLANK}»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "hu": ("„", "”", "»", "«"),
}
# A closing quote is never followed by a letter, and behind the end of a block none is open any more.
_SINGLE = re.compile(
    r"(?P<opens>\x13)|(?P<closes>\x14)(?!(?:<[^>]{0,80}>)?\w)|</(?:p|li|h[1-6]|td|th|dd|dt|figcaption|summary)>"
)


def options_in(language: str, options: MarkupOptions) -> MarkupOptions:
    """Return the options for a text in `language`, a BCP 47 tag: with its own marks, if they are known and others."""
    marks = _marks_of(language)
    is_same = marks is None or marks == (_marks_of(options.language) or _ENGLISH)
    return options if is_same else replace(options, language=language)


def _marks_of(language: str) -> _Marks | None:
    tag = language.lower()
    return _OF_LANGUAGE.get(tag) or _OF_LANGUAGE.get(tag.partition("-")[0])


def put_quotes(html: str, language: str) -> str:
    """Return `html` with the marks of `language`, a BCP 47 tag.

    They take the place of \\x11 and \\x12 (double quotes), \\x13 and \\x14 (single ones; \\x14 is an apostrophe too).
    """
    opening, closing, inner, end = _marks_of(language) or _ENGLISH
    if end != _APOSTROPHE and "\x13" in html:
        html = _with_inner_quotes(html, inner, end)
    for mark, quote in (("\x11", opening), ("\x12", closing), ("\x13", inner), ("\x14", _APOSTROPHE)):
        html = html.replace(mark, quote)
    return html


def _with_inner_quotes(html: str, inner: str, end: str) -> str:
    """Return `html` with marks for those single quotes that stand around something; the others are apostrophes."""
    is_open = False

    def put(match: re.Match[str]) -> str:
        nonlocal is_open
        ends, is_open = is_open and match["closes"], bool(match["opens"])
        return inner if match["opens"] else end if ends else match[0]

    return _SINGLE.sub(put, html)
