"""What a build made, as lines to print."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sitegen.cli.json_report import json_of_report
from sitegen.cli.site import shown_path
from sitegen.cli.terminal import (
    Detail,
    bold,
    complain,
    count,
    cut,
    joined,
    paint_finding,
    safe,
    say,
    width_of,
    with_note,
)
from sitegen.errors import Finding, Severity
from sitegen.model import Held, State
from sitegen.report import Profile, Report

if TYPE_CHECKING:
    from sitegen.desk.listing import Entry

__all__ = ["finding_lines", "print_report", "reason_of", "summary_lines", "time_left"]

_MOST = 10
"""Entries that a list shows unless more are asked for."""


def print_report(
    report: Report, now: datetime, detail: Detail, *, as_json: bool, explain: bool, verify: bool = False
) -> None:
    """Print what a build did; `explain` says of each file that was rendered why, `verify` of each that was written."""
    if as_json:
        say(json_of_report(report))
    elif detail is not Detail.QUIET:
        for line in finding_lines(report.findings, detail, width_of(err=True)):
            complain(line)
        explained = sorted(report.reasons) if explain else report.written if verify else ()
        for path in explained:
            say(f"{safe(path)}: {safe(report.reasons[path])}")
        for line in summary_lines(report, now, detail, width_of()):
            say(line)


def finding_lines(findings: Iterable[Finding], detail: Detail, width: int) -> Iterator[str]:
    """Yield warnings, then notices, each with an empty line below it."""
    ordered = sorted(findings, key=lambda finding: (finding.severity is Severity.NOTICE, finding.sort_key))
    painted = [paint_finding(finding, width) for finding in ordered]
    for text in cut(painted, _most(painted, detail)):
        yield from (text, "")


def summary_lines(report: Report, now: datetime, detail: Detail, width: int) -> Iterator[str]:
    """Yield what is held back, what was made, where it is and how long it took.

    `now` is the time of the build; lines are made for `width` columns, 0 for any number.
    """
    if report.held:
        yield from _held_lines(report.held, now, detail, width)
        yield ""
    if detail is Detail.VERBOSE:
        yield from _file_lines(report)
    if report.recovered:
        yield "An earlier build was interrupted while it published; it was finished first."
    if report.profile:
        yield from _profile_lines(report.profile, detail)
    yield _made(report)
    folder = shown_path(report.output)
    yield f"The site is in {safe(folder)}/. To read it: sitegen serve"


def _held_lines(held: Sequence[Held], now: datetime, detail: Detail, width: int) -> Iterator[str]:
    states = [state for state in State if any(entry.state is state for entry in held)]
    numbers = [_how_many(sum(entry.state is state for entry in held), state) for state in states]
    yield bold("Held back: ") + ", ".join(numbers)
    lines = [_held_line(entry, now, width) for entry in sorted(held, key=lambda entry: states.index(entry.state))]
    yield from cut(lines, _most(lines, detail))


def _how_many(number: int, state: State) -> str:
    """Return `2 drafts`, `2 scheduled`: only one of the words is a noun."""
    return count(number, "draft") if state is State.DRAFT else f"{number:,} {state.value}"


def _held_line(held: Held, now: datetime, width: int) -> str:
    text = f"  {held.state.value:<9}  {safe(held.path)}"
    return with_note(text, safe(reason_of(held, now)), indent=13, width=width)


def _most(lines: Sequence[str], detail: Detail) -> int:
    return len(lines) if detail is Detail.VERBOSE else _MOST


def _file_lines(report: Report) -> Iterator[str]:
    for verb, paths in _changes(report):
        if paths:
            yield bold(f"{verb.capitalize()}:")
            yield from (f"  {safe(path)}" for path in paths)
            yield ""


def _profile_lines(profile: Profile, detail: Detail) -> Iterator[str]:
    """Yield where the time went, each list with the longest first."""
    yield bold("Phases:")
    yield from (_timed(name, seconds) for name, seconds in profile.phases)
    templates = [_timed(f"{name}, {count(files, 'file')}", seconds) for name, files, seconds in profile.templates]
    texts = [_timed(path, seconds) for path, seconds in profile.texts]
    files = [_timed(path, seconds) for path, seconds in profile.files]
    for title, lines in (
        ("Templates:", templates),
        ("Texts:", texts),
        ("Files, the first of a template with compiling it:", files),
    ):
        if lines:
            yield bold(title)
            yield from cut(lines, _most(lines, detail))
    yield ""


def _timed(name: str, seconds: float) -> str:
    return f"  {1000 * seconds:>9,.1f} ms  {safe(name)}"


def _made(report: Report) -> str:
    made = joined([count(report.posts, "post"), count(report.pages, "page")])
    warnings = sum(finding.severity is Severity.WARNING for finding in report.findings)
    with_warnings = f", with {count(warnings, 'warning')}" if warnings else ""
    changed = [f"{len(paths):,} {verb}" for verb, paths in _changes(report) if paths]
    files = f"{count(report.files, 'file')}: {', '.join(changed) or 'nothing changed'}"
    return bold(f"Built {made}") + f" in {_duration(report.seconds)}{with_warnings} ({files})"


def _changes(report: Report) -> tuple[tuple[str, Sequence[str]], ...]:
    return (("written", report.written), ("deleted", report.deleted))


def _duration(seconds: float) -> str:
    """Return a duration with as many digits as mean something."""
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:,.0f} s"


def reason_of(entry: "Entry | Held", now: datetime) -> str:
    """Return why a post or page is held back; of one that is scheduled, with the time that is left."""
    if entry.state is State.SCHEDULED and entry.date:
        return f"{entry.reason}, {time_left(entry.date - now)}"
    return entry.reason


def time_left(rest: timedelta) -> str:
    """Return how far off something is, in its largest unit, never more than it is: `in 3 days`, `in 1 hour`."""
    seconds = int(rest.total_seconds())
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"in {count(seconds // size, unit)}"
    return "in less than a minute"
