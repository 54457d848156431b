"""Addresses: from a path of the site to what a link says, and to the file that answers it.

`output_path` is the one function that turns a URL into an output path. Whatever a writer names a post, a tag or an
alias, the path it returns stays inside the output folder on every file system that sites are built on.
"""

import re
import unicodedata
from urllib.parse import quote, unquote

from sitegen.records import dataclass

__all__ = ["Addresses", "collision_key", "fault_of", "normalise", "output_path"]

# RFC 3986 section 3.3: what a path segment may hold unencoded, and the slash between segments.
_SAFE = "/!$&'()*+,;=:@-._~"
_SEGMENT_BYTES = 255
# Names that Windows reserves for devices, with any suffix (Naming Files, Paths, and Namespaces).
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
# What nearly all addresses are: nothing to encode, and no segment that a file system could mind.
_PLAIN = re.compile(rf"[A-Za-z0-9{re.escape(_SAFE)}]*")
_PLAIN_SEGMENT = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|\Z))[a-z0-9_-](?:[a-z0-9_.-]{0,200}[a-z0-9_-])?"
_HARMLESS = re.compile(rf"/(?:{_PLAIN_SEGMENT}/)*(?:{_PLAIN_SEGMENT})?", re.IGNORECASE | re.ASCII)
_FORBIDDEN = re.compile('[\x00-\x1f\x7f\\\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd]')


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the site lives."""

    origin: str
    """Scheme and host: `https://example.org`."""
    base: str
    """Path of the front page: `/` or `/blog/`."""

    def link(self, url: str) -> str:
        """Return what `href` says: root-relative, with the base path. Other addresses come back as they are."""
        return self.base[:-1] + url if url.startswith("/") else url

    def absolute(self, url: str) -> str:
        """Return the absolute address of a path of the site, for feeds, canonical links and the sitemap."""
        return self.origin + self.link(url) if url.startswith("/") else url


def normalise(path: str) -> str:
    """Return a path of the site in its one form: NFC, percent-encoded, a folder closed with `/`.

    A path whose last segment has no suffix is a folder. `/a b`, `/a%20b` and `/a%20b/` are all `/a%20b/`.
    """
    decoded = path if (plain := _PLAIN.fullmatch(path)) else unicodedata.normalize("NFC", unquote(path))
    if not decoded.endswith("/") and "." not in decoded.rpartition("/")[2]:
        decoded += "/"
    return decoded if plain else quote(decoded, safe=_SAFE, errors="surrogatepass")


def output_path(url: str) -> str:
    """Return the path below the output folder of the file that answers `url`, a path that `normalise` returned."""
    path = unquote(url)[1:]
    return path + "index.html" if not path or path.endswith("/") else path


def fault_of(url: str, *, dots: bool = False) -> str:
    """Return why no file may stand at `url`, a normalised path, or an empty string when one may.

    `dots` allows names that start with a dot, as static files may have.
    """
    if _HARMLESS.fullmatch(url):
        return ""
    if not url.startswith("/"):
        return "it does not start with /"
    segments = output_path(url).split("/")
    return next(filter(None, (_segment_fault(segment, dots=dots) for segment in segments)), "")


def _segment_fault(segment: str, *, dots: bool) -> str:
    if not segment:
        return "it has an empty part between two slashes"
    if segment in {".", ".."}:
        return f"the part {segment} would leave its folder"
    if bad := _FORBIDDEN.search(segment):
        return f"it holds the character {bad[0]!a}"
    if segment.startswith(".") and (not dots or segment.casefold() in {".git", ".sitegen"}):
        return f"the part {segment} starts with a dot"
    if segment[-1] in ". ":
        return f"the part {segment!r} ends in a dot or a blank, which Windows drops"
    if _DEVICES.fullmatch(segment.rstrip(" ")):
        return f"the part {segment} is the name of a device on Windows"
    if len(segment.encode("utf-8", "surrogatepass")) > _SEGMENT_BYTES:
        return f"a part is longer than {_SEGMENT_BYTES} bytes"
    return ""


def collision_key(output: str) -> str:
    """Return the form in which two output paths are compared: some file systems fold case and Unicode forms."""
    if output.isascii():
        lower = output.lower()
        return output if lower == output else lower  # the same string, not an equal one: a plan has a key per file
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", output).casefold())
