"""Converters: each takes a value as it was written and returns what it means, or raises ValueError.

The message completes the sentence "KEY ..."; what to do about it stands behind a colon, as in `sitegen.config.values`.
A converter of a list or a mapping raises `Faults`, with the part of the value that each message is about.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from sitegen.config.toml import KeyPath
from sitegen.config.values import check_line, check_link, check_path, suggestion
from sitegen.model import CommentPolicy, Picture, PromoMatch, Value
from sitegen.reading.fields.records import InlineAuthor, InlinePromo
from sitegen.reading.yaml import MAX_FAULTS, Raw, typed
from sitegen.text import fold

__all__ = [
    "Converter",
    "Faults",
    "Part",
    "to_authors",
    "to_bool",
    "to_comments",
    "to_email",
    "to_extra",
    "to_id",
    "to_line",
    "to_link",
    "to_links",
    "to_markdown",
    "to_match",
    "to_paths",
    "to_picture",
    "to_promos",
    "to_required_line",
    "to_slug",
    "to_summary",
    "to_tags",
    "to_text",
    "to_weight",
    "with_check",
]

T = TypeVar("T")
_PLAIN_SLUG: Final = re.compile("[A-Za-z0-9_-]{1,100}")
Converter = Callable[[Raw], Any]


class Part(NamedTuple):
    """A fault in a part of a value."""

    path: KeyPath
    """Where, from the value down: `("photo", "alt")`."""
    message: str
    at_key: bool = False
    """The key itself is wrong, not what it has."""


class Faults(ValueError):
    """Several faults within one value."""

    def __init__(self, *parts: Part) -> None:
        super().__init__("; ".join(part.message for part in parts[:MAX_FAULTS]))
        self.parts = parts[:MAX_FAULTS]

    @classmethod
    def within(cls, error: ValueError, *path: str | int) -> tuple[Part, ...]:
        """Return the faults that `error` carries as faults of the part `path` of a larger value."""
        parts = error.parts if isinstance(error, Faults) else (Part((), str(error)),)
        return tuple(part._replace(path=(*path, *part.path)) for part in parts)


def to_text(raw: Raw) -> str:
    """Text of any length, stripped; empty is fine."""
    if isinstance(raw, str):
        return raw.strip()
    raise ValueError(f"must be text, not {_kind(raw)}")


def to_line(raw: Raw) -> str:
    """Text of one line; empty is fine."""
    text = to_text(raw)
    return check_line(text) if text else ""


def to_required_line(raw: Raw) -> str:
    """Text of one line that is not blank."""
    return check_line(to_text(raw))


def with_check(check: Callable[[str], str]) -> Converter:
    """Return a converter for text that one of the checks in `sitegen.config.values` must accept."""
    return lambda raw: check(to_text(raw))


to_link = with_check(check_link)
to_markdown = to_text


def to_summary(raw: Raw) -> str:
    """Markdown of one paragraph."""
    text = to_text(raw)
    if re.search(r"\n[ \t]*\n", text):
        raise ValueError("must be one paragraph")
    return text


_TRUTH: Final = {"true": True, "yes": True, "false": False, "no": False}


def to_bool(raw: Raw) -> bool:
    """`true`, `false`, `yes` or `no` in any case."""
    value = _TRUTH.get(to_text(raw).lower())
    if value is None:
        raise ValueError(f"must be true or false, not `{to_text(raw)[:20]}`")
    return value


def to_weight(raw: Raw) -> int:
    """A whole number of at most nine digits."""
    text = to_text(raw)
    if not re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII):
        raise ValueError(f"must be a whole number, not `{text[:20]}`")
    return int(text)


def to_comments(raw: Raw) -> CommentPolicy:
    """`open`, `closed` or `off`."""
    text = to_text(raw).lower()
    try:
        return CommentPolicy(text)
    except ValueError as error:
        raise ValueError(f"must be `open`, `closed` or `off`, not `{text[:20]}`") from error


def to_id(raw: Raw) -> str:
    """A stable id: no blanks, no control characters."""
    text = to_text(raw)
    if not text or not text.isprintable() or " " in text:
        raise ValueError("must be a word without blanks")
    return text


def to_email(raw: Raw) -> str:
    """An e-mail address, as far as one can tell by looking at it."""
    text = to_text(raw)
    if not text.isprintable() or not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+", text):
        raise ValueError("must be an e-mail address")
    return text


def to_slug(raw: Raw) -> str:
    """The last part of a URL."""
    text = to_text(raw)
    if _PLAIN_SLUG.fullmatch(text):
        return text
    if not text or "/" in text:
        raise ValueError("must be one part of a path: for a whole path use `permalink`")
    return check_path(f"/{text}")[1:]


def to_paths(raw: Raw) -> tuple[str, ...]:
    """Paths of the site: a list, or one."""
    return tuple(_each(_items(raw), with_check(check_path)))


def to_links(raw: Raw) -> tuple[str, ...]:
    """Addresses: a list, or one."""
    return tuple(_each(_items(raw), to_link))


def to_tags(raw: Raw) -> tuple[str, ...]:
    """Names: a list, or text with commas. Empty ones and those that came before in another case are dropped."""
    items = _items(raw if isinstance(raw, tuple) else tuple(to_text(raw).split(",")))
    kept: dict[str, str] = {}
    for name in _each(items, lambda item: to_line(item or "")):
        kept.setdefault(fold(name), name)
    return tuple(name for name in kept.values() if name)


def to_picture(raw: Raw) -> Picture:
    """A path or an address, or a mapping with what is to be said about the picture."""
    if isinstance(raw, str):
        return Picture(_to_target(raw), None)
    values = _table(raw, _PICTURE, "src")
    return Picture(values.pop("src"), values.pop("alt", None), **values)


def _to_target(raw: Raw) -> str:
    text = to_text(raw)
    if not text or not text.isprintable() or "\\" in text:
        raise ValueError("must be the path of a picture: beside this file, or from the site's root with `/`")
    if re.match(r"//|[A-Za-z][A-Za-z0-9+.-]*:", text) and not re.match(r"https?://[^/]", text, re.IGNORECASE):
        raise ValueError("must be a path, or an address that starts with `https://`")
    return text


def to_authors(raw: Raw) -> tuple[str | InlineAuthor, ...]:
    """An id or a name, a mapping that describes an author, or a list of these."""
    return tuple(_each(_items(raw), lambda item: _inline(item, InlineAuthor, _AUTHOR, "name")))


def to_promos(raw: Raw) -> tuple[str | InlinePromo, ...]:
    """`none`, an id, a mapping that describes a promo, or a list of these."""
    if isinstance(raw, str) and raw.strip().lower() == "none":
        return ()
    return tuple(_each(_items(raw), lambda item: _inline(item, InlinePromo, _PROMO, "title")))


def to_match(raw: Raw) -> PromoMatch:
    """Which posts a promo is for; names are folded."""
    values = _table(raw, dict.fromkeys(("tags", "categories", "authors"), to_tags))
    return PromoMatch(**{key: frozenset(map(fold, names)) for key, names in values.items()})


def to_extra(raw: Raw) -> Mapping[str, Value]:
    """A mapping of anything."""
    value = typed(raw)
    if not isinstance(value, Mapping):
        raise ValueError(f"must be a mapping, not {_kind(raw)}")
    return value


_PICTURE: Final[Mapping[str, Converter]] = {
    "src": _to_target,
    "alt": to_text,
    "caption": to_text,
    "credit": to_text,
}
_AUTHOR: Final[Mapping[str, Converter]] = {
    "name": to_required_line,
    "bio": to_markdown,
    "url": to_link,
    "email": to_email,
    "photo": to_picture,
}
_PROMO: Final[Mapping[str, Converter]] = {
    "title": to_required_line,
    "body": to_markdown,
    "url": to_link,
    "label": to_required_line,
    "image": to_picture,
}


def _inline(raw: Raw, record: Callable[..., T], converters: Mapping[str, Converter], required: str) -> str | T:
    """Return a name as it is, and a mapping as a `record`."""
    return record(**_table(raw, converters, required)) if isinstance(raw, Mapping) else to_required_line(raw)


def _table(raw: Raw, converters: Mapping[str, Converter], required: str = "") -> dict[str, Any]:
    """Convert a mapping key by key. Raises Faults with all that is wrong in it."""
    if not isinstance(raw, Mapping):
        raise ValueError(f"must be a mapping, not {_kind(raw)}")
    values: dict[str, Any] = {}
    faults: list[Part] = []
    for key, value in raw.items():
        if key not in converters:
            faults.append(Part((key,), f"is not known here: {suggestion(key, converters)}", at_key=True))
        elif value is not None:
            try:
                values[key] = converters[key](value)
            except ValueError as error:
                faults.extend(Faults.within(error, key))
    if required and raw.get(required) is None:
        faults.append(Part((), f"needs a `{required}`"))
    if faults:
        raise Faults(*faults)
    return values


def _items(raw: Raw) -> Iterable[tuple[KeyPath, Raw]]:
    """Yield the entries of a list with their paths; a single value is the only entry, without one."""
    return [((number,), item) for number, item in enumerate(raw)] if isinstance(raw, tuple) else [((), raw)]


def _each(items: Iterable[tuple[KeyPath, Raw]], convert: Callable[[Raw], T]) -> list[T]:
    """Convert each entry. Raises Faults with all that is wrong in them."""
    values: list[T] = []
    faults: list[Part] = []
    for path, item in items:
        try:
            values.append(convert(item))
        except ValueError as error:
            faults.extend(Faults.within(error, *path))
    if faults:
        raise Faults(*faults)
    return values


def _kind(raw: Raw) -> str:
    """Return how a message names what was written."""
    if raw is None:
        return "nothing"
    return "a mapping" if isinstance(raw, Mapping) else "a list" if isinstance(raw, tuple) else "text"
