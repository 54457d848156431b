"""The law of incremental builds (A8, A11 to A13, C3): whatever happened before, a build leaves what a clean one does.

A history is drawn of edits, right and wrong, of clocks, of other requests and folders, of damage to the cache and the
output, and of builds that die or are interrupted. After each step the law holds, and the build behind it rests.
"""

import shutil
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from clean_builds import build_lawfully, build_until_death, build_until_raised, published, quick
from edits import EDITS, MOMENTS, Edit, Newsroom, write
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from output_folders import Files
from tiny import NOW

from sitegen import freshness
from sitegen.build import build_site, story
from sitegen.planning import shared
from sitegen.reading import Selection

FOREIGN: Files = {".git/HEAD": b"ref", "CNAME": b"test.example", "2026/mine.txt": b"mine", "tags/pay/mine": b"mine"}
ERRORS = (KeyboardInterrupt, MemoryError, RuntimeError, SystemExit)
PLACES = (
    "sitegen.build.edition.render",
    "sitegen.build.edition.read_site",
    "sitegen.planning.plan_site",
    "sitegen.reading.limits.convert_within",
    "sitegen.build.memory.decode_document",
    "sitegen.build.story.manifest_digest",
    "sitegen.build.story.write_ledger",
    "sitegen.writing.folder.plan_changes",
    "sitegen.writing.commit.resolve_out",
)
NUMBERS = st.integers(0, 999)
YEAR = 365 * 86_400 * 10**9
TIMES = (0, 1, 999_999_999, 10 * YEAR, 10 * YEAR + 1, 100 * YEAR)
"""Nanoseconds since 1970."""


