"""YAML as writers need it: text stays text, every value has a place, and nothing can blow up.

Read from the events of libyaml, not from PyYAML's values: those make `no` False, `012` ten and `1:30` ninety, forget
where they stood, keep the last of two equal keys and copy aliases until memory ends. The scalars' types are decided by
whoever knows the key: as text, or with `typed` by the YAML 1.2 core schema.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from sitegen.config.toml import MAX_DEPTH, KeyPath, Spot
from sitegen.model import Value
from sitegen.text import is_clean, position

__all__ = ["MAX_FAULTS", "Bare", "Fault", "Raw", "Yaml", "YamlFaults", "read_yaml", "typed"]


MAX_FAULTS: Final = 50
"""How many faults of one file are told: whoever has more has one cause for them."""

_YAML_TAG: Final = "tag:yaml.org,2002:"


class Bare(str):
    """A scalar that stood without quotes, so that it may mean a number, a truth value or nothing."""

    __slots__ = ()


Raw = str | None | tuple["Raw", ...] | Mapping[str, "Raw"]
"""A value as it was written: all scalars are text; None where nothing, or a bare `~`, stood."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at an offset, in characters from the start of the text."""

    what: str
    offset: int
    hint: str = ""
    why: str = ""


class YamlFaults(ValueError):  # not a SitegenError: the caller knows the file
    """A text that is no YAML of ours, with every fault that was found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(fault.what for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Yaml:
    """A document: its value, and where the parts of it stand."""

    value: Raw
    spots: Mapping[KeyPath, Spot]


def read_yaml(text: str) -> Yaml:
    """Return value and places of one YAML document whose lines end in `\\n`.

    Raises YamlFaults for what is no YAML, and for keys given twice, anchors, aliases, merge keys, tags, a second
    document, and what lies more than 16 deep. Raises ImportError when PyYAML was built without libyaml.
    """
    reader = _Reader(text)
    try:
        value = reader.document()
    except yaml.YAMLError as error:
        raise YamlFaults(*reader.faults, _syntax_fault(error, text)) from error
    if reader.faults:
        raise YamlFaults(*reader.faults)
    return Yaml(value, reader.spots)


class _Reader:
    """Builds a value from events, noting places and what is refused."""

    def __init__(self, text: str) -> None:
        if not hasattr(yaml, "CSafeLoader"):  # the reader written in Python takes eight times as long
            raise ImportError("PyYAML was installed without libyaml: install a wheel of it from PyPI")
        self.text = text
        self.events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self.spots: dict[KeyPath, Spot] = {}
        self.faults: list[Fault] = []

    def document(self) -> Raw:
        """Read the whole stream, which may hold one document at most."""
        next(self.events)
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            return None
        if event.version or event.tags:
            self._refuse("directives such as `%YAML` are not read", event)
        value = self._node(next(self.events), ())
        next(self.events)
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise YamlFaults(*self.faults, Fault("a second document starts here", event.start_mark.index))
        return value

    def _node(self, event: Any, path: KeyPath) -> Raw:  # noqa: ANN401  PyYAML's events have no types
        if isinstance(event, yaml.AliasEvent):
            self._refuse(f"the alias `*{event.anchor}` is not read", event)
            return None
        if event.anchor is not None:
            self._refuse(f"the anchor `&{event.anchor}` is not read", event)
        if event.tag is not None:
            self._refuse(f"the tag `{event.tag.replace(_YAML_TAG, '!!')}` is not read", event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= MAX_DEPTH:
            what = f"lists and mappings lie more than {MAX_DEPTH} deep in one another"
            raise YamlFaults(*self.faults, Fault(what, event.start_mark.index))
        return self._mapping(path) if isinstance(event, yaml.MappingStartEvent) else self._sequence(path)

    def _scalar(self, event: Any) -> str | None:  # noqa: ANN401
        value: str = event.value
        if event.style == "":
            return Bare(value) if value not in ("", "~") else None
        if event.style == '"' and not is_clean(value):
            self._refuse("an escape in this text makes a character that no feed can carry", event, hint="delete it")
        return value

    def _sequence(self, path: KeyPath) -> Raw:
        items: list[Raw] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            at = event.start_mark.index
            here = (*path, len(items))
            self.spots[here] = Spot(at, at)
            items.append(self._node(event, here))
        return tuple(items)

    def _mapping(self, path: KeyPath) -> Raw:
        values: dict[str, Raw] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path)
            at = event.start_mark.index
            here = (*path, key)
            if key in values:
                line = position(self.text, self.spots[here].key)[0]
                self._refuse(f"the key `{key}` is given twice, first on line {line}", event, hint="keep one of them")
            event = next(self.events)
            self.spots[here] = Spot(at, event.start_mark.index)
            values[key] = self._node(event, here)
        return values

    def _key(self, event: Any, path: KeyPath) -> str:  # noqa: ANN401
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            raise YamlFaults(*self.faults, Fault("a key must be a word", event.start_mark.index))
        self._node(event, path)
        if event.value == "<<":
            self._refuse("merge keys (`<<`) are not read", event)
        key: str = event.value
        return key

    def _refuse(self, what: str, event: Any, *, hint: str = "") -> None:  # noqa: ANN401
        why = "" if hint else "only plain keys and values are read"
        hint = hint or "write the value out; text that starts with `&`, `*`, `!` or `%` stands in quotes"
        self.faults.append(Fault(what, event.start_mark.index, hint, why))
        if len(self.faults) >= MAX_FAULTS:
            raise YamlFaults(*self.faults)


_QUOTE: Final = 'put the text in quotes: "..."'
_PLAIN: Final = (
    ("tab", "a tab where YAML wants blanks", "use spaces"),
    ("mapping values are not allowed", "a colon that YAML does not expect here", ""),
    ("could not find expected ':'", "this line has no `key:`", "write `key: value`; text of several lines is indented"),
    ("cannot start any token", "a value cannot start with this character", _QUOTE),
    ("while scanning a quoted scalar", "this text has no end", "close it with the quote it starts with"),
    ("unknown escape character", "an unknown escape in this text", "write \\\\ for a backslash, or use single quotes"),
    ("while parsing a flow sequence", "this list has no end", "write `, ` between entries and `]` at the end"),
    ("while parsing a flow mapping", "this mapping has no end", "write `, ` between entries and `}` at the end"),
    ("nothing behind", "this list or mapping has no end", "close it with `]` or `}`"),
    ("expected <document start>", "this is no `key: value`", "write `key: value`"),
    ("did not find expected key", "this is no `key: value`", "check the indentation, and quotes within quotes"),
    ("did not find expected '-' indicator", "this is no entry of the list", "start it with `- `, or indent it less"),
    ("did not find expected node content", "a value cannot start with this character", _QUOTE),
)


def _syntax_fault(error: yaml.YAMLError, text: str) -> Fault:
    """Say in our words what libyaml says."""
    if not isinstance(error, yaml.MarkedYAMLError):
        # A character that YAML forbids; libyaml counts it in bytes of UTF-8.
        offset = len(text.encode()[: getattr(error, "position", 0)].decode(errors="ignore"))
        return Fault(
            f"control character U+{ord(text[offset : offset + 1] or ' '):04X} is not allowed", offset, "delete it"
        )
    marks = [mark for mark in (error.context_mark, error.problem_mark) if mark]
    offset = marks[-1].index if marks else 0
    message = f"{error.context or ''} {error.problem or ''}"
    if "while parsing a flow" in message or "end of stream" in message:
        offset = marks[0].index  # where it starts, not where something else goes wrong
    if "flow node" in message and not text[offset:].strip():
        message, offset = "nothing behind", len(text.rstrip()) - 1  # the end of the text starts nothing
    if text[offset : offset + 1] == "\t":
        message = "tab"
    for part, what, hint in _PLAIN:
        if part in message:
            return Fault(what, offset, hint or _colon_hint(text, offset))
    return Fault(message.strip(), offset)


def _colon_hint(text: str, offset: int) -> str:
    """A colon is mostly one in a title without quotes: show how to quote it."""
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].partition("\n")[0]
    key, colon, value = line.partition(": ")
    if colon and start + len(key) < offset:
        quoted = value.strip().replace("\\", "\\\\").replace('"', '\\"')
        return f'text with a colon stands in quotes: {key.strip()}: "{quoted}"'
    return "check the indentation of this line and the one above it"


_INT = re.compile(r"[-+]?[0-9]{1,30}|0o[0-7]{1,30}|0x[0-9a-fA-F]{1,30}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]{1,300}|[0-9]{1,300}(?:\.[0-9]{0,300})?)(?:[eE][-+]?[0-9]{1,5})?")
_WORDS: Final[Mapping[str, bool | None]] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~"), None),
}


def typed(raw: Raw) -> Value:
    """Return a value with bare scalars read by the core schema of YAML 1.2 (section 10.3.2).

    Infinities, not-a-number and numbers of more digits than a number has use for stay text.
    """
    if isinstance(raw, Mapping):
        return {key: typed(value) for key, value in raw.items()}
    if isinstance(raw, tuple):
        return tuple(map(typed, raw))
    return _typed_scalar(raw) if isinstance(raw, Bare) else raw


def _typed_scalar(text: Bare) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return str(text)
