"""What a commit is going to do, written down before it does any of it.

The journal lies in the staging folder. Once it is there the build counts as published: whoever finds it carries its
steps out, all of them, in order; each may be repeated, so it does not matter how far the last one came.
"""

import enum
from collections.abc import Iterable

from sitegen.records import dataclass
from sitegen.store import digest_of

__all__ = ["Step", "Verb", "decode_journal", "encode_journal"]

_TITLE = "sitegen-journal 1"


class Verb(enum.Enum):
    """What a step does to its path."""

    NEW = "new"
    """Put a staged file where nothing stands."""
    REPLACE = "replace"
    """Put a staged file over a file of ours."""
    DELETE = "delete"
    """Remove a file of ours."""
    PRUNE = "prune"
    """Remove a folder that lost files of ours, if nothing is left in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the output folder."""

    verb: Verb
    path: str
    """Below the output folder."""
    staged: str = ""
    """Name in the staging folder of the file to put there."""
    digest: str = ""
    """Of that file's bytes."""


def encode_journal(steps: Iterable[Step]) -> bytes:
    """Return the file for a commit of these steps."""
    # No path holds a control character (`paths.check_name`), so a tab can part the fields.
    body = "".join(f"{step.verb.value}\t{step.path}\t{step.staged}\t{step.digest}\n" for step in steps).encode()
    return f"{_TITLE} {digest_of(body)}\n".encode() + body


def decode_journal(data: bytes) -> tuple[Step, ...] | None:
    """Return the steps, or None when the file is not exactly what `encode_journal` of this version made."""
    head, newline, body = data.decode("utf-8", "replace").partition("\n")
    if not newline or head != f"{_TITLE} {digest_of(body)}":
        return None
    rows = (line.split("\t") for line in body.split("\n")[:-1])
    return tuple(Step(Verb(verb), path, staged, digest) for verb, path, staged, digest in rows)
