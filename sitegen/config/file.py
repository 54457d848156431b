"""The file that holds the configuration: sitegen.toml, or the table `[tool.sitegen]` of pyproject.toml."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sitegen.config.toml import KeyPath, Toml, TomlFault, read_toml
from sitegen.errors import ConfigError, Finding, Place
from sitegen.records import dataclass
from sitegen.text import position

__all__ = ["ConfigFile", "read_config_file"]

_OWN: Final = "sitegen.toml"
_SHARED: Final = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A configuration as it was written, with the place of each key."""

    name: str
    """`sitegen.toml` or `pyproject.toml`."""
    text: str
    table: Mapping[str, Any]
    """The keys of the site."""
    toml: Toml
    prefix: tuple[str, ...] = ()
    """Path of `table` in the file: `("tool", "sitegen")` in pyproject.toml."""

    def finding(self, key: KeyPath, what: str, *, why: str = "", hint: str = "", at_key: bool = False) -> Finding:
        """Return an error about the value at `key`, or the key itself; about its table where it is not written."""
        path = (*self.prefix, *key)
        while path and path not in self.toml.spots:
            path, at_key = path[:-1], True
        if not path:
            return Finding(what, Place(self.name, 1), why, hint)
        spot = self.toml.spots[path]
        return _finding(self.name, self.text, spot.key if at_key else spot.value, what, why, hint)


def read_config_file(root: Path) -> ConfigFile:
    """Read the configuration of the site in the folder `root`, unchecked.

    Raises ConfigError when there is none or more than one, or when it cannot be read.
    """
    own, shared = _read(root, _OWN), _read(root, _SHARED)
    if own and shared and shared.prefix:
        why = f"{_OWN} says what the site is too"
        raise ConfigError(shared.finding((), "the site is configured twice", why=why, hint="keep one of them"))
    for file in (own, shared if shared and shared.prefix else None):
        if file is not None:
            return file
    raise ConfigError.of(
        f"there is no {_OWN} here, and no [tool.sitegen] in a {_SHARED}",
        path=_OWN,
        hint="run `sitegen init` to start a site, or name the site's folder with --site",
    )


def _read(root: Path, name: str) -> ConfigFile | None:
    """Return the file `name` of `root`, or None if there is no such file."""
    try:
        text = _decode((root / name).read_bytes(), name)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError.of(f"cannot be read: {error.strerror}", path=name) from error
    try:
        toml = read_toml(text)
    except TomlFault as fault:
        raise ConfigError(_finding(name, text, fault.offset, fault.what, "", fault.hint)) from fault
    return ConfigFile(name, text, toml.values, toml) if name == _OWN else _shared(name, text, toml)


def _shared(name: str, text: str, toml: Toml) -> ConfigFile:
    """Return pyproject.toml; without a prefix if it says nothing about a site."""
    tool = toml.values.get("tool")
    if not isinstance(tool, Mapping) or "sitegen" not in tool:
        return ConfigFile(name, text, {}, toml)
    file = ConfigFile(name, text, tool["sitegen"], toml, ("tool", "sitegen"))
    if not isinstance(file.table, Mapping):
        raise ConfigError(file.finding((), "`sitegen` must be a table: [tool.sitegen]"))
    return file


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError.of(
            f"not UTF-8 at byte {error.start + 1}", path=name, line=line, hint="save the file as UTF-8"
        ) from error


def _finding(name: str, text: str, offset: int, what: str, why: str, hint: str) -> Finding:
    line, column = position(text, offset)
    return Finding(what, Place(name, line, column), why, hint, excerpt=text.split("\n")[line - 1])
