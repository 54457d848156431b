"""All the Markdown of a site at once: texts in, documents out, faults with the place where the writer finds them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.config import MarkupOptions
from sitegen.config.toml import KeyPath
from sitegen.errors import Finding, Place, SitegenError
from sitegen.memo import Memo
from sitegen.model import Document
from sitegen.reading.front_matter import Matter
from sitegen.reading.passages import Markdown, read_markdown
from sitegen.reading.quotes import options_in
from sitegen.reading.sentences import sentence
from sitegen.records import dataclass

__all__ = [
    "ConvertAll",
    "Documents",
    "Text",
    "convert_each",
    "convert_files",
    "convert_one",
    "convert_texts",
    "options_for",
    "without_lines",
]

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
    if not texts:
        return
    # Imported when there is a text to convert: a quarter of all that a build imports, which one without a new text
    # does not need (120 of 430 ms).
    from sitegen.reading.limits import convert_within

    for text in map(read_markdown, texts):
        try:
            yield convert_within(text, options)
        except SitegenError as error:
            yield error


def convert_one(text: Markdown, options: MarkupOptions) -> Document:
    """Return what a text becomes. Raises SitegenError."""
    (result,) = _results([text], options, convert_each)
    if isinstance(result, SitegenError):
        raise result
    return result


_Converted = tuple[dict[tuple[str, KeyPath], Document], tuple[Finding, ...]]
"""What became of the texts of one file."""


def convert_files(
    files: Iterable[tuple[str, object, Callable[[], Iterable[Text]]]],
    options: MarkupOptions,
    convert_all: ConvertAll,
    memo: Memo[str, _Converted],
    earlier: Callable[[str, Sequence[Text]], Mapping[tuple[str, KeyPath], Document]],
) -> tuple[Documents, Mapping[str, tuple[Finding, ...]]]:
    """Convert the texts of all files in one go; return the documents, and by path what there is to say about them.

    Of each file: its path, what it says, and its texts, which are only asked for when the file says something else than
    it did; `earlier` returns what became of them when it is known from elsewhere. A text that cannot be converted has
    an error and no document.
    """
    known: dict[str, _Converted | None] = {}
    fresh: list[tuple[str, object]] = []
    texts: list[Text] = []
    for path, said, ask in files:
        known[path] = memo.find(path, (said,))
        if known[path] is None:
            asked = tuple(ask())
            if recalled := earlier(path, asked):
                known[path] = memo.keep(path, (said,), (dict(recalled), ()))
            else:
                fresh.append((path, said))
                texts.extend(asked)
    converted, faults = convert_texts(texts, options, convert_all)
    by_path: dict[str, dict[tuple[str, KeyPath], Document]] = {}
    for (path, key), document in converted.items():
        by_path.setdefault(path, {})[path, key] = document
    for path, said in fresh:
        known[path] = memo.keep(path, (said,), (by_path.get(path, {}), faults.get(path, ())))
    documents: dict[tuple[str, KeyPath], Document] = {}
    for one in known.values():
        documents.update(one[0] if one else {})
    return documents, {path: one[1] for path, one in known.items() if one and one[1]}


def convert_texts(
    texts: Iterable[Text], options: MarkupOptions, convert_all: ConvertAll = convert_each
) -> tuple[Documents, Mapping[str, tuple[Finding, ...]]]:
    """Convert all `texts` in one go; return the documents, and by path what there is to say about the conversion.

    A text that cannot be converted has an error and no document.
    """
    documents: dict[tuple[str, KeyPath], Document] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    for text, result in _converted(texts, options, convert_all):
        path = text.matter.source.path
        if isinstance(result, Document):
            documents[path, text.key] = without_lines(result) if text.key else result
        if result.findings:
            findings[path] = (*findings.get(path, ()), *map(text.in_file, result.findings))
    return documents, findings


def _converted(
    texts: Iterable[Text], options: MarkupOptions, convert_all: ConvertAll
) -> Iterator[tuple[Text, Document | SitegenError]]:
    """Yield each text with what became of it, after one another those that are converted alike."""
    alike: dict[str, list[Text]] = {}
    for text in texts:
        alike.setdefault(options_for(text.matter, options).language, []).append(text)
    for language, group in alike.items():
        own = replace(options, language=language)
        yield from zip(group, _results([text.text for text in group], own, convert_all), strict=True)


def options_for(matter: Matter, options: MarkupOptions) -> MarkupOptions:
    """Return the options for the texts of a file: the quotation marks are those of its `lang`, if it has one."""
    return options_in(matter.language, options) if matter.language else options


def _results(
    texts: Sequence[Markdown], options: MarkupOptions, convert_all: ConvertAll
) -> Iterator[Document | SitegenError]:
    """Yield what becomes of each text; `convert_all` is not troubled with plain sentences."""
    known = [sentence(text) if isinstance(text, str) else None for text in texts]
    rest = [text for text, document in zip(texts, known, strict=True) if document is None]
    converted = iter(convert_all(rest, options))
    for document in known:
        yield document or next(converted)


def without_lines(document: Document) -> Document:
    """Return the document of a front matter value: on which lines of the file its parts stand cannot be told."""
    if not (document.body.slots or document.opening.slots):
        return document
    body, opening = (
        replace(html, slots=tuple(replace(slot, line=0) for slot in html.slots))
        for html in (document.body, document.opening)
    )
    return replace(document, body=body, opening=opening)
