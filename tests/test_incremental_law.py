"""The law of incremental builds (A8, A11, A12, A13, C3): whatever happened before, a build leaves what a clean one would.

A history is drawn of edits, right and wrong, of clocks, of other requests and folders, of damage to the cache and the
output, and of builds that die or are interrupted. After each step the law holds, and the build behind it rests.
"""

import shutil
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from clean_builds import build_lawfully, build_until_death, build_until_raised, published
from edits import EDITS, MOMENTS, Newsroom, write
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from output_folders import Files
from tiny import NOW

from sitegen import freshness
from sitegen.reading import Selection

FOREIGN: Files = {".git/HEAD": b"ref", "CNAME": b"test.example", "2026/mine.txt": b"mine", "tags/pay/mine": b"mine"}
ERRORS = (KeyboardInterrupt, MemoryError, RuntimeError, SystemExit)
PLACES = (
    "sitegen.build.edition.render",
    "sitegen.build.edition.read_site",
    "sitegen.build.edition.plan_site",
    "sitegen.reading.limits.convert_within",
    "sitegen.build.memory.decode_document",
    "sitegen.build.story.manifest_digest",
    "sitegen.build.story.write_ledger",
    "sitegen.writing.folder.plan_changes",
    "sitegen.writing.commit.resolve_out",
)
NUMBERS = st.integers(0, 999)
DAY = 86_400 * 10**9
MTIMES = (0, 1, NOW.timestamp() * 10**9, 10 * 365 * DAY, 100 * 365 * DAY)


class IncrementalLaw(RuleBasedStateMachine):
    """One site, one machine, one history."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        # All files of these tests get another stamp with each change, however soon it comes.
        self.patch = mock.patch.object(freshness, "_RACY_NS", -1)
        self.patch.start()
        self.root = Path(self.place.name, "site")
        self.room = Newsroom(self.root)
        self.history = [deepcopy(self.room.desk)]
        self.is_broken = False
        self.now = NOW
        self.wanted: dict[str, bool] = {}
        self.output: Path | None = None
        self.how: dict[str, object] = {}
        for path, data in FOREIGN.items():
            write(self.root / "output" / path, data)
        (self.root / "output/2026").rename(self.root / "2026")  # until there is a manifest, foreign files are refused
        (self.root / "output/tags").rename(self.root / "tags")

    def teardown(self) -> None:
        self.patch.stop()
        self.place.cleanup()

    @property
    def selection(self) -> Selection:
        return Selection(now=self.now, **self.wanted)

    @property
    def folder(self) -> Path:
        return self.output or self.root / "output"

    @invariant()
    def law(self) -> None:
        foreign = {path: data for path, data in FOREIGN.items() if (self.folder / path).exists()}
        if build_lawfully(self.root, self.selection, self.output, foreign, **self.how):
            self.history.append(deepcopy(self.room.desk))
            self.is_broken = False
        else:
            self.is_broken = True
        self.how = {}

    @rule(edits=st.lists(EDITS, min_size=1, max_size=4))
    def edit(self, edits):
        if self.is_broken:
            self.room.desk = deepcopy(self.history[-1])
        for each in edits:
            self.room.desk.apply(each)
        self.room.save()

    @rule(back=st.integers(1, 9))
    def check_out_an_older_version(self, back):
        self.room.desk = deepcopy(self.history[-min(back, len(self.history))])
        self.room.save()

    @rule(mtimes=st.lists(st.sampled_from(MTIMES), min_size=1, max_size=9))
    def clone(self, mtimes):
        """All files are new, with any mtimes."""
        paths = [str(path.relative_to(self.root)) for path in (self.root / "content").rglob("*.md")]
        self.room.touch({path: int(mtimes[number % len(mtimes)]) for number, path in enumerate(paths)})

    @rule(moment=st.sampled_from(MOMENTS), seconds=st.sampled_from([-1, -1e-6, 0, 1e-6, 1]))
    def step_the_clock(self, moment, seconds):
        self.now = datetime.fromisoformat(moment).replace(tzinfo=UTC) + timedelta(seconds=seconds)

    @rule(drafts=st.booleans(), future=st.booleans(), expired=st.booleans())
    def ask_for_other_posts(self, drafts, future, expired):
        self.wanted = {"drafts": drafts, "future": future, "expired": expired}

    @rule(folder=st.sampled_from([None, "output", "second", "../third"]))
    def build_elsewhere(self, folder):
        self.output = self.root / folder if folder else None

    @rule(how=st.sampled_from([{"verify": True}, {"clean": True}, {"cache": False}, {"jobs": 2}]))
    def build_in_another_way(self, how):
        self.how = how

    @precondition(lambda self: (self.root / "2026").exists())
    @rule()
    def put_foreign_files_into_folders_of_ours(self):
        for name in ("2026", "tags/pay"):
            if not (self.root / "output" / name).is_dir():
                return
        (self.root / "2026/mine.txt").rename(self.root / "output/2026/mine.txt")
        (self.root / "tags/pay/mine").rename(self.root / "output/tags/pay/mine")
        shutil.rmtree(self.root / "2026")
        shutil.rmtree(self.root / "tags")

    @rule(pick=NUMBERS, place=NUMBERS, damage=st.sampled_from(["flip", "cut", "empty", "delete", "double"]))
    def damage_the_cache(self, pick, place, damage):
        files = sorted(path for path in (self.root / ".sitegen").rglob("*") if path.is_file())
        if files:
            spoil(files[pick % len(files)], damage, place)

    @rule(with_what=st.sampled_from(["nothing", "file"]))
    def lose_the_cache(self, with_what):
        cache = self.root / ".sitegen"
        cache.unlink() if cache.is_file() else shutil.rmtree(cache)
        if with_what == "file":
            cache.write_text("in the way")

    @rule(picks=st.lists(NUMBERS, min_size=1, max_size=5), damage=st.sampled_from(["flip", "cut", "empty", "delete"]))
    def tamper_with_the_output(self, picks, damage):
        files = sorted(published(self.folder).keys() - FOREIGN.keys())
        for pick in picks:
            if files and (self.folder / files[pick % len(files)]).is_file():
                spoil(self.folder / files[pick % len(files)], damage, pick)

    @rule()
    def lose_the_output(self):
        if self.output is not None:
            shutil.rmtree(self.output, ignore_errors=True)

    @rule(calls=st.integers(1, 200))
    def die(self, calls):
        build_until_death(self.root, self.selection, calls, self.output)

    @rule(place=st.sampled_from(PLACES), at=st.integers(1, 9), error=st.sampled_from(ERRORS))
    def interrupt(self, place, at, error):
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


def test_incremental_is_clean():
    check(60, 8)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(20))
def test_incremental_is_clean_after_a_thousand_histories(part):
    check(50, 14)
