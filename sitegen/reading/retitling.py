"""Whether nothing but its title was edited in a post's front matter, of which only the old digest is known."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from sitegen.errors import SourceError
from sitegen.reading.fields import read_post_fields
from sitegen.reading.front_matter import Matter, read_matter
from sitegen.store import digest_of

__all__ = ["new_title"]

_LINE = re.compile(r"^(title[ \t]*[:=][ \t]*)(.*?)([ \t]*)$", re.MULTILINE)


def new_title(matter: Matter, old: str, digest: str, zone: tzinfo) -> str | None:
    """Return the title in the front matter `matter` of a post, if nothing else in it was edited; else None.

    The title was `old`, and `digest` is that of the whole front matter then (`Source.head_digest`). The front matter
    of then is written again from both, and has that digest, or else it is not known what was edited. None as well
    where there is something to say about it.
    """
    head = next((head for head in _former_heads(matter.head, old) if digest_of(head) == digest), None)
    if head is None:
        return None
    try:
        before = read_matter(head.encode(), matter.source.path)
    except SourceError:
        return None
    (old_fields, old_faults), (new_fields, new_faults) = (read_post_fields(one, zone) for one in (before, matter))
    if old_faults or new_faults or old_fields.title != old or _other_places(before) != _other_places(matter):
        return None
    # The texts of the values, because True and 1 are equal.
    same = repr(replace(old_fields, title="")) == repr(replace(new_fields, title=""))
    return new_fields.title if same else None


def _former_heads(head: str, title: str) -> Iterator[str]:
    """Yield what the front matter can have been with another title: the ways in which a title can be written."""
    if found := _LINE.search(head):
        escaped = title.replace("\\", "\\\\").replace('"', '\\"')
        for written in (f'"{escaped}"', title, "'" + title.replace("'", "''") + "'"):
            yield head[: found.start()] + found[1] + written + found[3] + head[found.end() :]


def _other_places(matter: Matter) -> tuple[object, ...]:
    places = (place for place in matter.source.places if place[0] != "title")
    return (matter.source.text_line, *places)
