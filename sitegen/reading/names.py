"""What a post's path says about it: its id, its date, the name its slug is made of."""

import re
import unicodedata
from datetime import date
from posixpath import splitext

from sitegen.errors import SourceError
from sitegen.records import dataclass

__all__ = ["Name", "read_name", "stem_of"]

_DATED = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[-_ ]+(.+))?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Name:
    """The path of a post, taken apart."""

    id: str
    """Path below posts/ or drafts/ without suffix, of a bundle its folder; NFC."""
    date: date | None
    """`2008-09-27-slug.md`; None when the name has no date."""
    slug: str
    """The name behind the date, as written; the date itself when nothing stands behind it."""
    bundle: str
    """The bundle's folder below the site's folder; empty for a single file."""


def stem_of(path: str) -> str:
    """Return a path below content/ without the folder that says its kind and without suffix, in NFC."""
    below = path.removeprefix("content/").partition("/")[2]
    return unicodedata.normalize("NFC", splitext(below)[0])


def read_name(path: str) -> Name:
    """Take the path of a post or draft apart, such as `content/posts/2008/2008-09-27-slug.md`.

    Raises SourceError for a date that does not exist, and for an `index.md` that lies in no folder of its own.
    """
    stem = stem_of(path)
    folder, _, last = stem.rpartition("/")
    if last != "index":
        return Name(stem, *_dated(last, path), bundle="")
    if not folder:
        raise SourceError.of(
            "has no name of its own", path=path, why="an index.md is named after its folder", hint="rename the file"
        )
    return Name(folder, *_dated(folder.rpartition("/")[2], path), bundle=path.rpartition("/")[0])


def _dated(name: str, path: str) -> tuple[date | None, str]:
    match = _DATED.fullmatch(name)
    if match is None:
        return None, name
    try:
        return date(int(match[1]), int(match[2]), int(match[3])), match[4] or name
    except ValueError as error:
        raise SourceError.of(
            f"the date {name[:10]} in the file's name does not exist", path=path, why=str(error), hint="rename the file"
        ) from error