def step(**drawn: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a rule that begins with edits, so that there is something for mishaps to spoil."""
    drawn["edits"] = st.lists(EDITS, max_size=3)
    return rule(**drawn)


class IncrementalLaw(RuleBasedStateMachine):
    """One site, one machine, one history."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.engine = 0
        self.patches = (
            # All files of these tests get another stamp with each change, however soon it comes.
            mock.patch.object(freshness, "_RACY_NS", -1),
            # Half of the time goes into looking whether sitegen itself has changed.
            mock.patch.object(freshness, "engine_stamps", self.engine_stamps),
            mock.patch.object(story, "converter_key", self.converter_key),
            # So that there are posts whose titles do not stand on every page.
            mock.patch.object(shared, "_RECENT", 1),
        )
        for patch in self.patches:
            patch.start()
        self.root = Path(self.place.name, "site")
        self.room = Newsroom(self.root)
        self.history = [deepcopy(self.room.desk)]
        self.is_broken = False
        self.now = NOW
        self.wanted: dict[str, bool] = {}
        self.output: Path | None = None
        self.how: dict[str, object] = {}
        # What else may lie in an output folder before sitegen has built into it.
        write(self.root / "output/.git/HEAD", FOREIGN[".git/HEAD"])
        write(self.root / "output/CNAME", FOREIGN["CNAME"])

    def teardown(self) -> None:
        for patch in self.patches:
            patch.stop()
        self.place.cleanup()

    def engine_stamps(self) -> dict[str, str]:
        return {"sitegen:": str(self.engine)}

    def converter_key(self) -> str:
        return str(self.engine)

    @property
    def selection(self) -> Selection:
        return Selection(now=self.now, **self.wanted)

    @property
    def folder(self) -> Path:
        return self.output or self.root / "output"

    @invariant()
    def law(self) -> None:
        foreign = [path for path in FOREIGN if (self.folder / path).exists()]
        report = build_lawfully(self.root, self.selection, self.output, foreign, **self.how)
        self.is_broken = report is None
        self.how = {}
        if report:
            self.history.append(deepcopy(self.room.desk))
            self.rest()

    def rest(self) -> None:
        """A build right behind a build has nothing to do, and both ways to find that out agree."""
        if (self.root / ".sitegen").is_dir():
            assert quick(self.root, self.selection, self.output) is not None
        if (self.root / ".sitegen").is_dir() and len(self.history) % 4 == 1:
            again = build_site(self.root, self.selection, output=self.output)
            assert (again.written, again.deleted, dict(again.reasons)) == ((), (), {})

    def edit(self, edits: list[Edit]) -> None:
        """Edit what was there when the site could last be built."""
        if self.is_broken and edits:
            self.room.desk = deepcopy(self.history[-1])
        for each in edits:
            self.room.desk.apply(each)
        self.room.save()

    @rule(edits=st.lists(EDITS, min_size=1, max_size=3))
    def build(self, edits):
        self.edit(edits)

    @step(back=st.integers(1, 9), times=st.lists(st.sampled_from(TIMES), max_size=9))
    def check_out_an_older_version(self, edits, back, times):
        """All files are new, with any mtimes."""
        self.room.desk = deepcopy(self.history[-min(back, len(self.history))])
        self.edit(edits)
        self.room.touch(times)

    @step(moment=st.sampled_from(MOMENTS), seconds=st.sampled_from([-1, -1e-6, 0, 1e-6, 1]))
    def step_the_clock(self, edits, moment, seconds):
        self.edit(edits)
        self.now = datetime.fromisoformat(moment).replace(tzinfo=UTC) + timedelta(seconds=seconds)

    @step(drafts=st.booleans(), future=st.booleans(), expired=st.booleans())
    def ask_for_other_posts(self, edits, drafts, future, expired):
        self.edit(edits)
        self.wanted = {"drafts": drafts, "future": future, "expired": expired}

    @step(folder=st.sampled_from([None, "output", "second", "../third"]))
    def build_elsewhere(self, edits, folder):
        self.edit(edits)
        self.output = self.root / folder if folder else None

    @step(how=st.sampled_from([{"verify": True}, {"clean": True}, {"cache": False}, {"jobs": 2}]))
    def build_in_another_way(self, edits, how):
        self.edit(edits)
        self.how = how

    @step()
    def upgrade_sitegen(self, edits):
        self.edit(edits)
        self.engine += 1

    @step()
    def put_foreign_files_into_folders_of_ours(self, edits):
        for path in ("2026/mine.txt", "tags/pay/mine"):
            if (self.root / "output" / path).parent.is_dir():
                write(self.root / "output" / path, FOREIGN[path])
        self.edit(edits)

    @step(pick=NUMBERS, place=NUMBERS, damage=st.sampled_from(["flip", "cut", "empty", "delete", "double"]))
    def damage_the_cache(self, edits, pick, place, damage):
        self.edit(edits)
        files = sorted(path for path in (self.root / ".sitegen").rglob("*") if path.is_file())
        if files:
            spoil(files[pick % len(files)], damage, place)

    @step(is_blocked=st.booleans())
    def lose_the_cache(self, edits, is_blocked):
        self.edit(edits)
        cache = self.root / ".sitegen"
        if cache.is_file():
            cache.unlink()
        else:
            shutil.rmtree(cache, ignore_errors=True)
        if is_blocked:
            cache.write_text("in the way")

    @step(picks=st.lists(NUMBERS, min_size=1, max_size=5), damage=st.sampled_from(["flip", "cut", "empty", "delete"]))
    def tamper_with_the_output(self, edits, picks, damage):
        self.edit(edits)
        files = sorted(published(self.folder).keys() - FOREIGN.keys())
        for pick in picks:
            if files and (self.folder / files[pick % len(files)]).is_file():
                spoil(self.folder / files[pick % len(files)], damage, pick)

    @step()
    def lose_the_output(self, edits):
        self.edit(edits)
        shutil.rmtree(self.folder, ignore_errors=True)

    @step(calls=st.integers(1, 120))
    def die(self, edits, calls):
        self.edit(edits)
        build_until_death(self.root, self.selection, calls, self.output)

    @step(place=st.sampled_from(PLACES), at=st.integers(1, 9), error=st.sampled_from(ERRORS))
    def interrupt(self, edits, place, at, error):
        self.edit(edits)
        build_until_raised(self.root, self.selection, place, at, error(), self.output)


def spoil(file: Path, damage: str, place: int) -> None:
    """Damage a file so that it shows in its stamp."""
    data = file.read_bytes()
    at = place % len(data) if data else 0
    if damage == "delete":
        file.unlink()
    else:
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] if data else b"x"
        write(file, {"flip": flipped, "cut": data[:at], "empty": b"", "double": data + data}[damage])


def check(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        IncrementalLaw,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
@pytest.mark.untraced
def test_incremental_is_clean():
    check(60, 8)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(20))
def test_incremental_is_clean_after_a_thousand_histories(part):
    check(50, 14)
