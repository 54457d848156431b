"""What a value must look like: each check takes a text, returns it in its normal form or raises ValueError.

The message completes the sentence "KEY ..."; what to do about it stands behind a colon (`split_hint` parts the two).
The caller adds the key and the place.
"""

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import tzdata

from sitegen.text import is_clean, nearest

__all__ = [
    "check_authority",
    "check_language",
    "check_line",
    "check_link",
    "check_name",
    "check_path",
    "check_site_url",
    "check_zone",
    "read_zone",
    "split_hint",
    "suggestion",
    "zone_names",
]

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # the shape of RFC 5646 section 2.1
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\]")  # RFC 1123 section 2.1; RFC 3986 section 3.2.2
_AUTHORITY = re.compile(rf"(?:[A-Za-z0-9._-]+@)?{_LABEL}(?:\.{_LABEL})*")  # RFC 4151 section 2.1
_BASE_PATH = re.compile(r"(?:/[A-Za-z0-9._~@:+,=-]+)*/?")
# Quoted values may hold anything, colons too.
_HINTED = re.compile(r"((?:`[^`]*`|[^`])*?): (.*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LONGEST_HOST: Final = 253
_ZONES: Final = Path(tzdata.__file__).parent
"""`importlib.resources` finds the same folder, and takes 6 ms to import."""
_LONGEST_SEGMENT: Final = 200  # bytes of UTF-8; file systems take 255, and suffixes are added


def suggestion(word: str, known: Iterable[str], *, listed: int = 12) -> str:
    """Return the hint for a name that is not `known`: the one that was meant, or all there are if they are few."""
    names = sorted(known)
    meant = next((name for name in names if name.casefold() == word.casefold()), None) or nearest(word, names)
    if meant:
        return f"did you mean `{meant}`?"
    return f"one of: {', '.join(names)}" if 0 < len(names) <= listed else ""


def split_hint(message: str) -> tuple[str, str]:
    """Return what a check says is wrong, and what to do about it, empty if it does not say."""
    found = _HINTED.fullmatch(message)
    return (found[1], found[2]) if found else (message, "")


def check_line(text: str) -> str:
    """A text of one line: not blank, no control characters, stripped."""
    if not text.strip():
        raise ValueError("is empty")
    if not is_clean(text) or len(text.strip().splitlines()) > 1:
        raise ValueError("must be one line without control characters")
    return text.strip()


def check_name(text: str) -> str:
    """The name of a folder or file in a folder of ours: a theme, a template."""
    if not _NAME.fullmatch(text):
        raise ValueError("must be a name of letters, digits, `.`, `_` and `-`")
    return text


def check_language(text: str) -> str:
    """A language tag as RFC 5646 (BCP 47) writes it: `en`, `pt-BR`, `zh-Hant`."""
    if not _LANGUAGE.fullmatch(text):
        dashed = text.replace("_", "-")
        meant = f": did you mean `{dashed}`?" if _LANGUAGE.fullmatch(dashed) else ""
        raise ValueError(f"must be a language tag such as `en` or `pt-BR`{meant}")
    return text


def check_link(text: str) -> str:
    """An address that a visitor may be sent to: http, https, mailto, or a path of the site."""
    if not text.isprintable() or " " in text:
        raise ValueError("must be an address without blanks and control characters")
    if text.startswith("/") and not text.startswith(("//", "/\\")):
        return text
    scheme, _, rest = text.partition(":")
    if scheme.lower() in {"http", "https"} and re.match(r"//[^/?#@\\]", rest):
        return text
    if scheme.lower() == "mailto" and "@" in rest:
        return text
    raise ValueError("must start with `https://`, `http://`, `mailto:` or `/`")


def check_path(text: str) -> str:
    """A path of the site, not encoded: it starts with `/` and no segment leads anywhere but down."""
    if not text.startswith("/"):
        raise ValueError("must start with `/`")
    if not text.isprintable() or "\\" in text:
        raise ValueError("must not contain a backslash or control characters")
    if found := re.search(r"[%?#]", text):
        raise ValueError(f"must not contain `{found[0]}`: write the path as it reads, not encoded")
    segments = text[1:].split("/")
    if any(segment.strip(" .") == "" and segment for segment in segments):
        raise ValueError("must not contain segments of dots: write it without them")
    if "" in segments[:-1]:
        raise ValueError("must not contain `//`")
    if any(segment != segment.strip(" ").rstrip(".") for segment in segments):
        raise ValueError("must not contain segments with a blank at either end or a dot at the end")
    if any(len(segment.encode()) > _LONGEST_SEGMENT for segment in segments):
        raise ValueError(f"must not contain segments of more than {_LONGEST_SEGMENT} bytes")
    return text


def check_site_url(text: str) -> str:
    """The address of the front page: absolute, http or https; returned with a slash at its end, host in lower case."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("is not an address such as `https://example.org/`") from error
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be absolute, such as `https://example.org/`")
    if "@" in parts.netloc:
        raise ValueError("must not contain a user name or password: it is shown on every page")
    if "?" in text or "#" in text:
        raise ValueError("must not contain `?` or `#`")
    host = _check_host(parts.netloc.rpartition(":")[0] if port is not None else parts.netloc.removesuffix(":"))
    path = parts.path.rstrip("/")
    if not _BASE_PATH.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise ValueError("must have a path of plain letters, digits and `-`, such as `/blog/`")
    return f"{parts.scheme.lower()}://{host}{'' if port is None else f':{port}'}{path}/"


def _check_host(host: str) -> str:
    if _HOST.fullmatch(host) and len(host) <= _LONGEST_HOST:
        return host.lower()
    try:
        ascii_form = host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_form = ""
    meant = f": write `{ascii_form}`" if ascii_form != host and _HOST.fullmatch(ascii_form) else ""
    raise ValueError(f"has a host that is no DNS name{meant}")


def check_authority(text: str) -> str:
    """Who gives out the ids of the feeds, as tag URIs name it (RFC 4151): a host name or an e-mail address."""
    if not _AUTHORITY.fullmatch(text):
        raise ValueError("must be a host name or an e-mail address, such as `example.org`")
    return text.lower()


@functools.cache
def zone_names() -> frozenset[str]:
    """Return the names of all time zones that the package tzdata has."""
    return frozenset((_ZONES / "zones").read_text("ascii").split())


def check_zone(text: str) -> str:
    """The name of a time zone in the IANA database."""
    if text not in zone_names():
        hint = suggestion(text, zone_names()) or "write a name such as `Europe/Paris`"
        raise ValueError(f"is not a time zone: {hint}")
    return text


@functools.cache
def read_zone(name: str) -> ZoneInfo:
    """Return a time zone from the package tzdata, never from the system. Such objects cannot be pickled.

    The system's database may be older or newer, and then two machines would build two sites. KeyError if the name is
    not one of `zone_names`.
    """
    if name not in zone_names():
        raise KeyError(name)
    with (_ZONES / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
