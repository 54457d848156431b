"""From front matter to fields: which keys there are, and every fault in them with its place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import tzinfo
from functools import lru_cache, partial
from itertools import islice
from typing import Any, Final, TypeVar

from sitegen.config.toml import KeyPath, name_of
from sitegen.config.values import check_language, check_name, check_path, split_hint
from sitegen.errors import Finding, Severity
from sitegen.model import Value
from sitegen.reading.fields.convert import (
    Converter,
    Faults,
    to_authors,
    to_bool,
    to_comments,
    to_email,
    to_extra,
    to_id,
    to_line,
    to_link,
    to_links,
    to_match,
    to_paths,
    to_picture,
    to_promos,
    to_required_line,
    to_slug,
    to_summary,
    to_tags,
    to_text,
    to_weight,
    with_check,
)
from sitegen.reading.fields.dates import read_end, read_moment
from sitegen.reading.fields.records import AuthorFields, PageFields, PostFields, PromoFields
from sitegen.reading.front_matter import Matter
from sitegen.reading.yaml import MAX_FAULTS, Raw, typed
from sitegen.text import nearest

__all__ = [
    "KNOWN_AUTHOR_KEYS",
    "KNOWN_PAGE_KEYS",
    "KNOWN_POST_KEYS",
    "KNOWN_PROMO_KEYS",
    "read_author_fields",
    "read_page_fields",
    "read_post_fields",
    "read_promo_fields",
]

T = TypeVar("T")
_Converters = Mapping[str, Converter]

# Dates need the site's zone, so their converters are made when it is known.
_PAGE_DATES: Final = {"updated": read_moment}
_POST_DATES: Final = _PAGE_DATES | {"date": read_moment, "expires": read_end}
_PROMO_DATES: Final = {"starts": read_moment, "ends": read_end}

_PAGE: Final[_Converters] = {
    "title": to_required_line,
    "summary": to_summary,
    "slug": to_slug,
    "permalink": with_check(check_path),
    "aliases": to_paths,
    "draft": to_bool,
    "unlisted": to_bool,
    "image": to_picture,
    "lang": with_check(check_language),
    "description": to_text,
    "template": with_check(check_name),
    "extra": to_extra,
}
_POST: Final[_Converters] = {
    **_PAGE,
    "author": to_authors,
    "authors": to_authors,
    "promo": to_promos,
    "promos": to_promos,
    "category": to_required_line,
    "tags": to_tags,
    "id": to_id,
    "featured": to_bool,
    "comments": to_comments,
    "series": to_line,
}
_AUTHOR: Final[_Converters] = {
    "name": to_required_line,
    "email": to_email,
    "url": to_link,
    "photo": to_picture,
    "role": to_line,
    "same_as": to_links,
    "short": to_line,
}
_PROMO: Final[_Converters] = {
    "title": to_required_line,
    "url": to_link,
    "label": to_required_line,
    "image": to_picture,
    "weight": to_weight,
    "default": to_bool,
    "match": to_match,
}
_SYNONYMS: Final = {"author": "authors", "promo": "promos"}

KNOWN_POST_KEYS: Final = frozenset(_POST) | frozenset(_POST_DATES)
"""Keys of a post's front matter that mean something to sitegen."""
KNOWN_PAGE_KEYS: Final = frozenset(_PAGE) | frozenset(_PAGE_DATES)
"""The same of a page."""
KNOWN_AUTHOR_KEYS: Final = frozenset(_AUTHOR)
"""The same of an author."""
KNOWN_PROMO_KEYS: Final = frozenset(_PROMO) | frozenset(_PROMO_DATES)
"""The same of a promotional block."""


def read_post_fields(matter: Matter, zone: tzinfo) -> tuple[PostFields, tuple[Finding, ...]]:
    """Return what a post says, and an error for each fault; a faulty key has its default."""
    reader = _Reader(matter)
    values = reader.convert(_post_converters(zone), required="title")
    return PostFields(**reader.with_extra(values)), tuple(reader.findings)


@lru_cache(maxsize=4)
def _post_converters(zone: tzinfo) -> Mapping[str, Converter]:
    return {**_POST, **_dates(_POST_DATES, zone)}


def read_page_fields(matter: Matter, zone: tzinfo) -> tuple[PageFields, tuple[Finding, ...]]:
    """Return what a page says, and an error for each fault; a faulty key has its default."""
    reader = _Reader(matter)
    values = reader.convert({**_PAGE, **_dates(_PAGE_DATES, zone)}, required="title")
    return PageFields(**reader.with_extra(values)), tuple(reader.findings)


