"""What posts said when they were last read, for a site that is opened again: only those that differ are read.

Reading is most of what opening a site takes; a row of JSON per post takes a fifth of it (0.4 in place of 2.2 s at
10,000 posts). A stamp tells whether a file may differ, as in the ledger of a build, and a row holds what was checked:
no post is kept about which there is something to say, nor one that describes authors or promos in its own words. What
its texts became is had when somebody asks for it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, fields
from datetime import datetime
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any, Final, Self

from sitegen.config import MarkupOptions
from sitegen.config.toml import KeyPath
from sitegen.freshness import is_racy
from sitegen.model import CommentPolicy, Document, Picture, Source
from sitegen.reading.conversion import Text, convert_one, options_for, without_lines
from sitegen.reading.fields import PostFields
from sitegen.reading.front_matter import Matter, read_matter
from sitegen.reading.late import late_document, outline_of
from sitegen.reading.passages import Markdown, Passage
from sitegen.reading.walk import Entry
from sitegen.reading.written import Written
from sitegen.records import dataclass
from sitegen.sealed import read_sealed, write_sealed

__all__ = ["LoadDocument", "Recollection", "recollect"]

_TITLE: Final = "sitegen-posts 1"
LoadDocument = Callable[[Markdown, MarkupOptions], Document]
"""Returns what a text becomes. Raises SitegenError."""
_Row = Sequence[Any]
_Places = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Recollection:
    """Posts as they were last read, by path."""

    rows: dict[str, _Row] = field(default_factory=dict)
    places: Sequence[_Places] = ()
    """Where keys stand; most posts have theirs in the places in which others have them."""
    posts: int = 0
    """How many could be judged by their stamps, with those that could not be kept."""
    load: LoadDocument = convert_one
    """Returns what a text became."""
    _outlines: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """Of the documents of the posts that were recalled, by path."""

    @classmethod
    def read(cls, file: Path, key: str, load: LoadDocument) -> Self:
        """Return what was kept in `file` under `key`; nothing if it was another, or not every byte is as it was."""
        body = read_sealed(file, _TITLE)
        data = json.loads(body) if body is not None else {}
        if data.get("key") != key:
            return cls()
        places = [tuple([(intern(name), line, column) for name, line, column in row]) for row in data["places"]]
        return cls(data["rows"], places, data["posts"], load)

    def recall(self, entry: Entry) -> Written[PostFields] | None:
        """Return the post in a file that is as it was; `Entry.version` begins with its stamp. None if it may not be.

        A row is taken out: what it says is in memory from then on.
        """
        row = self.rows.get(entry.path)
        if row is None or row[0] != entry.version.partition(" ")[0]:
            return None
        del self.rows[entry.path]
        _, head, text_line, places, head_digest, language, size, digest, outlines, values = row
        self._outlines[entry.path] = outlines
        source = Source(entry.path, text_line, self.places[places], head_digest)
        return Written(_Recalled.of(source, head, language), Passage(entry, len(head) + 1, size, digest), _post(values))

    def documents(
        self, path: str, texts: Iterable[Text], options: MarkupOptions
    ) -> dict[tuple[str, KeyPath], Document]:
        """Return what the `texts` of the post at `path` became, by path and key; nothing unless it was recalled."""
        outlines = self._outlines.pop(path, {})
        return {
            (path, text.key): late_document(outlines[_named(text.key)], partial(self._load, text, options))
            for text in (texts if outlines else ())
        }

    def _load(self, text: Text, options: MarkupOptions) -> Document:
        document = self.load(text.text, options_for(text.matter, options))
        return without_lines(document) if text.key else document

    def forget(self) -> None:
        """Let go of what nobody asked for."""
        self.rows.clear()
        self._outlines.clear()


def _named(key: KeyPath) -> str:
    return ".".join(map(str, key))


def recollect(
    file: Path,
    key: str,
    posts: Sequence[Written[PostFields]],
    documents: Mapping[str, Mapping[tuple[str, KeyPath], Document]],
    started: int | None,
) -> None:
    """Keep posts in `file` under `key`, a digest of all that reading depends on but the files themselves.

    `documents` are what their texts became, by path; a post that has none there is not kept. `started` is when their
    stamps were taken (`file_time`): a file that was written at that time may have been written again with the same
    stamp.
    """
    rows: dict[str, _Row] = {}
    places: dict[_Places, int] = {}
    stamped = [(post.text.entry.version.partition(" ")[0], post) for post in posts]
    settled = [(stamp, post) for stamp, post in stamped if not is_racy(stamp, started)]
    for stamp, post in settled:
        values = _plain(post.fields)
        if values is None or not post.matter.head or post.source.path not in documents:
            continue
        outlines = {_named(key): outline_of(document) for (_, key), document in documents[post.source.path].items()}
        source, text = post.source, post.text
        place = places.setdefault(source.places, len(places))
        facts = (source.text_line, place, source.head_digest, post.matter.language, text.size, text.digest)
        rows[source.path] = (stamp, post.matter.head, *facts, outlines, values)
    write_sealed(file, _TITLE, {"key": key, "posts": len(settled), "places": list(places), "rows": rows})


class _Recalled(Matter):
    """Front matter whose values are read again from its text in the rare case that somebody asks for them."""

    @classmethod
    def of(cls, source: Source, head: str, language: str) -> Self:
        """Return the front matter that stands in `head`."""
        matter = object.__new__(cls)
        matter.__dict__.update(text="", source=source, head=head, language=language)
        return matter

    def __getattr__(self, name: str) -> object:
        """Return the values: Python asks here for what is not there."""
        if name != "values":
            raise AttributeError(name)
        values = read_matter(self.head.encode(), self.source.path).values
        self.__dict__["values"] = values
        return values


_DEFAULTS: Final[Mapping[str, object]] = {field.name: getattr(PostFields(), field.name) for field in fields(PostFields)}


def _plain(post: PostFields) -> dict[str, Any] | None:
    """Return the fields that are not their defaults as JSON has them; None for a post with Markdown in them."""
    values: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(post, name)
        if value != default:
            values[name] = _TO_PLAIN[name](value) if name in _TO_PLAIN else value
    named = (*post.authors, *(post.promos or ()))
    return values if all(isinstance(name, str) for name in named) else None


def _post(values: dict[str, Any]) -> PostFields:
    for name, restore in _FROM_PLAIN:
        if name in values:
            values[name] = restore(values[name])
    return PostFields(**values)


def _from_extra(value: Any) -> Any:  # noqa: ANN401  whatever a writer wrote
    if isinstance(value, dict):
        return {name: _from_extra(item) for name, item in value.items()}
    return tuple(map(_from_extra, value)) if isinstance(value, list) else value


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, values))


_TO_PLAIN: Final[Mapping[str, Callable[[Any], object]]] = {
    **dict.fromkeys(("date", "updated", "expires"), datetime.isoformat),
    "image": lambda image: (image.target, image.alt, image.caption, image.credit),
    "comments": lambda policy: policy.value,
}
_FROM_PLAIN: Final[Sequence[tuple[str, Callable[[Any], object]]]] = (
    *((name, datetime.fromisoformat) for name in ("date", "updated", "expires")),
    *((name, _names) for name in ("authors", "tags", "aliases", "promos")),
    ("category", intern),
    ("image", lambda image: Picture(*image)),
    ("comments", CommentPolicy),
    ("extra", _from_extra),
)
