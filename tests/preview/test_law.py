"""The law of the preview: whatever was edited, it shows what a build of the same posts would publish.

Histories of edits are drawn, right and wrong ones; the paths that differ are told, as the watcher tells them. After
each step every file equals that of a clean build, and so does what there is to say about the site.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from clean_builds import render_clean
from edits import EDITS, MOMENTS, Edit, Newsroom
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tiny import NOW

from sitegen import freshness
from sitegen.build import plan_edition
from sitegen.errors import Finding, SitegenError
from sitegen.freshness import changed_paths, stamps_of_inputs
from sitegen.preview import reopening
from sitegen.preview.following import Follower
from sitegen.preview.snapshot import Snapshot
from sitegen.reading import Selection


class PreviewLaw(RuleBasedStateMachine):
    """One site, one preview, one history."""

    wanted: Mapping[str, bool] = {}

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.root = Path(self.place.name, "site")
        self.room = Newsroom(self.root)
        self.history = [deepcopy(self.room.desk)]
        self.now = NOW
        self.open()
        self.stamps = stamps_of_inputs(self.root)
        self.told: set[str] = set()
        self.snapshot = Snapshot("")

    def teardown(self) -> None:
        self.place.cleanup()

    def open(self) -> None:
        self.follow = Follower(self.root, lambda: self.selection)

    @property
    def selection(self) -> Selection:
        return Selection(now=self.now, **self.wanted)

    @invariant()
    def law(self) -> None:
        try:
            said = plan_edition(self.root, self.selection)
            expected = render_clean(said)
        except SitegenError as error:
            self.fail_lawfully(error)
            return
        edition = self.follow(self.told)
        self.snapshot = self.snapshot.follow("", edition, ())
        routes = self.snapshot.routes
        shown = {routes[url].output: self.snapshot.render(routes[url]) for url in routes}
        assert shown == expected
        assert edition.findings == said.findings
        assert edition.plan.held == said.plan.held
        assert edition.plan.next_change == said.plan.next_change
        self.history.append(deepcopy(self.room.desk))

    def fail_lawfully(self, error: SitegenError) -> None:
        """The preview finds the same faults: when it plans, or when it renders the page."""
        found: set[Finding] = set()
        try:
            edition = self.follow(self.told)
            snapshot = Snapshot("", edition)
            found.update(edition.findings)
            for url in snapshot.routes:
                try:
                    snapshot.render(snapshot.routes[url])
                except SitegenError as fault:
                    found.update(fault.findings)
        except SitegenError as fault:
            found.update(fault.findings)
        assert set(error.findings) <= found
        self.room.desk = deepcopy(self.history[-1])

    @rule(edits=st.lists(EDITS, min_size=1, max_size=3))
    def edit(self, edits: list[Edit]) -> None:
        for each in edits:
            self.room.desk.apply(each)
        self.save()

    @rule()
    def save(self) -> None:
        """Save, and tell what differs; of a new folder, only the folder."""
        self.room.save()
        stamps = stamps_of_inputs(self.root)
        self.told = {path.rstrip("/") for path in changed_paths(self.stamps, stamps)}
        self.stamps = stamps

    @rule(moment=st.sampled_from(MOMENTS), seconds=st.sampled_from([-1, -1e-6, 0, 1e-6, 1]))
    def step_the_clock(self, moment: str, seconds: float) -> None:
        self.now = datetime.fromisoformat(moment).replace(tzinfo=UTC) + timedelta(seconds=seconds)

    @rule()
    def lose_events(self) -> None:
        """Whoever says that anything may have changed is believed."""
        self.told = set()

    @rule()
    def close_and_open(self) -> None:
        """A preview that is started again has what the last one kept, here that of a site of any size."""
        self.open()
        self.told = set()


class PreviewOfAllLaw(PreviewLaw):
    """The same with drafts, scheduled and expired posts."""

    wanted: Mapping[str, bool] = {"drafts": True, "future": True, "expired": True}


def check(machine: type[PreviewLaw], examples: int, steps: int) -> None:
    # Every site is large enough to be kept, and no file too new.
    with mock.patch.object(reopening, "_LARGE", 1), mock.patch.object(freshness, "_RACY_NS", 0):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )


@pytest.mark.slow
@pytest.mark.untraced
@pytest.mark.parametrize("machine", [PreviewLaw, PreviewOfAllLaw])
def test_the_preview_is_a_clean_build(machine):
    check(machine, 10, 8)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("machine", [PreviewLaw, PreviewOfAllLaw])
def test_the_preview_is_a_clean_build_after_a_thousand_histories(machine, part):
    check(machine, 50, 14)
