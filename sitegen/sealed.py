"""Text files that carry a digest of themselves, so that a torn or changed one is never taken for what was written."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from sitegen.store import digest_of, digest_of_pieces

__all__ = ["read_sealed", "write_sealed"]

_ENTRIES: Final = 2000


def read_sealed(file: Path, title: str) -> str | None:
    """Return the text that was written under `title`; None when there is none, or not every byte is as it was."""
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return body if head == f"{title} {digest_of(body)}" else None


def write_sealed(file: Path, title: str, sections: Mapping[str, object]) -> None:
    """Write a JSON object, whole or not at all.

    A folder that cannot be written costs the next build time, nothing else.
    """
    body = [piece.encode() for piece in _in_pieces(sections)]
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        try:
            with part.open("wb") as opened:
                opened.write(f"{title} {digest_of_pieces(body)}\n".encode())
                opened.writelines(body)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _in_pieces(sections: Mapping[str, object]) -> Iterator[str]:
    """Yield the JSON of an object, of objects in it some entries at a time: all of 100,000 posts are 70 MB.

    The same text as of `json.dumps`, whose own `iterencode` takes many times as long.
    """
    between = "{"
    for name, value in sections.items():
        yield f"{between}{_json(name)}:"
        yield from _object(value) if isinstance(value, Mapping) else (_json(value),)
        between = ","
    yield "}"


def _object(entries: Mapping[str, object]) -> Iterator[str]:
    rest, between = iter(entries.items()), "{"
    while batch := dict(islice(rest, _ENTRIES)):
        yield between + _json(batch)[1:-1]
        between = ","
    yield "}" if entries else "{}"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
