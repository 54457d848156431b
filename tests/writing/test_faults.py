"""A build that is killed, or told no, at each of its calls to the file system in turn; and the build after it.

`Trap` counts the state-changing calls of a build. Every test runs once per call, so nothing depends on luck: before a
commit the output is the old one, and from its journal on whoever opens the folder makes it the new one.
"""

import errno
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from output_folders import Dead, Files, Mortal, names, publish, tree

from sitegen.errors import ExitCode, OutputError
from sitegen.writing import OutputFolder
from sitegen.writing.disk import Disk

OLD: Files = {
    "index.html": b"old front",
    "same.html": b"same",
    "gone.html": b"gone",
    "gone/deep/a.html": b"gone too",
    "becomes-folder": b"file",
    "becomes-file/a": b"a",
    "becomes-file/b/c": b"c",
}
NEW: Files = {
    "index.html": b"new front page",
    "same.html": b"same",
    "2008/09/new.html": b"new",
    "becomes-folder/x.html": b"x",
    "becomes-file": b"file",
}
THIRD: Files = {"index.html": b"third", "becomes-folder": b"file again", "gone/deep/a.html": b"back"}
FOREIGN: Files = {".git/HEAD": b"ref", "CNAME": b"example.org", "gone/mine.txt": b"mine"}


