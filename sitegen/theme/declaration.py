"""What a `theme.toml` declares: name, parent, engine, options, skins, and which colours must be told apart."""

from collections.abc import Mapping
from dataclasses import field

from sitegen import __version__
from sitegen.errors import Finding, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.card import CardLook, read_card
from sitegen.theme.engine import engine_fault
from sitegen.theme.files import ThemeFile
from sitegen.theme.options import Option, read_options
from sitegen.theme.toml import TomlFile, parse_toml

__all__ = ["Contrast", "Declaration", "read_declaration"]

_TEXTS = ("name", "parent", "description", "engine")
_TABLES = ("options", "skins", "contrast", "social_card")
_PAIRS = ("text", "marks", "on")
# The names under which a site chooses among skins and changes tokens.
_TAKEN = frozenset({"skin", "tokens"})


@dataclass(frozen=True, slots=True)
class Contrast:
    """Names of tokens that are colours, and how they meet: each of `text` and `marks` on each of `on`."""

    text: tuple[str, ...] = ()
    """Of text: a contrast of 4.5 at least."""
    marks: tuple[str, ...] = ()
    """Of rules that mean something and of the focus ring: 3 at least."""
    on: tuple[str, ...] = ()
    """Of what lies behind."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A `theme.toml`."""

    file: TomlFile
    name: str = ""
    parent: str = ""
    description: str = ""
    engine: str = ""
    """Versions of sitegen that it is made for; empty for all."""
    options: Mapping[str, Option] = field(default_factory=dict)
    skins: Mapping[str, str] = field(default_factory=dict)
    """One line on each, by name; the first is the default."""
    contrast: Contrast | None = None
    card: CardLook | None = None


def read_declaration(source: ThemeFile) -> Declaration:
    """Return what a `theme.toml` declares.

    Raises TemplateError for keys that do not exist, values of the wrong type, and a theme that is made for other
    versions of sitegen.
    """
    file = parse_toml(source)
    if faults := [*_faults_of_keys(file), *_faults_of_tables(file)]:
        raise TemplateError(*faults)
    texts = {key: str(file.table.get(key, "")) for key in _TEXTS}
    if fault := engine_fault(texts["engine"], __version__):
        raise TemplateError(file.finding(("engine",), fault[0], hint=fault[1]))
    return Declaration(
        file=file,
        **texts,
        options=read_options(file.table.get("options", {}), file),
        skins=dict(file.table.get("skins", {})),
        contrast=_contrast(file),
        card=read_card(file),
    )


def _faults_of_keys(file: TomlFile) -> list[Finding]:
    faults, known = [], (*_TEXTS, *_TABLES)
    for key, value in file.table.items():
        if key not in known:
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"the keys are {', '.join(known)}"
            faults.append(file.finding((key,), f"unknown key {key!r}", hint=hint, at_key=True))
        elif key in _TEXTS and not isinstance(value, str):
            faults.append(file.finding((key,), f"{key!r} must be text"))
        elif key in _TABLES and not isinstance(value, Mapping):
            faults.append(file.finding((key,), f"{key!r} must be a table"))
    return faults


def _faults_of_tables(file: TomlFile) -> list[Finding]:
    options, skins, contrast = (
        table if isinstance(table := file.table.get(key, {}), Mapping) else {} for key in _TABLES[:3]
    )
    faults = [
        file.finding(("options", name), f"the option {name!r} is there in every theme", hint="name it otherwise")
        for name in sorted(_TAKEN & options.keys())
    ]
    faults += [
        file.finding(("skins", name), "a skin is declared by one line of text about it")
        for name, doc in skins.items()
        if not isinstance(doc, str)
    ]
    faults += [
        file.finding(("contrast", key), f"`contrast` has lists of names of tokens: {', '.join(_PAIRS)}")
        for key, names in contrast.items()
        if key not in _PAIRS or not isinstance(names, list) or not all(isinstance(name, str) for name in names)
    ]
    return faults


def _contrast(file: TomlFile) -> Contrast | None:
    table = file.table.get("contrast")
    return Contrast(**{key: tuple(table.get(key, ())) for key in _PAIRS}) if table is not None else None
