"""A theme as a value."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from sitegen.errors import Finding, TemplateError
from sitegen.records import dataclass
from sitegen.store import digest_of
from sitegen.theme.assets import StaticFile, fingerprint
from sitegen.theme.card import CardLook
from sitegen.theme.chain import read_chain
from sitegen.theme.files import Layer, read_files, read_versions
from sitegen.theme.options import Locate, choose_options, unplaced
from sitegen.theme.skins import TOKENS, read_skin
from sitegen.theme.variants import chosen_files
from sitegen.theme.words import read_words
from sitegen.view import Record

__all__ = ["PAGES", "PARENT", "TemplateSource", "Theme", "check_pages", "read_theme"]

PAGES = ("404.html", "archive.html", "feeds.html", "front.html", "list.html", "page.html", "post.html")
"""Templates that every theme has, of its own or from a parent."""
PARENT = "parent:"
"""Stands before the name of a template for the version that is overridden: `{% extends "parent:post.html" %}`."""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template as it was written."""

    text: str
    path: str
    """How messages name it: `themes/newspaper/templates/post.html`."""
    layer: int = 0
    """Which folder of the chain it lies in, 0 the nearest."""
    origin: str = ""
    """What it belongs to, as messages name it: `the bundled theme newspaper`, `your folder themes/newspaper`."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All of a theme, in memory. Two themes with one digest are equal, whatever folders they came from."""

    name: str
    digest: str
    """Of all that can reach a byte of the output."""
    templates: Mapping[str, TemplateSource] = field(compare=False, repr=False)
    """By name: `post.html`, `partials/byline.html`; versions that a nearer folder overrides as `parent:post.html`,
    `parent:parent:post.html`, and so on."""
    words: Record = field(compare=False, repr=False)
    """In the site's language; a plural word is a Record of its forms: `words.comments.one`."""
    options: Record = field(compare=False, repr=False)
    """Value of every option that the theme declares."""
    tokens: Record = field(compare=False, repr=False)
    """By scheme and name: `tokens.light.paper`."""
    assets: Mapping[str, StaticFile] = field(compare=False, repr=False)
    """By path below static/: `theme.css`, `fonts/newsreader-600.woff2`."""
    card: CardLook | None = field(default=None, compare=False, repr=False)
    """How social cards are drawn; None when the theme has none."""
    findings: tuple[Finding, ...] = field(default=(), compare=False, repr=False)
    """Warnings: words that are not translated."""


def read_theme(root: Path, name: str, options: Mapping[str, object], language: str, locate: Locate = unplaced) -> Theme:
    """Return the theme `name` for the site in the folder `root`, with the `theme_options` of its configuration.

    Each file comes from the first place that has it: `root`/themes/NAME, the bundled theme of that name, then the
    same two for the theme's parent, and so on; words are merged one by one. `locate` gives an error about a key of the
    configuration its place. Raises ConfigError for an unknown theme
    or option, TemplateError for files of a theme that are wrong.
    """
    chain = read_chain(root, name, locate)
    own_tokens = options.get("tokens", {})
    chosen = choose_options(
        chain.options, {key: value for key, value in options.items() if key != "tokens"}, name, locate
    )
    skin = read_skin(chain, str(chosen.get("skin", "")), own_tokens, locate)
    templates = _read_templates(chain.layers)
    words, findings = read_words(chain.layers, language)
    static = chosen_files(read_files(chain.layers, "static"), chain.options, chosen)
    assets = fingerprint(static | ({TOKENS: skin.stylesheet} if skin.stylesheet else {}))
    card = chain.card.dressed(skin.light) if chain.card else None
    if card:
        card.check(assets)
    return Theme(
        name=name,
        digest=_digest(templates, words, chosen, skin.tokens, assets),
        templates=templates,
        words=words,
        options=chosen,
        tokens=skin.tokens,
        assets=assets,
        card=card,
        findings=findings,
    )


def _read_templates(layers: Sequence[Layer]) -> dict[str, TemplateSource]:
    found = read_versions(layers, "templates")
    return {
        PARENT * depth + below: TemplateSource(file.text(), file.path, layer, _origin(layers[layer]))
        for below, versions in found.items()
        for depth, (layer, file) in enumerate(versions)
    }


def _origin(layer: Layer) -> str:
    return f"the bundled theme {layer.theme}" if layer.is_bundled else f"your folder {layer.shown}"


def check_pages(theme: Theme) -> None:
    """Raise TemplateError, one that names them all, when the theme lacks templates of pages that every site has."""
    missing = [name for name in PAGES if name not in theme.templates]
    if missing:
        raise TemplateError.of(
            f"the theme {theme.name} lacks the templates of these pages: {', '.join(missing)}",
            path=f"themes/{theme.name}/templates",
            hint="write them, or give the theme a `parent` in its theme.toml that has them",
        )


def _digest(
    templates: Mapping[str, TemplateSource],
    words: Record,
    options: Record,
    tokens: Record,
    assets: Mapping[str, StaticFile],
) -> str:
    parts = [part for name, source in templates.items() for part in (name, source.text)]
    parts += [part for path, asset in assets.items() for part in (path, asset.output, asset.digest)]
    return digest_of(str(len(templates)), *parts, repr(words), repr(options), repr(tokens))
