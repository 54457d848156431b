"""TOML with places: `tomllib` gives values but no positions, so a scan finds where each key and value stands.

The scan follows TOML 1.0 and goes over the text once, before `tomllib` does: what is nested too deeply is refused
before it costs anything (`tomllib` takes quadratic time for a key of many parts: 13 s for one of 64 KiB, measured).
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Final

from sitegen.records import dataclass
from sitegen.text import position

__all__ = ["MAX_DEPTH", "KeyPath", "Spot", "Toml", "TomlFault", "name_of", "read_toml"]

KeyPath = tuple[str | int, ...]
"""Where a value is: `("menu", 0, "url")`."""

MAX_DEPTH: Final = 16
"""How deeply tables and lists may lie in one another."""

_MAX_NUMBER = 300  # characters; from 640 digits on Python may refuse to make a number of it, with a plain ValueError


@dataclass(frozen=True, slots=True)
class Spot:
    """Offsets into the text, in characters."""

    key: int
    """Where the key stands; for an entry of a list, where the entry stands."""
    value: int
    """Where the value stands."""


@dataclass(frozen=True, slots=True)
class Toml:
    """A document: its values, and where they stand."""

    values: Mapping[str, Any]
    spots: Mapping[KeyPath, Spot]


class TomlFault(ValueError):  # not a SitegenError: the caller knows the file, and whose fault it is
    """A text that is no TOML. `offset` is where, in characters from its start."""

    def __init__(self, what: str, offset: int, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
        self.hint = hint


def name_of(path: KeyPath) -> str:
    """Return how a message names the value at `path`: `menu[0].url`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def read_toml(text: str) -> Toml:
    """Return values and places of a TOML document whose lines end in `\\n`. Raises TomlFault."""
    scan = _Scan(text)
    scan.run()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error), text, scan.at) from error
    return Toml(values, scan.spots)


_TOMLLIB = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)", re.DOTALL)
_PLAIN = {
    "Invalid value": ("this is no value", 'text stands in quotes: key = "text"'),
    "Invalid date or datetime": ("there is no such date or time", ""),
    "Invalid statement": ("this is neither `key = value` nor a `[table]`", ""),
    "Unescaped '\\' in a string": ("a lone backslash in a text", "write \\\\, or put the text in single quotes"),
    'Expected "\'"': ("this text has no end", "close it with the quote it starts with"),
    "Expected \"'''\"": ("this text has no end", "close it with the quotes it starts with"),
    "Unterminated string": ("this text has no end", "close it with the quote it starts with"),
    "Cannot overwrite a value": ("this key already has a value", ""),
    "Unclosed inline table": ("this table has no end", "close it with `}`"),
    "Unclosed array": ("this list has no end", "close it with `]`"),
    "Illegal character '\\n'": ("this text has no end", "close it with the quote it starts with, on the same line"),
    "Expected '=' after a key in a key/value pair": ("`=` is missing after the key", "write: key = value"),
    "Expected newline or end of document after a statement": (
        "something stands after the value",
        'one `key = value` on a line; quotes within text are written \\"',
    ),
}


def _fault(message: str, text: str, stopped: int) -> TomlFault:
    """Say in our words what `tomllib` says; `stopped` is where the scan could not go on."""
    found = _TOMLLIB.fullmatch(message)
    if found is None:
        return TomlFault(message, stopped)
    what, hint = _PLAIN.get(found["what"], (found["what"][:1].lower() + found["what"][1:], ""))
    if found["line"] is None:
        return TomlFault(what, min(stopped, max(len(text.rstrip()) - 1, 0)), hint)
    start = 0
    for _ in range(int(found["line"]) - 1):
        start = text.index("\n", start) + 1
    return TomlFault(what, start + int(found["column"]) - 1, hint)


_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TEXT = re.compile(r'''"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*\'''', re.DOTALL)
_OTHER = re.compile(r"""[^\s\[\]{},=#"']+(?: [0-9][^\s\[\]{},=#"']*)?""")  # a date may have a blank before its time


