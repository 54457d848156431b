"""Which files lie below content/: every regular file once, in one order, and a fault for all that cannot be read.

Nothing is opened here. Links are followed to single files of the site's own folder and nowhere else, so that no
content can publish what lies outside it, and no loop or pipe can hold a build up.
"""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sitegen.errors import Finding, Place, SourceError
from sitegen.records import dataclass

__all__ = ["TEXT_LIMIT", "Entry", "read_bytes", "sort_key", "walk"]

TEXT_LIMIT: Final = 4 << 20
"""Bytes that a file of text may have: converting Markdown takes up to 300 times that in memory."""
_TO_READ: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_PIECE: Final = 1 << 20
_LEFTOVER = re.compile(r".*~|\.#.*|#.*#|.*\.sw[op]|.*\.bak|4913|\.DS_Store")
_NEVER_STATIC = (".git", ".env")
_SPECIAL = {
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file below content/ that may be read."""

    path: str
    """Below the site's folder, with forward slashes: `content/posts/2008/a.md`."""
    file: str
    """Where it lies; a `Path` of it would take longer to make than all else that there is to do for it here."""
    is_link: bool = False
    """Whether that is a link to the file."""
    version: str = ""
    """What tells what the file says now from what it said before; empty where nobody has to know."""


def sort_key(path: str) -> tuple[str, str]:
    """Return the key by which paths are sorted, the same on every machine: NFC first, then as it is spelled."""
    return (unicodedata.normalize("NFC", path), path)


def walk(root: Path) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the files below `root`/content in order of path, and an error for each that is in the way.

    Hidden files and what editors leave behind are passed over; below content/static/ only the latter, and `.git*`
    and `.env*`. Raises SourceError when there is no content/ folder.
    """
    content = root / "content"
    if not content.is_dir():
        raise SourceError.of(
            "there is no such folder",
            path="content",
            why="everything that is published is read from it",
            hint="make a site with `sitegen init`, or name the site's folder with `--site`",
        )
    real_root = os.path.realpath(root)
    if fault := _fault_of_link(os.path.realpath(content), real_root):
        raise SourceError.of(fault, path="content")
    found = list(_below(content, "content", real_root))
    entries = sorted((one for one in found if isinstance(one, Entry)), key=lambda entry: sort_key(entry.path))
    faults = sorted((one for one in found if isinstance(one, Finding)), key=lambda fault: fault.sort_key)
    return tuple(entries), tuple(faults)


def read_bytes(entry: Entry, *, at_most: int | None = None) -> bytes:
    """Return a file's bytes.

    Raises SourceError that says why they cannot be read, or that there are more than `at_most`.
    """
    try:
        data = _bytes_of(entry.file, at_most)
    except FileNotFoundError as error:
        raise SourceError.of("vanished while it was being read", path=entry.path, hint="run the build again") from error
    except OSError as error:
        raise SourceError(_unreadable(error, entry.path)) from error
    if data is None:
        raise SourceError.of(
            f"larger than {(at_most or 0) >> 20} MiB", path=entry.path, hint="part it into several files"
        )
    return data


def _bytes_of(file: str, at_most: int | None) -> bytes | None:
    """Return a file's bytes, None when there are more than `at_most`.

    Four calls of the system; a file object makes ten of them, and took three fifths more time (15 of 9 us a file).
    """
    descriptor = os.open(file, _TO_READ)
    try:
        size = os.fstat(descriptor).st_size
        if at_most is not None and size > at_most:
            return None
        data = os.read(descriptor, size + 1)
        while len(data) != size and (more := os.read(descriptor, _PIECE)):
            data += more  # of a file that is being written, or that comes in pieces
            size = -1
        return data
    finally:
        os.close(descriptor)


def _below(folder: Path, path: str, real_root: str) -> Iterator[Entry | Finding]:
    waiting = [(folder, path)]  # not recursive: folders may be nested deeper than Python's stack
    while waiting:
        folder, path = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            yield _unreadable(error, path)
            continue
        for entry in listed:
            below = f"{path}/{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            if _is_hidden(entry.name, below) or (not is_folder and _LEFTOVER.fullmatch(entry.name)):
                continue
            if fault := _fault_of_name(entry.name):
                yield Finding(fault, Place(below), hint="rename it")
            elif is_folder:
                waiting.append((Path(entry.path), below))
            else:
                yield _checked(entry, below, real_root)


def _checked(entry: os.DirEntry[str], path: str, real_root: str) -> Entry | Finding:
    """Return the file if it may be read, else what is wrong with it."""
    try:
        if entry.is_file(follow_symlinks=False):
            return Entry(path, entry.path)
        if entry.is_symlink() and (fault := _fault_of_link(os.path.realpath(entry.path, strict=True), real_root)):
            return Finding(fault, Place(path), hint="put a copy of the file here instead")
        mode = entry.stat().st_mode
    except FileNotFoundError:
        return Finding("a link to a file that does not exist", Place(path), hint="remove the link, or restore the file")
    except OSError as error:
        return _unreadable(error, path)
    if stat.S_ISDIR(mode):
        return Finding("a link to a folder", Place(path), hint="put the folder here, or links to its files")
    if not stat.S_ISREG(mode):
        kind = _SPECIAL.get(stat.S_IFMT(mode), "no regular file")
        return Finding(f"{kind}, which cannot be published", Place(path), hint="remove it from content/")
    return Entry(path, entry.path, is_link=True)


def _fault_of_link(target: str, real_root: str) -> str:
    try:
        below = Path(target).relative_to(real_root)
    except ValueError:
        return "a link that leads outside the site's folder"
    return "a link to a hidden file" if any(part.startswith(".") for part in below.parts) else ""


def _is_hidden(name: str, path: str) -> bool:
    return name.startswith(_NEVER_STATIC if path.startswith("content/static/") else ".")


def _fault_of_name(name: str) -> str:
    if name.isprintable():
        return ""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return f"the name {name!a} is not UTF-8"
    if any(unicodedata.category(character) == "Cc" for character in name):
        return f"the name {name!a} has a control character"
    return ""


def _unreadable(error: OSError, path: str) -> Finding:
    reason = (error.strerror or str(error)).lower()
    return Finding(f"cannot read: {reason}", Place(path))
