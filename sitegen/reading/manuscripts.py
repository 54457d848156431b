"""Posts as they were written: read, named, dated, and on the site or held back for a reason."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from functools import partial

from sitegen.errors import Finding, Severity, SourceError
from sitegen.model import Held, State
from sitegen.reading.conversion import Text
from sitegen.reading.fields import PostFields, local_time, read_post_fields
from sitegen.reading.memory import Memory
from sitegen.reading.names import Name, read_name
from sitegen.reading.people import texts_of_bylines
from sitegen.reading.promos import texts_of_inline_promos
from sitegen.reading.selection import Selection
from sitegen.reading.walk import Entry
from sitegen.reading.written import Written, read_written
from sitegen.records import dataclass

__all__ = ["Manuscript", "held_post", "read_manuscripts", "texts_of_posts"]

_DRAFTS = "content/drafts/"


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A post that was read, named, dated and selected, its Markdown not yet converted."""

    written: Written[PostFields]
    name: Name
    date: datetime | None
    state: State
    taken: bool
    """Whether it is on the site."""

    @property
    def path(self) -> str:
        """Below the site's folder."""
        return self.written.source.path

    @property
    def id(self) -> str:
        """The stable id: what the post says, else its path below posts/ or drafts/."""
        return unicodedata.normalize("NFC", self.written.fields.id) or self.name.id


def read_manuscripts(
    entries: Iterable[Entry], zone: tzinfo, selection: Selection, memory: Memory
) -> tuple[tuple[Manuscript, ...], tuple[Finding, ...]]:
    """Read posts and drafts, and decide which are on the site."""
    posts, faults = read_written(entries, partial(read_post_fields, zone=zone), memory.matters, memory.earlier.recall)
    findings = [*faults]
    manuscripts: list[Manuscript] = []
    recall = memory.names.recall
    for post in posts:
        path = post.matter.source.path
        known = recall(path, (post, zone), _manuscript)
        if isinstance(known, SourceError):
            findings.extend(known.findings)
            continue
        fields, date = post.fields, known.date
        draft = fields.draft or path.startswith(_DRAFTS)
        state = selection.state_of(draft=draft, date=date, expires=fields.expires)
        if state is not known.state or selection.takes(state) != known.taken:
            known = replace(known, state=state, taken=selection.takes(state))
            memory.names.keep(path, (post, zone), known)  # the same the next time, so that its post is
        manuscripts.append(known)
        if date is None:
            findings.extend(_missing_date(known))
    return tuple(manuscripts), tuple(findings)


def _manuscript(post: Written[PostFields], zone: tzinfo) -> Manuscript | SourceError:
    """Return what a post is, a draft until it is known what time it is; or why there is no such path."""
    path = post.source.path
    try:
        name = read_name(path)
        return Manuscript(post, name, post.fields.date or _date_of(name, path, zone), State.DRAFT, taken=False)
    except SourceError as error:
        return error


def _date_of(name: Name, path: str, zone: tzinfo) -> datetime | None:
    if name.date is None:
        return None
    try:
        return local_time(datetime(name.date.year, name.date.month, name.date.day), zone)  # noqa: DTZ001  its zone follows
    except ValueError as error:
        raise SourceError.of(f"the date {name.date} in the file's name {error}", path=path) from error


def _missing_date(manuscript: Manuscript) -> Iterator[Finding]:
    """Yield a notice for a post without a date, if it is a draft only because of that."""
    if _reason(manuscript) == _NO_DATE:
        yield Finding(
            "has no date, so it is a draft",
            manuscript.written.source.place(),
            hint="write `date: ...` in it, or begin its name with one: 2008-09-27-slug.md",
            severity=Severity.NOTICE,
        )


_NO_DATE = "no date"


def _reason(manuscript: Manuscript) -> str:
    fields = manuscript.written.fields
    match manuscript.state:
        case State.SCHEDULED:
            return f"due {_shown(manuscript.date)}"
        case State.EXPIRED:
            return f"expired {_shown(fields.expires)}"
    if fields.draft:
        return "draft: true"
    return "in drafts/" if manuscript.path.startswith(_DRAFTS) else _NO_DATE


def _shown(moment: datetime | None) -> str:
    return moment.isoformat(" ", "minutes")[:16] if moment else ""


def held_post(manuscript: Manuscript) -> Held:
    """Return why a post is not on the site."""
    fields = manuscript.written.fields
    date = fields.expires if manuscript.state is State.EXPIRED else manuscript.date
    return Held(manuscript.path, fields.title, manuscript.state, date, _reason(manuscript))


def texts_of_posts(manuscripts: Iterable[Manuscript]) -> Iterator[Text]:
    """Yield all Markdown that stands in posts: bodies, summaries, and what is written out about authors and promos."""
    for manuscript in manuscripts:
        post = manuscript.written
        yield Text(post.matter, post.text)
        if post.fields.summary:
            yield Text(post.matter, post.fields.summary, ("summary",))
        yield from texts_of_bylines(post)
        yield from texts_of_inline_promos(post)
