"""A file of front matter and text: bytes to keys, values with their places, and the text behind them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import islice
from typing import Any, Final

from sitegen.config.toml import KeyPath, Spot, TomlFault, read_toml
from sitegen.errors import Finding, Place, SourceError
from sitegen.model import Source
from sitegen.reading.plain import Plain, read_plain
from sitegen.reading.yaml import MAX_FAULTS, Bare, Fault, Raw, YamlFaults, read_yaml
from sitegen.store import digest_of
from sitegen.text import is_clean, position

__all__ = ["Matter", "decode", "finding_at", "read_matter"]

_LIMIT: Final = 64 * 1024  # bytes of front matter
_CONTROLS: Final = bytes(sorted(set(range(32)) - set(b"\t\n\r")))
_FENCE = re.compile(r"(?:[ \t]*\n)*(?P<fence>---|\+\+\+)[ \t]*(?:\n|\Z)")
_END: Final = {fence: re.compile(rf"^{re.escape(fence)}[ \t]*$", re.MULTILINE) for fence in ("---", "+++")}


@dataclass(frozen=True)
class Matter:
    """A file as it was read: nothing converted, nothing lost."""

    values: Mapping[str, Raw]
    """Front matter; empty when the file has none."""
    text: str
    """What stands behind the front matter, lines ending in `\\n`; empty once it is known where it stands."""
    source: Source
    head: str = ""
    """The file down to the fence that closes the front matter."""

    @cached_property
    def spots(self) -> Mapping[KeyPath, Spot]:
        """Where each key and value stands: offsets into `head`. Worked out when there is something to say about one."""
        opening = _FENCE.match(self.head)
        closing = opening and _closing(self.head, opening)
        return _read_keys(self.head, opening, closing, self.source.path)[1] if opening and closing else {}

    @cached_property
    def language(self) -> str:
        """The `lang` as it is written; empty when there is none."""
        value = self.values.get("lang")
        return value if isinstance(value, str) else ""

    def finding(self, path: KeyPath, what: str, *, why: str = "", hint: str = "", at_key: bool = False) -> Finding:
        """Return an error about the value at `path`, or about its key; about line 1 where it is not written."""
        spots = self.spots
        while path and path not in spots:
            path = path[:-1]
        if not path:
            return Finding(what, Place(self.source.path, 1), why, hint)
        spot = spots[path]
        return finding_at(self.source.path, self.head, Fault(what, spot.key if at_key else spot.value, hint, why))


def read_matter(data: bytes, path: str) -> Matter:
    """Return the front matter and the text of a file; `path` is how messages name it.

    YAML stands between two lines `---`, TOML between two lines `+++`; blank lines may stand before the first. Lines
    may end in LF, CRLF or CR, and a byte order mark may stand in front. Raises SourceError, with every fault that can
    be told apart, for bytes that are not UTF-8, characters that no feed can carry, and front matter that cannot be
    read or is longer than 64 KiB.
    """
    text = decode(data, path)
    opening = _FENCE.match(text)
    if opening is None:
        return Matter({}, text, Source(path, head_digest=digest_of("")))
    closing = _closing(text, opening)
    if closing is None:
        raise SourceError(_unclosed(path, text, opening))
    head = text[: closing.end()]
    values, places = _plain_keys(head, opening, closing) or _placed_keys(head, opening, closing, path)
    source = Source(path, head.count("\n") + 2, places, digest_of(head))
    return Matter(values, text[closing.end() + 1 :], source, head)


def _closing(text: str, opening: re.Match[str]) -> re.Match[str] | None:
    """Return the fence that closes the front matter."""
    return _END[opening["fence"]].search(text, opening.end())


def decode(data: bytes, path: str) -> str:
    """Return the text of a file without its byte order mark, lines ending in `\\n`.

    Raises SourceError for bytes that are not UTF-8 and for characters that XML 1.0, and so a feed, cannot carry.
    """
    try:
        text = data.decode().removeprefix("\ufeff")
        bad = data.find(b"\0")  # UTF-16 of plain English is valid UTF-8, with a NUL at every other byte
    except UnicodeDecodeError as error:
        text, bad = "", error.start
    if bad >= 0:
        place = Place(path, data.count(b"\n", 0, bad) + 1)
        raise SourceError(Finding(f"not UTF-8 at byte {bad + 1}", place, hint="save the file as UTF-8"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Bytes without those of control characters are counted in an eighth of the time that a search of the text takes.
    if len(data.translate(None, _CONTROLS)) < len(data) or "\ufffe" in text or "\uffff" in text:
        raise SourceError(*islice(_unclean(path, text), MAX_FAULTS))
    return text


def _unclean(path: str, text: str) -> Iterable[Finding]:
    """Yield an error for the first forbidden character of each line that has one."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not is_clean(line):
            column = next(i for i, character in enumerate(line) if not is_clean(character))
            what = f"control character U+{ord(line[column]):04X} is not allowed"
            yield Finding(what, Place(path, number, column + 1), "no feed can carry it", "delete it", _visible(line))


