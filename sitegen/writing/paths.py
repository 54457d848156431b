"""The gate of the output folder: no name gets past that would lie outside it, or be another file on another system.

Planning refuses such names first, with the place in the source. This check knows nothing of planning's, so that a
mistake there can't write a file here.
"""

import re
import unicodedata
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.writing.disk import Disk, Kind

__all__ = ["MANIFEST", "ancestors", "check_name", "folded", "resolve_out"]

MANIFEST = ".sitegen"
"""Name of the list of our files, below the output folder."""

_RESERVED = {MANIFEST, ".git"}
_SEGMENT_BYTES = 255  # what ext4, APFS and NTFS take (NTFS counts UTF-16 units, which are never more)
# Windows: "Naming Files, Paths, and Namespaces" in its documentation, for characters, devices, and ends that it drops.
_FAULT = re.compile(
    r"""
    (?P<empty>    ^$ | ^/ | // | /$ )
  | (?P<dots>     (?: ^|/ ) \.{1,2} (?: /|$ ) )
  | (?P<letter>   [\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff] )
  | (?P<end>      [.\ ] (?: /|$ ) )
  | (?P<device>   (?: ^|/ ) (?: con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³] ) \ * (?: \.[^/]* )? (?: /|$ ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_REASONS = {
    "empty": "a part of it is empty",
    "dots": "it holds . or .. as a part",
    "letter": "it holds a character that not every file system takes",
    "end": "a part of it ends in a dot or a blank, which Windows drops",
    "device": "a part of it is the name of a device on Windows",
}


def check_name(path: str) -> None:
    """Raise OutputError unless a file of the site may have `path`: relative, `/` between parts, everywhere the same."""
    fault = _fault_of(path)
    if not fault and any(part.casefold() in _RESERVED for part in path.split("/")):
        fault = "a part of it is a name that is not for content"
    if fault:
        raise OutputError.of(f"no file of the site can be named {path!a}: {fault}")


def _fault_of(path: str) -> str:
    if match := _FAULT.search(path):
        return _REASONS[match.lastgroup or ""]
    if any(len(part.encode()) > _SEGMENT_BYTES for part in path.split("/")):
        return f"a part of it is longer than {_SEGMENT_BYTES} bytes"
    return ""


def resolve_out(folder: Path, path: str, folders: set[str] | None = None) -> str:
    """Return where the file `path` of the site lies; every change of an output folder goes through here.

    `folders` remembers, from one call to the next, which of those in it were seen. Raises OutputError when `path` would
    leave `folder`, could not exist on every system, or runs through a symbolic link: inside the output none is ever
    followed.
    """
    if fault := _fault_of(path):
        raise OutputError.of(f"no file of the site can be named {path!a}: {fault}")
    folders, disk = set() if folders is None else folders, Disk()
    for parent in ancestors(path):
        if parent not in folders and _is_there(disk, f"{folder}/{parent}"):
            folders.add(parent)
    return f"{folder}/{path}"


def _is_there(disk: Disk, folder: str) -> bool:
    """Whether something stands where a folder should be. Raises OutputError when it is a link."""
    kind = disk.kind(folder)
    if kind is Kind.OTHER:
        raise OutputError.of("is a link, so nothing can be written below it", path=folder)
    return kind is not Kind.NOTHING


def ancestors(path: str) -> list[str]:
    """Return the folders above a path, outermost first: `a/b/c.html` gives `a` and `a/b`."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def folded(path: str) -> str:
    """Return the form in which two paths are one file on systems that ignore case or Unicode's composed forms."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
