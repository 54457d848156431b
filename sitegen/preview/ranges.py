"""Parts of files (RFC 9110 section 14): players of films and recordings ask for them, and seek by them."""

import re
from collections.abc import Sequence

__all__ = ["part_asked_for"]

# One range alone: a server may answer several with the whole, so that a flood of them costs nothing. The number of
# digits is limited, because the time that it takes to read them grows with its square.
_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,99})-([0-9]{0,99})[ \t]*", re.IGNORECASE)


def part_asked_for(fields: Sequence[str], size: int) -> range | None:
    """Return the bytes that a request's `Range` fields ask for, of a file of `size` bytes.

    None is the whole: no part is asked for, or none that makes sense. An empty range: the file ends before it.
    """
    found = _ONE_RANGE.fullmatch(fields[0]) if len(fields) == 1 and size else None
    if found is None:
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    start = int(first)
    end = int(last) + 1 if last else max(size, start + 1)
    return range(min(start, size), min(end, size)) if start < end else None
