"""The chain of a theme: the site's folder of that name, the bundled theme, then the same for its parent, and so on."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen.errors import ConfigError, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.card import CardLook
from sitegen.theme.declaration import Contrast, Declaration, read_declaration
from sitegen.theme.files import Layer, ThemeFile, read_file
from sitegen.theme.options import Locate, Option, unplaced

__all__ = ["Chain", "read_chain", "theme_names"]

_PACKAGE = Path(__file__).resolve().parents[1]
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the files of a theme lie, and what it and its ancestors declare."""

    layers: tuple[Layer, ...]
    """Nearest first."""
    declarations: tuple[Declaration, ...]
    """Of the theme itself first, then of its parent, and so on."""

    @property
    def options(self) -> Mapping[str, Option]:
        """Declared by the theme and its ancestors, `skin` among them; the nearest declaration of a name wins."""
        options: dict[str, Option] = {}
        for declaration in reversed(self.declarations):
            options |= declaration.options
        if self.skins:
            described = "; ".join(f"{name}: {doc}" for name, doc in self.skins.items())
            options["skin"] = Option("choice", next(iter(self.skins)), f"the colours. {described}", tuple(self.skins))
        return options

    @property
    def skins(self) -> Mapping[str, str]:
        """A line on each skin by name, the default first."""
        skins: dict[str, str] = {}
        for declaration in self.declarations:
            skins |= {name: doc for name, doc in declaration.skins.items() if name not in skins}
        return skins

    @property
    def card(self) -> CardLook | None:
        """The nearest declaration of social cards."""
        return next((each.card for each in self.declarations if each.card), None)

    @property
    def contrast(self) -> Contrast:
        """The nearest declaration of the colours that must be told apart."""
        return next((each.contrast for each in self.declarations if each.contrast), Contrast())


def read_chain(root: Path, name: str, locate: Locate = unplaced) -> Chain:
    """Return the chain of the theme `name` for the site in `root`.

    Raises ConfigError when there is no such theme, TemplateError when a `theme.toml` is wrong or a parent is missing.
    """
    layers: list[Layer] = []
    declarations: list[Declaration] = []
    seen: list[str] = []
    while name:
        asked_by = declarations[-1] if declarations else None
        if name in seen:
            raise _own_ancestor([*seen, name], asked_by)
        seen.append(name)
        found = _layers_of(root, name)
        if not found:
            raise _unknown(root, name, asked_by, locate)
        layers += found
        declarations.append(read_declaration(_declaration(found)))
        name = declarations[-1].parent
    return Chain(tuple(layers), tuple(declarations))


def theme_names(root: Path) -> Mapping[str, tuple[Layer, ...]]:
    """Return the themes that the site in `root` can use, by name, each with its own folders, nearest first."""
    names = {
        folder.name
        for themes in (root / "themes", _bundled())
        if themes.is_dir()
        for folder in themes.iterdir()
        if folder.is_dir() and _NAME.fullmatch(folder.name)
    }
    return {name: tuple(_layers_of(root, name)) for name in sorted(names)}


def _own_ancestor(names: list[str], asked_by: Declaration | None) -> TemplateError:
    what, hint = f"the theme {names[-1]} is its own ancestor: {' > '.join(names)}", "drop one `parent`"
    return TemplateError(asked_by.file.finding(("parent",), what, hint=hint)) if asked_by else TemplateError.of(what)


def _layers_of(root: Path, name: str) -> list[Layer]:
    """Return the folders of one name: the site's own, then the bundled one, unless they are the same."""
    return list(_folders_of(root, name)) if _NAME.fullmatch(name) else []


def _folders_of(root: Path, name: str) -> Iterator[Layer]:
    own, bundled = root / "themes" / name, _bundled() / name
    is_own = own.is_dir() and not (bundled.is_dir() and own.samefile(bundled))
    if is_own:
        yield Layer(own, f"themes/{name}")
    if bundled.is_dir():
        # Two files of one path would be taken for one another.
        yield Layer(bundled, f"sitegen:themes/{name}" if is_own else f"themes/{name}", is_bundled=True)


def _bundled() -> Path:
    """Return the folder of the bundled themes: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def _declaration(layers: list[Layer]) -> ThemeFile:
    for layer in layers:
        if (layer.folder / "theme.toml").exists():
            return read_file(layer, "theme.toml")
    raise TemplateError.of("a theme needs this file", path=f"{layers[0].shown}/theme.toml", hint='write: name = "..."')


def _unknown(root: Path, name: str, asked_by: Declaration | None, locate: Locate) -> ConfigError | TemplateError:
    names = theme_names(root)
    near = nearest(name, names)
    hint = f"did you mean {near}?" if near else f"there are {', '.join(names)}"
    what = f"there is no theme {name!r}"
    if asked_by:
        return TemplateError(asked_by.file.finding(("parent",), what, hint=hint))
    return ConfigError(locate(("theme",), what, hint=hint))