class _Scan:
    """One pass over a document. It stops where it does not understand; then `tomllib` says what is wrong."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.spots: dict[KeyPath, Spot] = {}
        self._implied: dict[KeyPath, Spot] = {}  # tables that only a dotted key names
        self._table: KeyPath = ()
        self._lengths: dict[KeyPath, int] = {}

    def run(self) -> None:
        """Fill `spots`. Raises TomlFault for what stands twice or lies too deep."""
        going = True
        while going:
            self._skip(_GAP)
            start = self.at
            going = self._header() if self._take("[") else self._pair(self._table, start)
        self.spots = self._implied | self.spots

    def _header(self) -> bool:
        """Read `[table]` or `[[table]]`, whose first bracket was taken."""
        start = self.at - 1
        listed = self._take("[")
        keys = self._keys()
        if not keys or not self._take("]" * (1 + listed)):
            return False
        path = self._within((), keys[:-1])
        path = (*path, keys[-1]) if listed else self._within(path, keys[-1:])
        if listed:
            number = self._lengths.get(path, 0)
            self._lengths[path] = number + 1
            self.spots.setdefault(path, Spot(start, start))
            path = (*path, number)
        self._table = path
        self._enter(path, Spot(start, start))
        return True

    def _enter(self, path: KeyPath, spot: Spot) -> None:
        """Note where `path` stands. Raises TomlFault if it stands somewhere else too."""
        if path in self.spots:
            line = position(self.text, self.spots[path].key)[0]
            raise TomlFault(f"`{path[-1]}` is given twice, first on line {line}", spot.key)
        self.spots[path] = spot
        for end in range(1, len(path)):
            self._implied.setdefault(path[:end], Spot(spot.key, spot.key))

    def _within(self, path: KeyPath, keys: tuple[str, ...]) -> KeyPath:
        """Return the path of `keys` below `path`; a list of tables stands for its last one."""
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, table: KeyPath, start: int) -> bool:
        """Read `key = value`."""
        keys = self._keys()
        if not keys or not self._take("="):
            return False
        self._skip(_BLANK)
        path = (*table, *keys)
        self._enter(path, Spot(start, self.at))
        return self._value(path)

    def _keys(self) -> tuple[str, ...]:
        """Read a key with its dots: `a."b c".d`; empty when there is none."""
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            found = _KEY.match(self.text, self.at)
            if found is None:
                return ()
            self._deepen(len(keys))
            keys.append(_unquote(found[0]))
            self.at = found.end()
            self._skip(_BLANK)
            if not self._take("."):
                return tuple(keys)

    def _value(self, path: KeyPath) -> bool:
        self._deepen(len(path) - 1)
        if self._take("["):
            return self._list(path)
        if self._take("{"):
            return self._inline_table(path)
        found = _TEXT.match(self.text, self.at) or _OTHER.match(self.text, self.at)
        if found is None:
            return False
        if found.re is _OTHER and len(found[0]) > _MAX_NUMBER:
            raise TomlFault("this number is too long", self.at)
        self.at = found.end()
        return True

    def _list(self, path: KeyPath) -> bool:
        number = 0
        while True:
            self._skip(_GAP)
            if self._take("]"):
                return True
            self.spots[*path, number] = Spot(self.at, self.at)
            if not self._value((*path, number)):
                return False
            number += 1
            self._skip(_GAP)
            if not self._take(","):
                return self._take("]")

    def _inline_table(self, path: KeyPath) -> bool:
        while True:
            self._skip(_GAP)
            if self._take("}"):
                return True
            if not self._pair(path, self.at):
                return False
            self._skip(_GAP)
            if not self._take(","):
                return self._take("}")

    def _deepen(self, depth: int) -> None:
        if depth >= MAX_DEPTH:
            raise TomlFault(f"tables and lists lie more than {MAX_DEPTH} deep in one another", self.at)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, token: str) -> bool:
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True


def _unquote(key: str) -> str:
    if key[0] not in "\"'":
        return key
    try:
        return str(tomllib.loads(f"key = {key}")["key"])
    except tomllib.TOMLDecodeError:
        return key[1:-1]
