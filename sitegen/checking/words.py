"""Whether a theme says in each of its languages what it says in English, in all forms that numbers take."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen.errors import Finding, Place, Severity, SitegenError
from sitegen.planning.dates import plural_forms
from sitegen.theme.chain import Chain
from sitegen.theme.files import ThemeFile, read_files
from sitegen.theme.toml import parse_toml
from sitegen.theme.words import read_words

__all__ = ["word_findings"]


def word_findings(chain: Chain) -> Iterator[Finding]:
    """Yield a warning for each word that a language lacks, and for each plural form that a word lacks."""
    for path, file in read_files(chain.layers, "i18n").items():
        language = path.removesuffix(".toml")
        yield from read_words(chain.layers, language)[1]
        yield from _missing_forms(file, language)


def _missing_forms(file: ThemeFile, language: str) -> Iterator[Finding]:
    toml = parse_toml(file)
    try:
        needed = plural_forms(language)
    except SitegenError as error:
        yield Finding(error.findings[0].what, Place(file.path), severity=Severity.WARNING)
        return
    for name, word in toml.table.items():
        missing = [form for form in needed if isinstance(word, Mapping) and form not in word]
        if missing:
            what = f"the word {name} lacks plural forms of this language: {', '.join(missing)}"
            yield replace(toml.finding((name,), what, at_key=True), severity=Severity.WARNING)
