"""Free data for templates: each file below content/data/ is a value of `site.data`."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final

from sitegen.config.toml import MAX_DEPTH, TomlFault, read_toml
from sitegen.errors import Finding, Place, SourceError
from sitegen.memo import Memo
from sitegen.model import Value
from sitegen.reading.front_matter import decode, finding_at
from sitegen.reading.names import stem_of
from sitegen.reading.walk import TEXT_LIMIT, Entry, read_bytes
from sitegen.reading.written import same_names
from sitegen.reading.yaml import Fault, YamlFaults, read_yaml, typed
from sitegen.text import is_clean

__all__ = ["read_data"]


def read_data(entries: Iterable[Entry], files: Memo[str, Any]) -> tuple[Mapping[str, Value], tuple[Finding, ...]]:
    """Return the values of all data files by the files' names without suffix, and what is wrong with them.

    Dates of TOML become text in ISO 8601; lists become tuples, and nothing can be changed. `files` are remembered by
    path.
    """
    known = tuple(entries)
    data: dict[str, Value] = {}
    findings: list[Finding] = []
    for entry in known:
        value = files.recall(entry.path, (entry,), _value_or_error)
        if isinstance(value, SourceError):
            findings.extend(value.findings)
        else:
            data[stem_of(entry.path)] = value
    names = ((stem_of(entry.path), Place(entry.path)) for entry in known)
    findings.extend(same_names("name", names, hint="templates read data by the file's name: rename one of them"))
    return MappingProxyType(data), tuple(findings)


def _value_or_error(entry: Entry) -> Value | SourceError:
    try:
        return _read_file(entry)
    except SourceError as error:
        return error


def _read_file(entry: Entry) -> Value:
    text = decode(read_bytes(entry, at_most=TEXT_LIMIT), entry.path)
    try:
        return _frozen(_PARSERS[PurePosixPath(entry.path).suffix.lower()](text), depth=0)
    except YamlFaults as error:
        raise SourceError(*(finding_at(entry.path, text, fault) for fault in error.faults)) from error
    except TomlFault as error:
        raise SourceError(finding_at(entry.path, text, Fault(error.what, error.offset, error.hint))) from error
    except json.JSONDecodeError as error:
        what = f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise SourceError(finding_at(entry.path, text, Fault(what, error.pos))) from error
    except ValueError as error:
        raise SourceError.of(str(error), path=entry.path) from error


def _read_json(text: str) -> Any:  # noqa: ANN401  whatever JSON holds
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(key for number, (key, _) in enumerate(pairs) if key in dict(pairs[:number]))
        raise ValueError(f"the key `{twice}` is given twice in one object")
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(f"`{name}` is no JSON")


_TOO_DEEP: Final = f"lists and mappings lie more than {MAX_DEPTH} deep in one another"
_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {
    ".toml": lambda text: read_toml(text).values,
    ".yaml": lambda text: typed(read_yaml(text).value),
    ".yml": lambda text: typed(read_yaml(text).value),
    ".json": _read_json,
}


def _frozen(value: Any, depth: int) -> Value:  # noqa: ANN401
    """Return what a parser made as a value that nothing can change. Raises ValueError."""
    if depth > MAX_DEPTH:
        raise ValueError(_TOO_DEEP)
    match value:
        case Mapping():
            return MappingProxyType({_clean(key): _frozen(item, depth + 1) for key, item in value.items()})
        case list() | tuple():
            return tuple(_frozen(item, depth + 1) for item in value)
        case date() | time():
            return value.isoformat()
        case str():
            return _clean(value)
        case bool() | int() | float():
            return value
    return None


def _clean(text: str) -> str:
    if not is_clean(text):
        raise ValueError(f"the text {text[:40]!a} has a character that no page can carry")
    return text
