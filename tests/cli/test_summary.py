"""What a build says when it has succeeded."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from sitegen.build import Report
from sitegen.cli.summary import finding_lines, summary_lines, time_left
from sitegen.cli.terminal import Detail
from sitegen.errors import Finding, Place, Severity
from sitegen.model import Held, State

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
NOTICE = Finding("merged", Place("a.md", 1), severity=Severity.NOTICE)
WARNING = Finding("no alt text", Place("b.md", 2), severity=Severity.WARNING)


PLAIN = Report(Path("output"), 2, 1, (), ("index.html",), (), (), (), recovered=False, seconds=1.234)


def report(**changes: Any) -> Report:
    return replace(PLAIN, **changes)


def lines(made, detail=Detail.NORMAL):
    return [click.unstyle(line) for line in summary_lines(made, NOW, detail, 0)]


def held(state, path="a.md", reason="because", date=None):
    return Held(path, "A", state, date, reason)


@pytest.mark.parametrize(
    ("made", "line"),
    [
        (report(), "Built 2 posts and 1 page in 1.23 s (1 file: nothing changed)"),
        (
            report(written=("a", "b"), deleted=("c",)),
            "Built 2 posts and 1 page in 1.23 s (3 files: 2 written, 1 deleted)",
        ),
        (report(seconds=74.6), "Built 2 posts and 1 page in 75 s (1 file: nothing changed)"),
        (
            report(findings=(NOTICE, WARNING)),
            "Built 2 posts and 1 page in 1.23 s, with 1 warning (1 file: nothing changed)",
        ),
    ],
)
def test_what_was_made(made, line):
    assert lines(made)[-2] == line


def test_where_to_look():
    assert lines(report())[-1] == "The site is in output/. To read it: sitegen serve"


def test_what_is_held_back():
    due = NOW + timedelta(days=2, hours=23)
    entries = (
        held(State.EXPIRED, "old.md", "expired 2026-01-01 00:00"),
        held(State.SCHEDULED, "soon.md", "due 2026-11-25 11:00", due),
        held(State.DRAFT, "idea.md", "in drafts/"),
    )
    assert lines(report(held=entries))[:4] == [
        "Held back: 1 draft, 1 scheduled, 1 expired",
        "  draft      idea.md (in drafts/)",
        "  scheduled  soon.md (due 2026-11-25 11:00, in 2 days)",
        "  expired    old.md (expired 2026-01-01 00:00)",
    ]


def test_how_many_are_held_back():
    states = (State.DRAFT, State.DRAFT, State.SCHEDULED, State.SCHEDULED)
    assert lines(report(held=tuple(map(held, states))))[0] == "Held back: 2 drafts, 2 scheduled"


def test_long_lists_are_cut_unless_all_is_asked_for():
    made = report(held=tuple(held(State.DRAFT, f"{number}.md") for number in range(30)))
    assert "  … and 20 more (--verbose shows all)" in lines(made)
    assert "  draft      29.md (because)" in lines(made, Detail.VERBOSE)


def test_verbose_names_every_file():
    made = report(written=("a.html",), deleted=("b.html",))
    assert lines(made, Detail.VERBOSE)[:5] == ["Written:", "  a.html", "", "Deleted:", "  b.html"]


def test_an_interrupted_build_that_was_finished_is_told():
    assert any("interrupted" in line for line in lines(report(recovered=True)))


def test_warnings_stand_before_notices():
    shown = [click.unstyle(line) for line in finding_lines((NOTICE, WARNING), Detail.NORMAL, 0)]
    assert shown == ["b.md:2: warning: no alt text", "", "a.md:1: notice: merged", ""]


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        (timedelta(seconds=59), "in less than a minute"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=119), "in 1 hour"),
        (timedelta(hours=47, minutes=59), "in 1 day"),
        (timedelta(days=400), "in 400 days"),
    ],
)
def test_time_left(rest, text):
    assert time_left(rest) == text
