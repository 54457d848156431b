"""The chain of a theme: the site's folder of that name, the bundled theme, then the same for its parent, and so on."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import ConfigError, Finding, Place, TemplateError
from sitegen.text import nearest
from sitegen.theme.card import CardLook, read_card
from sitegen.theme.files import Layer, ThemeFile, read_file
from sitegen.theme.options import Locate, Option, read_options, unplaced

__all__ = ["Chain", "parse_toml", "read_chain"]

_PACKAGE = Path(__file__).resolve().parents[1]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)
_KEYS = ("name", "parent", "description", "options", "social_card")
_TABLES = ("options", "social_card")
_TOML_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the files of a theme lie, and the options it takes."""

    layers: tuple[Layer, ...]
    """Nearest first."""
    options: Mapping[str, Option]
    """Declared by the theme and its ancestors; the nearest declaration of a name wins."""
    card: CardLook | None
    """The nearest declaration."""


def read_chain(root: Path, name: str, locate: Locate = unplaced) -> Chain:
    """Return the chain of the theme `name` for the site in `root`.

    Raises ConfigError when there is no such theme, TemplateError when a `theme.toml` is wrong or a parent is missing.
    """
    layers: list[Layer] = []
    options: dict[str, Option] = {}
    card: CardLook | None = None
    seen: list[str] = []
    asked_by: ThemeFile | None = None
    while name:
        if name in seen:
            raise TemplateError.of(
                f"the theme {name} is its own ancestor: {' > '.join([*seen, name])}",
                path=asked_by.path if asked_by else "",
                hint="drop one `parent`",
            )
        seen.append(name)
        found = _layers_of(root, name)
        if not found:
            raise _unknown(root, name, asked_by, locate)
        layers += found
        asked_by = _declaration(found)
        table = parse_toml(asked_by)
        _check_keys(table, asked_by)
        options = read_options(table.get("options", {}), asked_by) | options
        card = card or read_card(table.get("social_card"), asked_by)
        name = str(table.get("parent", ""))
    return Chain(tuple(layers), options, card)


def parse_toml(file: ThemeFile) -> dict[str, object]:
    """Return a TOML file's table. Raises TemplateError with the place of the fault."""
    try:
        return tomllib.loads(file.text())
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.fullmatch(str(error))
        what = (match[1] if match else str(error)).lower()
        line, column = (int(match[2] or 0), int(match[3] or 0)) if match else (0, 0)
        lines = file.text().split("\n")
        excerpt = lines[line - 1] if line else ""
        raise TemplateError(Finding(what, Place(file.path, line, column), excerpt=excerpt)) from error


def _layers_of(root: Path, name: str) -> list[Layer]:
    """Return the folders of one name: the site's own, then the bundled one, unless they are the same."""
    if not _NAME.fullmatch(name):
        return []
    own, bundled = root / "themes" / name, _bundled() / name
    folders = [own] if own.is_dir() else []
    if bundled.is_dir() and not (folders and own.samefile(bundled)):
        folders.append(bundled)
    return [Layer(folder, f"themes/{name}") for folder in folders]


def _bundled() -> Path:
    """Return the folder of the bundled themes: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def _declaration(layers: list[Layer]) -> ThemeFile:
    for layer in layers:
        if (layer.folder / "theme.toml").exists():
            return read_file(layer, "theme.toml")
    raise TemplateError.of("a theme needs this file", path=f"{layers[0].shown}/theme.toml", hint='write: name = "..."')


def _unknown(root: Path, name: str, asked_by: ThemeFile | None, locate: Locate) -> ConfigError | TemplateError:
    names = {
        folder.name
        for themes in (root / "themes", _bundled())
        if themes.is_dir()
        for folder in themes.iterdir()
        if folder.is_dir() and _NAME.fullmatch(folder.name)
    }
    near = nearest(name, names)
    hint = f"did you mean {near}?" if near else f"there are {', '.join(sorted(names))}"
    what = f"there is no theme {name!r}"
    if asked_by:
        return TemplateError.of(what, path=asked_by.path, hint=hint)
    return ConfigError(locate(("theme",), what, hint=hint))


def _check_keys(table: Mapping[str, object], file: ThemeFile) -> None:
    faults = []
    for key, value in table.items():
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            hint = f"did you mean {near}?" if near else f"the keys are {', '.join(_KEYS)}"
            faults.append(Finding(f"unknown key {key!r}", Place(file.path), hint=hint))
        elif key not in _TABLES and not isinstance(value, str):
            faults.append(Finding(f"{key!r} must be text", Place(file.path)))
    if faults:
        raise TemplateError(*faults)
