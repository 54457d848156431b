"""The list of the files that are ours: `output/.sitegen`.

Ownership lies in the folder itself, so it survives a copy, a checkout and a lost cache. The file has a line with its
version and checksum, then a line per file: digest of the path, digest of the bytes, sorted. No path stands there in
clear, because a list that is published by mistake would name pages that nobody links to.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.store import digest_of
from sitegen.writing.disk import Disk, Kind, explained
from sitegen.writing.paths import MANIFEST

__all__ = ["decode_manifest", "encode_manifest", "find_owned", "path_key", "read_manifest"]

_TITLE = "sitegen-manifest"
_VERSION = "1"


def path_key(path: str) -> str:
    """Return the digest by which a path is known: of its NFC form, since HFS+ hands names back decomposed."""
    return digest_of(unicodedata.normalize("NFC", path))


def encode_manifest(owned: Mapping[str, str]) -> bytes:
    """Return the file for `owned`, which maps path keys to digests of bytes."""
    body = "".join(f"{key} {digest}\n" for key, digest in sorted(owned.items())).encode("ascii")
    return f"{_TITLE} {_VERSION} {digest_of(body)}\n".encode("ascii") + body


def decode_manifest(data: bytes) -> dict[str, str]:
    """Return path keys and digests of bytes. Raises ValueError with what is wrong with the file."""
    head, newline, body = data.decode("ascii", "replace").partition("\n")
    if newline and head == f"{_TITLE} {_VERSION} {digest_of(body)}":
        return dict(line.split(" ") for line in body.splitlines())
    title, version, *_ = [*head.split(" "), ""]
    if title == _TITLE and version.isdigit() and version != _VERSION:
        raise ValueError("was written by another version of sitegen")
    raise ValueError("is damaged")


def read_manifest(output: Path, disk: Disk) -> dict[str, str]:
    """Return what is ours in `output`; nothing, where there is no manifest. Raises OutputError if it can't be read."""
    file = f"{output}/{MANIFEST}"
    with explained(file):
        kind = disk.kind(file)
        if kind is Kind.NOTHING:
            return {}
        try:
            if kind is not Kind.FILE:
                raise ValueError("is no file")
            return decode_manifest(disk.read(file))
        except ValueError as error:
            raise OutputError.of(
                f"the list of the files that sitegen wrote {error}",
                path=file,
                why="without it nobody can tell which files here may be replaced or deleted",
                hint=f"move your own files out of {output}, delete that folder and build again",
            ) from error


def find_owned(output: Path, keys: set[str], disk: Disk) -> Iterator[str]:
    """Yield the paths of the regular files below `output` whose key is in `keys`; links are not followed.

    Stops looking when all are found. Raises OutputError when a folder can't be read.
    """
    missing = set(keys)
    folders = [""]
    while folders and missing:
        folder = folders.pop()
        with explained(f"{output}/{folder}"):
            entries = disk.entries(f"{output}/{folder}")
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path + "/")
            elif entry.is_file(follow_symlinks=False) and (key := path_key(path)) in missing:
                missing.discard(key)
                yield path
