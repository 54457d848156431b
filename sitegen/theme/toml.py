"""TOML files of a theme, with the place of each key for messages."""

from collections.abc import Mapping
from typing import Any

from sitegen.config.toml import KeyPath, Toml, TomlFault, read_toml
from sitegen.errors import Finding, Place, TemplateError
from sitegen.records import dataclass
from sitegen.text import position
from sitegen.theme.files import ThemeFile

__all__ = ["TomlFile", "parse_toml"]


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file as it was written."""

    path: str
    text: str
    toml: Toml

    @property
    def table(self) -> Mapping[str, Any]:
        """Its values."""
        return self.toml.values

    def finding(self, key: KeyPath, what: str, *, why: str = "", hint: str = "", at_key: bool = False) -> Finding:
        """Return an error about the value at `key`, or the key itself; about its table where it is not written."""
        while key and key not in self.toml.spots:
            key, at_key = key[:-1], True
        if not key:
            return Finding(what, Place(self.path), why, hint)
        spot = self.toml.spots[key]
        return _finding(self.path, self.text, spot.key if at_key else spot.value, what, why, hint)


def parse_toml(file: ThemeFile) -> TomlFile:
    """Return a TOML file's table and places. Raises TemplateError with the place of the fault."""
    text = file.text()
    try:
        return TomlFile(file.path, text, read_toml(text))
    except TomlFault as fault:
        raise TemplateError(_finding(file.path, text, fault.offset, fault.what, "", fault.hint)) from fault


def _finding(path: str, text: str, offset: int, what: str, why: str, hint: str) -> Finding:
    line, column = position(text, offset)
    return Finding(what, Place(path, line, column), why, hint, text.split("\n")[line - 1])
