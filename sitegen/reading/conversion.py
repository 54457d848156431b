"""All the Markdown of a site at once: texts in, documents out, faults with the place where the writer finds them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.config import MarkupOptions
from sitegen.config.toml import KeyPath
from sitegen.errors import Finding, Place, SitegenError
from sitegen.model import Document
from sitegen.reading.documents import compact
from sitegen.reading.front_matter import Matter
from sitegen.reading.passages import Markdown, digest_of_markdown, read_markdown

__all__ = ["ConvertAll", "Documents", "Remembering", "Text", "convert_each", "convert_texts"]

ConvertAll = Callable[[Sequence[Markdown], MarkupOptions], Iterable[Document | SitegenError]]
"""Converts texts in their order, with an error in place of a document that cannot be had: `convert_each`, or the same
over a pool of processes."""

Documents = Mapping[tuple[str, KeyPath], Document]
"""What texts became, by the path of the file and the key in its front matter, `()` for the text behind it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, and where it stands."""

    matter: Matter
    text: Markdown
    key: KeyPath = ()
    """The front matter key whose value it is; `()` for the text behind the front matter."""

    def in_file(self, finding: Finding) -> Finding:
        """Return a finding of the conversion, whose lines count from the text's start, as one about the file."""
        if self.key:
            found = self.matter.finding(self.key, finding.what, why=finding.why, hint=finding.hint)
            return replace(found, severity=finding.severity)
        source, line = self.matter.source, finding.place.line
        if not line:
            return replace(finding, place=source.place())
        place = Place(source.path, line + source.text_line - 1, finding.place.column)
        return replace(finding, place=place, excerpt=finding.excerpt or read_markdown(self.text).split("\n")[line - 1])


def convert_each(texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[Document | SitegenError]:
    """Convert texts one after another in this process. Raises SourceError for one that cannot be read any more."""
    # Imported when there is a text to convert: a quarter of all that a build imports, which one without a new text
    # does not need (120 of 430 ms).
    from sitegen.reading.limits import convert_within

    for text in map(read_markdown, texts):
        try:
            yield compact(convert_within(text, options))
        except SitegenError as error:
            yield error


class Remembering:
    """A `ConvertAll` that converts each text once: what it was asked for in its last calls, it still knows."""

    def __init__(self, convert_all: ConvertAll = convert_each, calls: int = 4) -> None:
        self._convert_all = convert_all
        self._calls = calls
        self._call = 0
        self._known: dict[tuple[str, MarkupOptions], tuple[int, Document | SitegenError]] = {}

    def __call__(self, texts: Sequence[Markdown], options: MarkupOptions) -> Iterable[Document | SitegenError]:
        """Return a document or an error for each text; what was not asked for in the last calls is forgotten."""
        self._call += 1
        asked = [(digest_of_markdown(text), options) for text in texts]
        missing = {key: text for key, text in zip(asked, texts, strict=True) if key not in self._known}
        made = dict(zip(missing, self._convert_all(list(missing.values()), options), strict=True))
        results = [made[key] if key in made else self._known[key][1] for key in asked]
        self._known.update((key, (self._call, result)) for key, result in zip(asked, results, strict=True))
        oldest = self._call - self._calls
        self._known = {key: entry for key, entry in self._known.items() if entry[0] > oldest}
        return results


def convert_texts(
    texts: Iterable[Text], options: MarkupOptions, convert_all: ConvertAll = convert_each
) -> tuple[Documents, Mapping[str, tuple[Finding, ...]]]:
    """Convert all `texts` in one go; return the documents, and by path what there is to say about the conversion.

    A text that cannot be converted has an error and no document.
    """
    asked = tuple(texts)
    documents: dict[tuple[str, KeyPath], Document] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for text, result in zip(asked, convert_all([text.text for text in asked], options), strict=True):
        path = text.matter.source.path
        if isinstance(result, Document):
            documents[path, text.key] = _without_lines(result) if text.key else result
        if result.findings:
            findings[path] = (*findings.get(path, ()), *map(text.in_file, result.findings))
    return documents, findings


def _without_lines(document: Document) -> Document:
    """Return the document of a front matter value: on which lines of the file its parts stand cannot be told."""
    if not (document.body.slots or document.opening.slots):
        return document
    body, opening = (
        replace(html, slots=tuple(replace(slot, line=0) for slot in html.slots))
        for html in (document.body, document.opening)
    )
    return replace(document, body=body, opening=opening)
