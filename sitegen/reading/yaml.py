"""YAML as writers need it: text stays text, every value has a place, and nothing can blow up.

Read from the events of libyaml, not from PyYAML's values: those make `no` False, `012` ten and `1:30` ninety, forget
where they stood, keep the last of two equal keys and copy aliases until memory ends. The scalars' types are decided by
whoever knows the key: as text, or with `typed` by the YAML 1.2 core schema.
"""

import math
import re
from collections.abc import Mapping
from typing import Final

from sitegen.config.toml import KeyPath, Spot
from sitegen.model import Value
from sitegen.records import dataclass

__all__ = ["MAX_FAULTS", "Bare", "Fault", "Raw", "Yaml", "YamlFaults", "read_yaml", "typed"]


MAX_FAULTS: Final = 50
"""How many faults of one file are told: whoever has more has one cause for them."""


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
    # Imported for a text that `read_plain` leaves to it: PyYAML takes 12 ms, of 430 that a small build imports.
    from sitegen.reading.yaml_events import read_events

    return read_events(text)


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