def _unclosed(path: str, text: str, opening: re.Match[str]) -> Finding:
    fence = opening["fence"]
    hint = f"write `{fence}` on a line of its own below the last key"
    return finding_at(path, text, Fault("the front matter that starts here has no end", opening.start("fence"), hint))


_Fence = re.Match[str]


def _plain_keys(head: str, opening: _Fence, closing: _Fence) -> Plain | None:
    """Return the values that stand between the fences and their places, if they are as plain as most are."""
    if opening["fence"] != "---" or len(head) > _LIMIT // 4:  # characters; four bytes are the longest
        return None
    return read_plain(head[opening.end() : closing.start()], head.count("\n", 0, opening.end()) + 1)


def _placed_keys(head: str, opening: _Fence, closing: _Fence, path: str) -> Plain:
    """Return the values that stand between the fences, and their places. Raises SourceError."""
    values, spots = _read_keys(head, opening, closing, path)
    return values, tuple((".".join(map(str, key)), *position(head, spot.value)) for key, spot in spots.items())


def _read_keys(
    head: str, opening: _Fence, closing: _Fence, path: str
) -> tuple[Mapping[str, Raw], Mapping[KeyPath, Spot]]:
    """Return the values that stand between the fences, and where in `head` they stand. Raises SourceError."""
    if len(head.encode()) > _LIMIT:
        raise SourceError(Finding(f"the front matter is longer than {_LIMIT // 1024} KiB", Place(path, 1)))
    # The fence becomes blanks, so that every offset and every line is one of `head`.
    keys = re.sub(r"[^\n]", " ", head[: opening.end()]) + head[opening.end() : closing.start()]
    try:
        return _read_toml(keys) if opening["fence"] == "+++" else _read_yaml(keys)
    except YamlFaults as error:
        raise SourceError(*(finding_at(path, head, fault) for fault in error.faults)) from error
    except TomlFault as error:
        raise SourceError(finding_at(path, head, Fault(error.what, error.offset, error.hint))) from error


def _read_yaml(text: str) -> tuple[Mapping[str, Raw], Mapping[KeyPath, Spot]]:
    document = read_yaml(text)
    if document.value is None:
        return {}, {}
    if not isinstance(document.value, Mapping):
        start = len(text) - len(text.lstrip())
        raise YamlFaults(Fault("front matter must be `key: value` lines", start, 'such as `title: "..."`'))
    return document.value, document.spots


def _read_toml(text: str) -> tuple[Mapping[str, Raw], Mapping[KeyPath, Spot]]:
    document = read_toml(text)
    return {key: _raw(value, (key,), document.spots) for key, value in document.values.items()}, document.spots


def _raw(value: Any, path: KeyPath, spots: Mapping[KeyPath, Spot]) -> Raw:  # noqa: ANN401  whatever TOML holds
    """Return a value of TOML as YAML would have it. Raises TomlFault for text that no feed can carry."""
    match value:
        case Mapping():
            return {key: _raw(item, (*path, key), spots) for key, item in value.items()}
        case list():
            return tuple(_raw(item, (*path, number), spots) for number, item in enumerate(value))
        case str():
            if not is_clean(value):
                what = "an escape in this text makes a character that no feed can carry"
                raise TomlFault(what, spots[path].value, "delete it")
            return value
        case bool():
            return Bare(str(value).lower())
        case date() | time():
            return Bare(value.isoformat())
    return Bare(repr(value))


def finding_at(path: str, text: str, fault: Fault) -> Finding:
    """Return the error for a fault in `text`, the file that messages name `path`."""
    line, column = position(text, fault.offset)
    return Finding(fault.what, Place(path, line, column), fault.why, fault.hint, _visible(text.split("\n")[line - 1]))


def _visible(line: str) -> str:
    """Return `line` as a terminal may show it, each character that it may not in one column."""
    if line.replace("\t", " ").isprintable():
        return line
    return "".join(c if c.isprintable() or c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in line)
