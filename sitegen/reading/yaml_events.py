"""From the events of libyaml to values and places, refusing on the way what could surprise a writer or blow up."""

from collections.abc import Iterator
from typing import Any, Final

import yaml

from sitegen.config.toml import MAX_DEPTH, KeyPath, Spot
from sitegen.reading.yaml import MAX_FAULTS, Bare, Fault, Raw, Yaml, YamlFaults
from sitegen.text import is_clean, position

__all__ = ["read_events"]

_YAML_TAG: Final = "tag:yaml.org,2002:"


def read_events(text: str) -> Yaml:
    """Do what `read_yaml` does."""
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
