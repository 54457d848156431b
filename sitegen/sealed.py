"""Text files that carry a digest of themselves, so that a torn or changed one is never taken for what was written."""

import os
from contextlib import suppress
from pathlib import Path

from sitegen.store import digest_of

__all__ = ["read_sealed", "write_sealed"]


def read_sealed(file: Path, title: str) -> str | None:
    """Return the text that was written under `title`; None when there is none, or not every byte is as it was."""
    try:
        head, _, body = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return body if head == _head(title, body) else None


def write_sealed(file: Path, title: str, body: str) -> None:
    """Write `body`, whole or not at all. A folder that cannot be written costs the next build time, nothing else."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(exist_ok=True)
        try:
            part.write_text(f"{_head(title, body)}\n{body}", encoding="utf-8")
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)


def _head(title: str, body: str) -> str:
    return f"{title} {digest_of(body)}"
