"""Files of front matter and text: from bytes to checked values, the Markdown in them still to be converted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

from sitegen.config.toml import KeyPath
from sitegen.errors import Finding, Place, Severity, SourceError
from sitegen.memo import Memo
from sitegen.model import Picture, Source
from sitegen.reading.front_matter import Matter, read_matter
from sitegen.reading.passages import Passage
from sitegen.reading.walk import TEXT_LIMIT, Entry, read_bytes
from sitegen.records import dataclass

__all__ = ["Written", "missing_alt", "read_post_file", "read_written", "same_names"]

Fields = TypeVar("Fields")
ReadFields = Callable[[Matter], tuple[Fields, tuple[Finding, ...]]]
"""From front matter to checked values, and what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Written(Generic[Fields]):
    """A post, page, author or promo as it stands in its file."""

    matter: Matter
    text: Passage
    """Where its text stands, which is not in `matter`."""
    fields: Fields
    """The values of its front matter; a faulty one has its default."""

    @property
    def source(self) -> Source:
        """The file."""
        return self.matter.source

    def path_of(self, number: int, *names: str) -> KeyPath:
        """Return where entry `number` of a list stands that may have one of several names, or may be a single value."""
        key = next((name for name in names if name in self.matter.values), names[0])
        return (key, number) if isinstance(self.matter.values.get(key), tuple) else (key,)


def _nothing(_entry: Entry) -> None:
    return None


def read_written(
    entries: Iterable[Entry],
    read_fields: ReadFields[Fields],
    matters: Memo[str, Any],
    earlier: Callable[[Entry], Written[Fields] | None] = _nothing,
) -> tuple[tuple[Written[Fields], ...], tuple[Finding, ...]]:
    """Read each file but for its text; one whose front matter cannot be read at all is an error and left out.

    `matters` are remembered by path; `earlier` returns what stood in a file that is known to be as it was.
    """
    written: list[Written[Fields]] = []
    findings: list[Finding] = []
    read = partial(_read_one, read_fields, earlier)
    for entry in entries:
        one, faults = matters.recall(entry.path, (entry,), read)
        findings.extend(faults)
        if one is not None:
            written.append(one)
    return tuple(written), tuple(findings)


def _read_one(
    read_fields: ReadFields[Fields], earlier: Callable[[Entry], Written[Fields] | None], entry: Entry
) -> tuple[Written[Fields] | None, tuple[Finding, ...]]:
    if known := earlier(entry):
        return known, ()
    try:
        matter = read_matter(read_bytes(entry, at_most=TEXT_LIMIT), entry.path)
    except SourceError as error:
        return None, error.findings
    fields, faults = read_fields(matter)
    return Written(replace(matter, text=""), Passage.of(entry, matter), fields), faults


def read_post_file(root: Path, path: str) -> Matter:
    """Return the front matter and the text of one file below `root`.

    Raises SourceError when the file cannot be read, or is a link, which only a walk through the tree knows how to take.
    """
    file = root / path
    if file.is_symlink():
        raise SourceError.of("is a link", path=path)
    return read_matter(read_bytes(Entry(path, str(file)), at_most=TEXT_LIMIT), path)


def same_names(what: str, named: Iterable[tuple[str, Place]], *, hint: str) -> Iterator[Finding]:
    """Yield an error for each name that two or more have; `what` says what it is a name of."""
    places: dict[str, list[Place]] = {}
    for name, place in named:
        places.setdefault(name, []).append(place)
    for name, (first, *others) in places.items():
        if others:
            also = " and ".join(str(place) for place in others)
            yield Finding(f"the {what} `{name}` is also that of {also}", first, hint=hint)


def missing_alt(written: Written[Any], picture: Picture | None, *path: str | int) -> Iterator[Finding]:
    """Yield a warning if `picture`, which stands at `path` of the front matter, says nothing about what it shows."""
    if picture is not None and picture.alt is None:
        finding = written.matter.finding(
            path,
            "the picture has no alternative text",
            hint='write what it shows: {src: ..., alt: "..."}; "" if nothing',
        )
        yield replace(finding, severity=Severity.WARNING)
