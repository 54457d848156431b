"""A theme's options: what it declares, and what a site's configuration chooses."""

from collections.abc import Mapping
from typing import Protocol

from sitegen.errors import ConfigError, Finding, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.toml import TomlFile
from sitegen.view import Record

__all__ = ["Locate", "Option", "choose_options", "read_options", "unplaced"]

_TYPES: Mapping[str, type] = {"bool": bool, "text": str, "choice": str, "int": int}
_EXPECTED = {"bool": "true or false", "text": "text in quotes", "int": "a whole number"}
_KEYS = {"type", "default", "doc", "choices"}


@dataclass(frozen=True, slots=True)
class Option:
    """One option as a theme declares it."""

    type: str
    """`bool`, `text`, `choice` or `int`."""
    default: object
    doc: str
    """One line for the writer."""
    choices: tuple[str, ...] = ()
    """Of a `choice`."""

    def fault_of(self, value: object) -> str:
        """Return what is wrong with `value`, or nothing."""
        # An int that is a bool is none here: `true` is no number to a writer.
        fits = isinstance(value, _TYPES[self.type]) and (self.type != "int" or not isinstance(value, bool))
        if self.type == "choice":
            return "" if fits and value in self.choices else f"must be one of {', '.join(self.choices)}"
        return "" if fits else f"must be {_EXPECTED[self.type]}"


def read_options(table: Mapping[str, object], file: TomlFile) -> dict[str, Option]:
    """Return the options that a `theme.toml` declares. Raises TemplateError for declarations that make no sense."""
    options: dict[str, Option] = {}
    faults: list[Finding] = []
    for name, entry in table.items():
        option = _read_option(entry)
        fault = option if isinstance(option, str) else option.fault_of(option.default)
        if fault:
            faults.append(file.finding(("options", name), f"the option {name!r} {fault}", at_key=True))
        elif isinstance(option, Option):
            options[name] = option
    if faults:
        raise TemplateError(*faults)
    return options


def _read_option(entry: object) -> Option | str:
    """Return the declared option, or what is wrong with its declaration."""
    if not isinstance(entry, Mapping) or not {"type", "default", "doc"} <= entry.keys() or entry.keys() - _KEYS:
        return "needs `type`, `default` and `doc`, and may have `choices`"
    if entry["type"] not in _TYPES:
        return f"must be of a type among {', '.join(_TYPES)}"
    choices = entry.get("choices", [])
    if not isinstance(choices, list) or bool(choices) != (entry["type"] == "choice"):
        return "needs a list of `choices` when it is a choice, and only then"
    return Option(entry["type"], entry["default"], str(entry["doc"]), tuple(map(str, choices)))


class Locate(Protocol):
    """Makes an error about a key of the configuration, with its place: `Config.finding`."""

    def __call__(self, key: tuple[str | int, ...], what: str, *, hint: str = "") -> Finding: ...


def unplaced(key: tuple[str | int, ...], what: str, *, hint: str = "") -> Finding:
    """Make an error that names the key itself, for a configuration that is no file."""
    return Finding(f"{'.'.join(map(str, key))}: {what}", hint=hint)


def choose_options(
    declared: Mapping[str, Option], chosen: Mapping[str, object], theme: str, locate: Locate = unplaced
) -> Record:
    """Return the value of every declared option: the chosen one, else its default.

    Raises ConfigError with a finding for each unknown option and each value of the wrong type.
    """
    faults = [
        locate(("theme_options", name), fault[0], hint=fault[1])
        for name, value in chosen.items()
        if (fault := _fault_of_choice(declared, name, value, theme))
    ]
    if faults:
        raise ConfigError(*faults)
    return Record({name: chosen.get(name, option.default) for name, option in sorted(declared.items())})


def _fault_of_choice(declared: Mapping[str, Option], name: str, value: object, theme: str) -> tuple[str, str] | None:
    """Return what is wrong with a choice and what to do about it."""
    if name in declared:
        fault = declared[name].fault_of(value)
        return (f"the option {name} {fault}", declared[name].doc) if fault else None
    known = sorted({*declared, "tokens"} if "skin" in declared else declared)
    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else f"its options are: {', '.join(known) or 'none'}"
    return f"the theme {theme} has no option {name}", hint