class Trap(Disk):
    """A disk that springs at call `at`, counted from 1; 0 only counts."""

    def __init__(self, at: int = 0, spring: Callable[[Any, tuple[Any, ...]], None] | None = None) -> None:
        self.at = at
        self.spring = spring
        self.calls: list[str] = []

    def change(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        self.calls.append(function.__name__)
        if len(self.calls) == self.at and self.spring:
            self.spring(function, args)
        return function(*args, **kwargs)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with an output of OLD and files of others."""
    site = tmp_path_factory.mktemp("before")
    publish(site / "output", OLD)
    for name, data in FOREIGN.items():
        file = site / "output" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
    return site


def fresh(before: Path, place: Path) -> Path:
    """Return the output folder of a copy of the site at `place`."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(before, place)
    return place / "output"


def count_calls(before: Path, place: Path, files: Files = NEW) -> list[str]:
    trap = Trap()
    publish(fresh(before, place), files, disk=trap)
    return trap.calls


def journal_span(calls: list[str]) -> range:
    """Return the numbers of the calls during which the journal is there: from the claim to its own removal."""
    last = max(number for number, call in enumerate(calls, 1) if call == "replace")
    return range(calls.index("replace") + 2, last + 2)


def die(function: Any, args: tuple[Any, ...]) -> None:
    if function is os.write:  # a write is no indivisible step: half of it has happened
        os.write(args[0], args[1][: len(args[1]) // 2])
    os._exit(9)


def build_and_die(output: Path, files: Files, at: int) -> None:
    """Build in a child process that ends at call `at`, without any clearing up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forks beside threads
        child = os.fork()
    if not child:
        try:
            publish(output, files, disk=Trap(at, die))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def open_and_leave(output: Path) -> None:
    """A build that finds a mistake in the content, after it has finished the commit that it found."""
    with pytest.raises(ZeroDivisionError), OutputFolder.open(output):
        raise ZeroDivisionError


def assert_whole(output: Path) -> None:
    """Each file is the old or the new one, and what both sites have was never away."""
    found = tree(output)
    for path, data in found.items():
        assert path.endswith("/") or data in {OLD.get(path), NEW.get(path), FOREIGN.get(path)}, path
    assert found.keys() >= (OLD.keys() & NEW.keys()) | FOREIGN.keys()


def assert_settled(output: Path, files: Files) -> None:
    assert tree(output) == files | FOREIGN
    assert names(output.parent) == ["output"]


def test_there_is_something_to_try(before, tmp_path):
    calls = count_calls(before, tmp_path / "site")
    assert {"open", "write", "replace", "unlink", "mkdir", "rmdir"} <= set(calls)
    assert len(calls) > 40


def test_killed_at_every_call(before, tmp_path):
    calls = count_calls(before, tmp_path / "site")
    for at in range(1, len(calls) + 1):
        output = fresh(before, tmp_path / "site")
        build_and_die(output, NEW, at)
        assert_whole(output)

        shutil.copytree(tmp_path / "site", tmp_path / "copy")
        open_and_leave(tmp_path / "copy/output")
        assert_settled(tmp_path / "copy/output", NEW if at >= journal_span(calls).start else OLD)
        shutil.rmtree(tmp_path / "copy")

        follower = (NEW, OLD, THIRD)[at % 3]
        assert publish(output, follower).recovered == (at in journal_span(calls))
        assert_settled(output, follower)


def test_killed_at_every_call_of_a_first_build(tmp_path):
    (tmp_path / "before").mkdir()
    for at in range(1, len(count_calls(tmp_path / "before", tmp_path / "site")) + 1):
        output = fresh(tmp_path / "before", tmp_path / "site")
        build_and_die(output, NEW, at)
        publish(output, THIRD)
        assert tree(output) == THIRD
        assert names(output.parent) == ["output"]


def test_killed_again_while_it_recovers(before, tmp_path):
    calls = count_calls(before, tmp_path / "site")
    for first in journal_span(calls):
        for second in range(1, len(calls), 3):
            output = fresh(before, tmp_path / "site")
            with pytest.raises(Dead):
                publish(output, NEW, disk=Mortal(first))
            try:
                publish(output, NEW, disk=Mortal(second))
            except Dead:
                assert_whole(output)
                publish(output, NEW)
            assert_settled(output, NEW)


def no(number: int) -> Callable[[Any, tuple[Any, ...]], None]:
    def spring(function: Any, args: tuple[Any, ...]) -> None:
        raise OSError(number, os.strerror(number))

    return spring


@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT", "EMFILE"])
def test_told_no_at_every_call(before, tmp_path, name):
    number = getattr(errno, name)
    calls = count_calls(before, tmp_path / "site")
    for at in range(1, len(calls) + 1):
        output = fresh(before, tmp_path / "site")
        with pytest.raises(OutputError) as caught:
            publish(output, NEW, disk=Trap(at, no(number)))
        (finding,) = caught.value.findings
        assert caught.value.exit_code is ExitCode.ENVIRONMENT
        assert os.strerror(number) in finding.what
        assert ("bytes free" in finding.what) == (name in {"ENOSPC", "EDQUOT"})
        assert finding.place.path.startswith(str(output))
        assert "\n" not in finding.what

        if at <= journal_span(calls).start:
            assert_settled(output, OLD)  # and the stage was freed
        else:
            open_and_leave(output)
            assert_settled(output, NEW)
        publish(output, THIRD)
        assert_settled(output, THIRD)


class Full(Trap):
    """A disk that takes nothing more from call `at` on, but lets files be removed."""

    def change(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        self.calls.append(function.__name__)
        if len(self.calls) >= self.at and function in {os.open, os.write, os.mkdir, os.replace}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return function(*args, **kwargs)


def test_full_from_every_call_on(before, tmp_path):
    for at in range(1, len(count_calls(before, tmp_path / "site"))):
        output = fresh(before, tmp_path / "site")
        try:
            publish(output, NEW, disk=Full(at))
        except OutputError:
            assert_whole(output)
        publish(output, NEW)
        assert_settled(output, NEW)


def test_error_that_names_the_file_and_not_its_place_in_the_stage(before, tmp_path):
    calls = count_calls(before, tmp_path / "site")
    at = next(n for n, call in enumerate(calls, 1) if call == "open" and n > calls.index("ftruncate") + 2)
    output = fresh(before, tmp_path / "site")
    with pytest.raises(OutputError, match=rf"{output}/index.html: error: cannot write the site: No space left on dev"):
        publish(output, NEW, disk=Trap(at, no(errno.ENOSPC)))


def test_first_step_that_fails_leaves_nothing_to_finish(before, tmp_path):
    """As where the output is a mount of the same file system: every move into it fails."""
    claim = journal_span(count_calls(before, tmp_path / "site")).start
    output = fresh(before, tmp_path / "site")
    with pytest.raises(OutputError, match="cross-device"):
        publish(output, NEW, disk=Trap(claim, no(errno.EXDEV)))
    assert_settled(output, OLD)


class Refused(Mortal):
    """Refuses call `refused`, and dies at call `at` while the build clears up."""

    def __init__(self, refused: int, at: int) -> None:
        super().__init__(at)
        self.refused = refused

    def change(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if self.calls + 1 == self.refused:
            self.calls += 1
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return super().change(function, *args, **kwargs)


def test_killed_while_it_drops_a_commit_that_could_not_begin(before, tmp_path):
    claim = journal_span(count_calls(before, tmp_path / "site")).start
    for at in range(claim + 1, claim + 12):
        output = fresh(before, tmp_path / "site")
        with pytest.raises((Dead, OutputError)):
            publish(output, NEW, disk=Refused(claim, at))
        open_and_leave(output)
        assert_settled(output, NEW if at == claim + 1 else OLD)  # the first call drops the journal


def interrupt(function: Any, args: tuple[Any, ...]) -> None:
    raise KeyboardInterrupt


def test_interrupted_at_every_call(before, tmp_path):
    for at in range(1, len(count_calls(before, tmp_path / "site")) + 1):
        output = fresh(before, tmp_path / "site")
        with pytest.raises(KeyboardInterrupt):
            publish(output, NEW, disk=Trap(at, interrupt))
        files = OLD if tree(output) == OLD | FOREIGN else NEW
        assert tree(output) == files | FOREIGN
        publish(output, THIRD)
        assert_settled(output, THIRD)


# Without a folder that becomes a file: that one change can't be made out from what stands there.
CHANGED = {path: data for path, data in NEW.items() if path != "becomes-file"} | {"becomes-file/a": b"other"}


def left_by(before: Path, place: Path, *, steps: int) -> Path:
    """Return an output whose build died after so many steps of its commit to CHANGED."""
    claim = journal_span(count_calls(before, place, CHANGED)).start
    output = fresh(before, place)
    with pytest.raises(Dead):
        publish(output, CHANGED, disk=Mortal(claim + steps))
    return output


def assert_files(output: Path, files: Files) -> None:
    """Like `assert_settled`, but empty folders may be left."""
    assert {path: data for path, data in tree(output).items() if not path.endswith("/")} == files | FOREIGN
    assert names(output.parent) == ["output"]


def test_there_are_so_many_steps(before, tmp_path):
    assert len(journal_span(count_calls(before, tmp_path / "site", CHANGED))) > 14


@pytest.mark.parametrize("damage", [b"", b"sitegen-journal 1 x\n", b"sitegen-journal 2 x\n", b"\xff\x00", None])
@pytest.mark.parametrize("steps", range(14))
def test_damaged_journal_is_passed_over(before, tmp_path, damage, steps):
    output = left_by(before, tmp_path / "site", steps=steps)
    journal = tmp_path / "site/.output.sitegen/journal"
    journal.write_bytes(journal.read_bytes()[:-1] if damage is None else damage)
    assert publish(output, CHANGED).recovered
    assert_files(output, CHANGED)


@pytest.mark.parametrize("steps", range(14))
def test_journal_with_a_damaged_file_is_passed_over(before, tmp_path, steps):
    """After a power failure a staged file may be empty."""
    output = left_by(before, tmp_path / "site", steps=steps)
    for file in (tmp_path / "site/.output.sitegen").iterdir():
        if file.name.isdigit():
            file.write_bytes(b"")
    open_and_leave(output)
    assert all(tree(output)[path] for path in tree(output) if not path.endswith("/"))
    publish(output, CHANGED)
    assert_files(output, CHANGED)


@pytest.mark.parametrize("steps", range(14))
def test_lost_stage(before, tmp_path, steps):
    """Somebody clears up what a killed build left beside the output. The manifest still says what is ours."""
    output = left_by(before, tmp_path / "site", steps=steps)
    shutil.rmtree(tmp_path / "site/.output.sitegen")
    assert not publish(output, CHANGED).recovered
    assert_files(output, CHANGED)


@pytest.mark.parametrize("put", [lambda file: file.write_bytes(b"mine"), lambda file: file.symlink_to("/etc/passwd")])
def test_foreign_file_that_came_after_the_crash(before, tmp_path, put):
    output = left_by(before, tmp_path / "site", steps=1)
    (output / "2008/09").mkdir(parents=True)
    put(output / "2008/09/new.html")
    with pytest.raises(OutputError, match=r"2008/09/new\.html.*in the way"):
        publish(output, NEW)
    assert (output / "2008/09/new.html").exists()
    (output / "2008/09/new.html").unlink()
    assert publish(output, NEW).recovered
    assert_settled(output, NEW)


def test_lost_output_after_the_crash(before, tmp_path):
    output = left_by(before, tmp_path / "site", steps=9)
    shutil.rmtree(output)
    assert publish(output, NEW).recovered
    assert tree(output) == NEW
    assert names(tmp_path / "site") == ["output"]
