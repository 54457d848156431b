"""What is in content/, published or held back, and why."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sitegen.config import Config
from sitegen.model import Held, Site, State
from sitegen.reading import Selection, read_site
from sitegen.records import dataclass
from sitegen.store import Store

__all__ = ["Entry", "list_content"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A post or page and what becomes of it."""

    state: State
    date: datetime | None
    """Aware. Of a scheduled post: when it is due; of an expired one: when it ran out; None for pages."""
    path: str
    """Below the site's folder: `content/posts/2008/a.md`."""
    title: str
    reason: str
    """Why it is in this state: `draft: true`, `in drafts/`, `unlisted`; empty for one that is simply published."""


def list_content(root: Path, config: Config, now: datetime, states: Iterable[State]) -> tuple[Entry, ...]:
    """Return the posts and pages of the site in the folder `root` that are in one of `states` at `now`.

    In the order of `State`; in it drafts by path, scheduled posts by the day they are due, others newest first.
    Raises SourceError with every fault that was found.
    """
    site = read_site(root, config, Selection(now=now), Store())
    wanted = set(states)
    entries = [entry for entry in (*_live(site), *map(_held, site.held)) if entry.state in wanted]
    return tuple(sorted(entries, key=_order))


def _live(site: Site) -> Iterator[Entry]:
    for post in site.posts:
        reason = "unlisted" if post.unlisted else ""
        yield Entry(State.LIVE, post.date, post.source.path, post.title, reason)
    for page in site.pages:
        yield Entry(State.LIVE, None, page.source.path, page.title, "unlisted" if page.unlisted else "")


def _held(held: Held) -> Entry:
    return Entry(held.state, held.date, held.path, held.title, held.reason)


_STATES = tuple(State)


def _order(entry: Entry) -> tuple[int, float, str]:
    seconds = (entry.date or datetime.min.replace(tzinfo=UTC)).timestamp()
    when = {State.DRAFT: 0.0, State.SCHEDULED: seconds}.get(entry.state, -seconds)
    return (_STATES.index(entry.state), when, entry.path)
