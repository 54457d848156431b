"""The skin that a site wears: the chosen one of the theme, and over it what theme and site change of its tokens."""

from collections.abc import Iterable, Iterator, Mapping

from sitegen.errors import ConfigError, Finding, TemplateError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme.chain import Chain
from sitegen.theme.contrast import contrast_faults, palettes
from sitegen.theme.files import Layer, ThemeFile, read_file
from sitegen.theme.options import Locate
from sitegen.theme.tokens import ALL, DARK, Token, css_of, read_token_file, settle, token_fault
from sitegen.view import Record

__all__ = ["TOKENS", "Skin", "read_skin"]

TOKENS = "tokens.css"
"""Path below static/ of the stylesheet with all tokens."""


@dataclass(frozen=True, slots=True)
class Skin:
    """All tokens of a theme as one site has them."""

    stylesheet: ThemeFile | None
    """None when the theme has no tokens."""
    tokens: Record
    """By scheme, then by name without dashes: `tokens.light.paper`; colours as `#rrggbb` where they can be computed."""
    light: Record
    """Those of the light scheme."""


def read_skin(chain: Chain, name: str, chosen: object, locate: Locate) -> Skin:
    """Return the skin `name` of a theme (empty: it has none) with the tokens that theme and site change.

    What lies nearer stands later: the skin's file, `static/tokens.css` of the farthest folder, ... of the nearest, and
    `chosen`, the site's `theme_options.tokens`. Raises TemplateError or ConfigError for tokens that are none, and for
    colours that cannot be told apart.
    """
    sources = [read_token_file(file) for file in _files(chain.layers, name)]
    known = {token.name for source in sources for token in source}
    own = list(_chosen_tokens(chosen, known, locate))
    settled = settle([*sources, own])
    if faults := list(dict.fromkeys(contrast_faults(settled, chain.contrast))):
        raise _error(faults, own)
    light, dark = (
        Record({name: palette.colour(name) or token.value for name, token in palette.tokens.items()})
        for palette in palettes(settled)
    )
    stylesheet = ThemeFile(css_of(settled).encode(), f"{chain.layers[0].shown}/static/{TOKENS}") if settled else None
    return Skin(stylesheet, Record({"light": light, "dark": dark}), light)


def _files(layers: Iterable[Layer], name: str) -> Iterator[ThemeFile]:
    """Yield the files of tokens, the farthest first."""
    layers = tuple(layers)
    if name:
        path = f"skins/{name}.css"
        layer = next((layer for layer in layers if (layer.folder / path).exists()), layers[0])
        yield read_file(layer, path)
    for layer in reversed(layers):
        if (layer.folder / "static" / TOKENS).exists():
            yield read_file(layer, f"static/{TOKENS}")


def _chosen_tokens(chosen: object, known: Iterable[str], locate: Locate) -> Iterator[Token]:
    """Yield the tokens of a configuration: `{accent = "#0a5c36", dark = {accent = "#7fd0a5"}}`."""
    known, faults, tokens = sorted(known), [], list[Token]()
    for path, name, value in _written(chosen):
        here = locate(("theme_options", "tokens", *path), "")
        fault, hint = _fault_of(name, value, known)
        if fault:
            faults.append(locate(("theme_options", "tokens", *path), fault, hint=hint))
        else:
            tokens.append(Token(name, str(value), DARK if len(path) > 1 else ALL, here.place, here.excerpt))
    if faults:
        raise ConfigError(*faults)
    yield from tokens


def _written(chosen: object) -> Iterator[tuple[tuple[str, ...], str, object]]:
    """Yield path, name and value of each entry; an entry without a name when the whole is no table."""
    if not isinstance(chosen, Mapping):
        yield (), "", chosen
        return
    for name, value in chosen.items():
        if name == "dark" and isinstance(value, Mapping):
            yield from ((("dark", inner), str(inner), each) for inner, each in value.items())
        else:
            yield (str(name),), str(name), value


def _fault_of(name: str, value: object, known: list[str]) -> tuple[str, str]:
    if not name:
        return "`tokens` must be a table", 'write: tokens = { accent = "#0a5c36", dark = { accent = "#7fd0a5" } }'
    if name not in known:
        near = nearest(name, known)
        return f"the theme has no token {name}", f"did you mean {near}?" if near else f"there are {', '.join(known)}"
    if not isinstance(value, str):
        return f"the token {name} must be text in quotes", ""
    return token_fault(f"--{name}" if name != "color-scheme" else name, value), ""


def _error(faults: list[Finding], own: list[Token]) -> TemplateError | ConfigError:
    """Return the error for colours that fall short: the theme's fault, or that of the site's configuration."""
    places = {token.place for token in own}
    return ConfigError(*faults) if all(fault.place in places for fault in faults) else TemplateError(*faults)
