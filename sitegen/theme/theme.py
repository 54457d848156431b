"""A theme as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import Finding
from sitegen.store import digest_of
from sitegen.theme.assets import StaticFile, fingerprint
from sitegen.theme.card import CardLook
from sitegen.theme.chain import read_chain
from sitegen.theme.files import read_files
from sitegen.theme.options import Locate, choose_options, unplaced
from sitegen.theme.words import read_words
from sitegen.view import Record

__all__ = ["TemplateSource", "Theme", "read_theme"]


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template as it was written."""

    text: str
    path: str
    """How messages name it: `themes/newspaper/templates/post.html`."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All of a theme, in memory. Two themes with one digest are equal, whatever folders they came from."""

    name: str
    digest: str
    """Of all that can reach a byte of the output."""
    templates: Mapping[str, TemplateSource] = field(compare=False, repr=False)
    """By name: `post.html`, `partials/byline.html`."""
    words: Record = field(compare=False, repr=False)
    """In the site's language; a plural word is a Record of its forms: `words.comments.one`."""
    options: Record = field(compare=False, repr=False)
    """Value of every option that the theme declares."""
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
    chosen = choose_options(chain.options, options, name, locate)
    templates = {
        below: TemplateSource(file.text(), file.path) for below, file in read_files(chain.layers, "templates").items()
    }
    words, findings = read_words(chain.layers, language)
    assets = fingerprint(read_files(chain.layers, "static"))
    if chain.card:
        chain.card.check(assets)
    return Theme(
        name=name,
        digest=_digest(templates, words, chosen, assets),
        templates=templates,
        words=words,
        options=chosen,
        assets=assets,
        card=chain.card,
        findings=findings,
    )


def _digest(
    templates: Mapping[str, TemplateSource], words: Record, options: Record, assets: Mapping[str, StaticFile]
) -> str:
    parts = [part for name, source in templates.items() for part in (name, source.text)]
    parts += [part for path, asset in assets.items() for part in (path, asset.output, asset.digest)]
    return digest_of(str(len(templates)), *parts, repr(words), repr(options))
