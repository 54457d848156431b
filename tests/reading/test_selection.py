"""Drafts and due dates, decided in one place."""

from datetime import UTC, datetime, timedelta

import pytest

from sitegen.model import State
from sitegen.reading.selection import Selection

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(microseconds=1), NOW + timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("draft", "date", "expires", "state"),
    [
        (False, PAST, None, State.LIVE),
        (False, NOW, None, State.LIVE),
        (False, FUTURE, None, State.SCHEDULED),
        (False, PAST, FUTURE, State.LIVE),
        (False, PAST, NOW, State.EXPIRED),
        (False, FUTURE, PAST, State.EXPIRED),
        (False, None, None, State.DRAFT),
        (True, PAST, None, State.DRAFT),
        (True, FUTURE, PAST, State.DRAFT),
    ],
)
def test_the_state_of_a_post(draft, date, expires, state):
    assert Selection(now=NOW).state_of(draft=draft, date=date, expires=expires) is state


def test_only_what_is_live_is_taken_unless_asked_for():
    taken = lambda **asked: {state for state in State if Selection(now=NOW, **asked).takes(state)}  # noqa: E731
    assert taken() == {State.LIVE}
    assert taken(drafts=True) == {State.LIVE, State.DRAFT}
    assert taken(future=True) == {State.LIVE, State.SCHEDULED}
    assert taken(expired=True) == {State.LIVE, State.EXPIRED}


@pytest.mark.parametrize(
    ("starts", "ends", "running"),
    [(None, None, True), (NOW, None, True), (FUTURE, None, False), (None, FUTURE, True), (None, NOW, False)],
)
def test_what_runs_from_one_moment_to_another(starts, ends, running):
    assert Selection(now=NOW).is_running(starts, ends) is running