def read_author_fields(matter: Matter) -> tuple[AuthorFields, tuple[Finding, ...]]:
    """Return what an author's file says, an error for each fault and a warning for each key that nothing reads."""
    reader = _Reader(matter)
    values = reader.convert(_AUTHOR, required="name")
    reader.warn_unread()
    return AuthorFields(**values), tuple(reader.findings)


def read_promo_fields(matter: Matter, zone: tzinfo) -> tuple[PromoFields, tuple[Finding, ...]]:
    """Return what a promo says, an error for each fault and a warning for each key that nothing reads."""
    reader = _Reader(matter)
    fields = PromoFields(**reader.convert({**_PROMO, **_dates(_PROMO_DATES, zone)}, required="title"))
    if fields.starts and fields.ends and fields.ends <= fields.starts:
        reader.fault(("ends",), "`ends` lies before `starts`", hint="such a block would never run")
    reader.warn_unread()
    return fields, tuple(reader.findings)


def _dates(readers: Mapping[str, Callable[[str, tzinfo], Any]], zone: tzinfo) -> dict[str, Converter]:
    return {key: partial(_to_moment, read=read, zone=zone) for key, read in readers.items()}


def _to_moment(raw: Raw, *, read: Callable[[str, tzinfo], T], zone: tzinfo) -> T:
    return read(to_text(raw), zone)


class _Reader:
    """Goes over the keys of one file and collects what is wrong with them."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.findings: list[Finding] = []
        self._unknown: dict[str, Raw] = {}

    def convert(self, converters: Mapping[str, Converter], *, required: str) -> dict[str, Any]:
        """Return the converted values by field; a faulty key is left out."""
        values: dict[str, Any] = {}
        if self.matter.values.get(required) is None:
            self._miss(required)
        given: dict[str, str] = {}
        for key, raw in self.matter.values.items():
            name = _SYNONYMS.get(key, key)
            if key not in converters:
                self._meet_unknown(key, raw, converters)
            elif name in given:
                what = f"`{given[name]}` and `{key}` are both given"
                self.fault((key,), what, hint="they mean the same: keep one of them", at_key=True)
            elif raw is not None:
                given[name] = key
                self._convert(key, raw, converters[key], values)
        return values

    def with_extra(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return `values` with the unknown keys in `extra`; what stands in `extra` itself goes first."""
        if not self._unknown:
            return values
        free: dict[str, Value] = {key: typed(raw) for key, raw in self._unknown.items()}
        return {**values, "extra": {**free, **values.get("extra", {})}}

    def warn_unread(self) -> None:
        """Say of each unknown key that it has no effect."""
        for key in islice(self._unknown, MAX_FAULTS):
            finding = self.matter.finding((key,), f"`{key}` is not read here", hint="delete it", at_key=True)
            self.findings.append(replace(finding, severity=Severity.WARNING))

    def fault(self, path: KeyPath, what: str, *, hint: str = "", at_key: bool = False) -> None:
        """Note an error about the value at `path`, or about its key."""
        if len(self.findings) < MAX_FAULTS:
            self.findings.append(self.matter.finding(path, what, hint=hint, at_key=at_key))

    def _convert(self, key: str, raw: Raw, converter: Converter, values: dict[str, Any]) -> None:
        try:
            values[_SYNONYMS.get(key, key)] = converter(raw)
        except ValueError as error:
            for part in Faults.within(error, key):
                what, hint = split_hint(part.message)
                self.fault(part.path, f"`{name_of(part.path)}` {what}", hint=hint, at_key=part.at_key)

    def _meet_unknown(self, key: str, raw: Raw, known: Mapping[str, Converter]) -> None:
        meant = key.casefold() if key.casefold() in known else nearest(key, known)
        if meant:
            self.fault((key,), f"unknown key `{key}`", hint=f"did you mean `{meant}`?", at_key=True)
        else:
            self._unknown[key] = raw

    def _miss(self, key: str) -> None:
        if self.matter.head:
            self.fault((key,), f"`{key}` is missing", hint=f"write it between the fences: {key}: ...")
        else:
            hint = f"start the file with three lines: `---`, `{key}: ...`, `---`"
            self.fault((), f"`{key}` is missing: the file has no front matter", hint=hint)
