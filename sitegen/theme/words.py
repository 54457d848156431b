"""The words of the user interface, from `i18n/LANG.toml`; a word that a language lacks is taken from English."""

from collections.abc import Mapping, Sequence

from sitegen.errors import Finding, Place, Severity, TemplateError
from sitegen.theme.files import Layer, ThemeFile, read_file
from sitegen.theme.toml import parse_toml
from sitegen.view import Record

__all__ = ["read_words"]

_Word = str | Record
_PLURALS = ("zero", "one", "two", "few", "many", "other")


def read_words(layers: Sequence[Layer], language: str) -> tuple[Record, tuple[Finding, ...]]:
    """Return the words in `language`, a BCP 47 tag, and a warning when some of them had to stay English.

    Languages are merged word by word: English, then the language (`pt`), then the region (`pt-BR`); within each the
    nearest layer wins. Raises TemplateError for files that cannot be read.
    """
    primary = language.partition("-")[0]
    english = _read_language(layers, "en")
    words = dict(english)
    if primary.lower() != "en":
        translated = _read_language(layers, primary)
        words |= translated
    else:
        translated = english
    if language != primary:
        words |= (regional := _read_language(layers, language))
        translated |= regional
    missing = sorted(english.keys() - translated.keys())
    return Record(dict(sorted(words.items()))), _warning(missing, english, f"{layers[0].shown}/i18n/{language}.toml")


def _warning(missing: Sequence[str], english: Mapping[str, _Word], path: str) -> tuple[Finding, ...]:
    if not missing:
        return ()
    shown = "" if len(missing) == len(english) else f": {', '.join(missing)}"
    what = f"the theme lacks words of this language and says them in English{shown}"
    return (Finding(what, Place(path), hint="write them into this file", severity=Severity.WARNING),)


def _read_language(layers: Sequence[Layer], language: str) -> dict[str, _Word]:
    """Return the words of one language in all layers, the nearest layer's before the others'."""
    words: dict[str, _Word] = {}
    for layer in reversed(layers):
        if (layer.folder / "i18n" / f"{language}.toml").exists():
            words |= _read_words(read_file(layer, f"i18n/{language}.toml"))
    return words


def _read_words(file: ThemeFile) -> dict[str, _Word]:
    words: dict[str, _Word] = {}
    faults: list[Finding] = []
    toml = parse_toml(file)
    for name, value in toml.table.items():
        if isinstance(value, str):
            words[name] = value
        elif isinstance(value, Mapping) and _is_plural(value):
            words[name] = Record(value)
        else:
            what = f"the word {name!r} must be text, or a table of plural forms with at least `other`"
            faults.append(toml.finding((name,), what, hint=f"plural forms are {', '.join(_PLURALS)}", at_key=True))
    if faults:
        raise TemplateError(*faults)
    return words


def _is_plural(table: Mapping[str, object]) -> bool:
    return "other" in table and all(key in _PLURALS and isinstance(text, str) for key, text in table.items())
