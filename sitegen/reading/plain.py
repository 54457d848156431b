"""Front matter as most posts have it, read in a fraction of the time that a YAML parser takes.

Lines of `key: value` whose values are a word, a text in quotes, a list or a mapping of these, or folded text. What this
reader returns is what `read_yaml` returns (a law of the tests); everything that it does not know, faults too, it leaves
to `read_yaml`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from sys import intern
from typing import Final

from sitegen.reading.yaml import Bare, Raw

__all__ = ["Plain", "read_plain"]

Plain = tuple[Mapping[str, Raw], tuple[tuple[str, int, int], ...]]
"""Values, and (key, line, column) of each of them and of each entry of a list, as in `model.Source.places`."""

# What YAML forbids, and what it takes for a blank or the end of a line beside ours.
_UNKNOWN: Final = re.compile("[\x00-\t\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_KEY: Final = re.compile("[A-Za-z_][A-Za-z0-9_-]{0,99}")
_ENTRY: Final = re.compile(r""" *("[^"\\]*"|'[^']*'|[^ ,"'][^,"']*)(?: *\Z| *,)""")
_DOUBLE: Final = re.compile(r'"(?:[^"\\]++|\\["\\])*+"')
_ESCAPE: Final = re.compile(r'\\(["\\])')
_BELOW: Final = frozenset({"", ">", ">-"})
"""Values that stand on the lines below their key: a list or a mapping, or text that is folded to one line."""
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`~")
"""What begins something else than a text without quotes; `~` is nothing."""
_SPECIAL_IN_LIST: Final = re.compile(r"[\[\]{}:?#]")


class _Unknown(Exception):
    """Something that only a whole YAML reader understands."""


def read_plain(text: str, line: int) -> Plain | None:
    """Return what `text` says, whose first line has the number `line`; None when it takes more to understand it."""
    if _UNKNOWN.search(text) or not f"\n{text}".endswith("\n"):  # whole lines
        return None
    reader = _Reader()
    try:
        for number, one in enumerate(text.split("\n"), start=line):
            reader.read_line(one, number)
        return reader.result()
    except _Unknown:
        return None


_Where = tuple[str, int, int]


@lru_cache(maxsize=4096)
def _kept_once(place: _Where) -> _Where:
    """Return a place that is equal; most posts have their keys in the same places."""
    return place


class _Reader:
    def __init__(self) -> None:
        self._values: dict[str, Raw] = {}
        self._places: list[tuple[str, int, int]] = []
        self._open = ""
        """The key whose value stands on the lines below it: nothing yet, a list, a mapping, or folded text."""
        self._indent = 0
        """Of those lines."""
        self._parts: dict[str, Raw] = {}
        """Of a list or a mapping, by number or key."""
        self._fold: list[str] | None = None
        """Lines of folded text."""

    def read_line(self, line: str, number: int) -> None:
        """Read one line. Raises _Unknown."""
        key, colon, rest = line.partition(":")
        if colon and _KEY.fullmatch(key):
            self._pair(key, rest, number, len(line) + 1)
        elif self._fold is not None:
            self._folded(self._fold, line)
        elif line.strip(" "):
            self._part(line, number)

    def result(self) -> Plain:
        """Return what was read."""
        self._close()
        return self._values, tuple(map(_kept_once, self._places))

    def _close(self) -> None:
        """Take the lines below the last key for its value."""
        if self._fold is not None:
            if not self._fold:
                raise _Unknown
            end = "" if self._values[self._open] == ">-" else "\n"
            self._values[self._open] = " ".join(self._fold).rstrip(" ") + end
        elif self._parts:
            parts = self._parts
            self._values[self._open] = tuple(parts.values()) if "0" in parts else parts
        self._open, self._parts, self._fold = "", {}, None

    def _pair(self, key: str, rest: str, number: int, end: int) -> None:
        """Read what stands behind a key and its colon; `end` is the column behind the line."""
        if key in self._values or (rest and rest[0] != " "):
            raise _Unknown
        self._close()
        value = rest.strip(" ")
        column = end - (len(rest.lstrip(" ")) if value else len(rest))
        key = intern(key)  # once, not once per post
        self._places.append((key, number, column))
        if value[:1] == "[":
            self._values[key] = self._list(key, value, number, column)
        elif value in _BELOW:
            self._open, self._values[key] = key, value or None
            self._fold = [] if value else None
        else:
            self._values[key] = _scalar(value)

    def _list(self, key: str, value: str, number: int, column: int) -> Raw:
        """Read a list within brackets."""
        inner, at = value[1:-1], 0
        if value[-1] != "]" or _SPECIAL_IN_LIST.search(inner):
            raise _Unknown
        items: list[Raw] = []
        end = len(inner.rstrip(" "))
        while at < end:
            found = _ENTRY.match(inner, at)
            if found is None:
                raise _Unknown
            self._places.append((intern(f"{key}.{len(items)}"), number, column + 1 + found.start(1)))
            items.append(_scalar(found[1].rstrip(" ")))
            at = found.end()
        return tuple(items)

    def _part(self, line: str, number: int) -> None:
        """Read an entry of a list, or a pair of a mapping, that stands below a key."""
        inner = line.lstrip(" ")
        indent, known = len(line) - len(inner), self._parts
        if inner[:2] == "- ":
            name, rest = str(len(known)), inner[1:]
        else:
            name, _, rest = inner.partition(":")
            if not indent or rest[:1] != " " or not _KEY.fullmatch(name):
                raise _Unknown
        value = rest.strip(" ")
        if not value or not self._open or name in known:
            raise _Unknown
        if not known:
            self._indent = indent
            self._places[-1] = (self._open, number, indent + 1)
        elif indent != self._indent or name.isdecimal() != ("0" in known):
            raise _Unknown
        self._places.append((intern(f"{self._open}.{name}"), number, len(line) - len(rest.lstrip(" ")) + 1))
        known[name] = _scalar(value)

    def _folded(self, lines: list[str], line: str) -> None:
        """Read a line of folded text; blank ones stand at its end only."""
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text and not indent and lines:
            lines.append("")
            return
        if not indent or line[-1] == " " or (lines and (indent != self._indent or not lines[-1])):
            raise _Unknown
        self._indent = indent
        lines.append(text)


def _scalar(text: str) -> str:
    """Return what a word, or a text in quotes, means. Raises _Unknown."""
    first = text[0]
    if first == '"':
        if not _DOUBLE.fullmatch(text):
            raise _Unknown
        return _ESCAPE.sub(r"\1", text[1:-1]) if "\\" in text else text[1:-1]
    if first == "'":
        if len(text) < 2 or text.find("'", 1) != len(text) - 1:
            raise _Unknown
        return text[1:-1]
    if first in _INDICATORS or ": " in text or " #" in text or text[-1] == ":":
        raise _Unknown
    return Bare(text)
