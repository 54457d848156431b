"""A1, A2, A4, A5: a whole build that is killed, or told no, at each call that changes the disk; and the build after it.

The suite tries some of the calls, `make stress` all of them: `tests/writing/test_faults.py` has tried them all for the
writing alone. There a system call tracer also kills at the calls that do not pass through `Disk`, as SQLite's do.
"""

import errno
import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clean_builds import build_clean, published
from output_folders import names
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.build import build_site
from sitegen.errors import ExitCode, OutputError
from sitegen.reading import Selection
from sitegen.writing.disk import Disk

SELECTION = Selection(now=NOW)
EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}
EDITS = {
    "content/posts/g.md": post("Another title", "2026-03-08", slug="japan"),
    "content/posts/new.md": post("New", "2026-11-01", tags="[new]", aliases="[/2008/09/]"),
    "content/static/logo.svg/a.txt": "a folder where a file was",
}
GONE = ("content/posts/i.md", "content/posts/2008-09-27-f.md", "content/static/logo.svg")


class Paper(SiteFolder):
    """A small site with two versions; its output is that of the old one."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, SMALL, PLAIN_CONFIG + SMALL_CONFIG)
        self.build()
        self.old = self.files
        self.take_new()
        self.new = build_clean(root, SELECTION)

    def take_new(self) -> None:
        """Edit the sources."""
        self.remove(*(path for path in GONE if (self.root / path).is_file()))
        self.edit(EDITS)

    def take_old(self) -> None:
        """Undo the edits."""
        shutil.rmtree(self.root / "content/static/logo.svg")
        self.remove("content/posts/new.md")
        self.edit({path: SMALL[path] for path in (*GONE, "content/posts/g.md")})

    def settle(self, is_new: bool) -> None:
        """Build one of the versions, and assert that nothing of what happened is left."""
        if not is_new:
            self.take_old()
        self.build()
        assert published(self.output) == (self.new if is_new else self.old)
        assert ".output.sitegen" not in names(self.root)
        if is_new:
            self.take_old()
        self.build()
        assert published(self.output) == self.old
        self.take_new()

    def assert_whole(self) -> None:
        """Each file is an old or a new one, and what both versions have was never away."""
        found = published(self.output)
        assert [path for path, data in found.items() if data not in (self.old.get(path), self.new.get(path))] == []
        assert found.keys() >= self.old.keys() & self.new.keys()


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return Paper(tmp_path_factory.mktemp("paper") / "site")


@pytest.fixture(scope="module")
def calls(paper: Paper) -> list[str]:
    """The calls that change the disk in a build of the new version, by name."""
    made: list[str] = []
    with planted(lambda number, function, _: made.append(function.__name__)):
        paper.build()
    paper.settle(is_new=True)
    return made


class planted:  # noqa: N801  # used like a function
    """Within the block, something happens at each call that changes the disk: told its number, function, arguments."""

    def __init__(self, happens: Callable[[int, Any, tuple[Any, ...]], object]) -> None:
        self.happens = happens
        self.patch = pytest.MonkeyPatch()

    def __enter__(self) -> None:
        number = 0

        def change(_: Disk, function: Any, /, *args: Any, **options: Any) -> Any:
            nonlocal number
            number += 1
            self.happens(number, function, args)
            return function(*args, **options)

        self.patch.setattr(Disk, "change", change)

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


def kill_at(call: int, root: Path) -> None:
    """Build in a child process that ends at that call, half-way through it if it writes, without any clearing up."""

    def die(number: int, function: Any, args: tuple[Any, ...]) -> None:
        if number == call:
            if function is os.write:
                os.write(args[0], args[1][: len(args[1]) // 2])
            os._exit(9)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forks beside threads
        child = os.fork()
    if not child:
        try:
            with planted(die):
                build_site(root, SELECTION)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def check_killed(paper: Paper, calls: list[str], start: int, step: int) -> None:
    for call in range(start, len(calls) + 1, step):
        kill_at(call, paper.root)
        paper.assert_whole()
        paper.settle(is_new=call % 2 == 0)


def test_there_is_something_to_try(calls):
    assert {"open", "write", "replace", "unlink", "mkdir", "rmdir", "ftruncate"} <= set(calls)
    assert len(calls) > 150


def test_killed_at_some_calls(paper, calls):
    check_killed(paper, calls, 5, 19)


@pytest.mark.stress
@pytest.mark.parametrize("part", range(10))
def test_killed_at_every_call(paper, calls, part):
    check_killed(paper, calls, part + 1, 10)


def check_refused(paper: Paper, calls: list[str], name: str, start: int, step: int) -> None:
    number = getattr(errno, name)

    def refuse(at: int, *_: object) -> None:
        if at == call:
            raise OSError(number, os.strerror(number))

    for call in range(start, len(calls) + 1, step):
        with pytest.raises(OutputError) as caught, planted(refuse):
            paper.build()
        assert caught.value.exit_code is ExitCode.ENVIRONMENT
        assert [os.strerror(number) in finding.what for finding in caught.value.findings] == [True]
        assert str(paper.output) in str(caught.value)
        if call < calls.index("replace"):
            assert published(paper.output) == paper.old
            assert ".output.sitegen" not in names(paper.root)
        paper.assert_whole()
        paper.settle(is_new=call % 2 == 0)


@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EMFILE", "EACCES", "EROFS", "EDQUOT"])
def test_told_no_at_some_calls(paper, calls, name):
    check_refused(paper, calls, name, 7 + len(name), 67)


@pytest.mark.stress
@pytest.mark.parametrize("name", ["ENOSPC", "EIO", "EMFILE", "EACCES", "EROFS", "EDQUOT"])
def test_told_no_at_every_call(paper, calls, name):
    check_refused(paper, calls, name, 1, 1)


# ---- By a system call tracer ----------------------------------------------------------------------

STRACE = shutil.which("strace")
CHANGING = (
    *("write", "pwrite64", "writev", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat"),
    *("rmdir", "ftruncate", "truncate", "symlink", "link", "fsync", "fdatasync", "chmod", "fchmod", "utimensat"),
)
tracing = pytest.mark.skipif(STRACE is None, reason="strace is not installed")


def traced(paper: Paper, *options: str) -> tuple[int, str]:
    """Build in a process that is traced; return its exit code and the trace."""
    log = paper.root / "trace"
    command = [
        str(STRACE),
        "-f",
        "-y",
        "-o",
        str(log),
        *options,
        sys.executable,
        "-m",
        "sitegen",
        "build",
        "--jobs",
        "1",
    ]
    environment = os.environ | EPOCH | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*command, "--site", str(paper.root)], capture_output=True, env=environment, timeout=120)
    text = log.read_text(errors="replace")
    log.unlink()
    return done.returncode, text


def changes(trace: str, root: Path) -> Iterator[str]:
    """Yield the system call of each line that changes something below `root`."""
    for line in trace.splitlines():
        match = re.match(r"\d+ +(\w+)\((.*)", line)
        if match and str(root) in match[2] and (match[1] in CHANGING or "O_CREAT" in match[2]):
            yield match[1]


@tracing
@pytest.mark.stress
def test_no_call_goes_past_the_one_module_that_makes_them(paper, calls):
    """Below and beside the output, and but for the file of the lock, which is closed by whoever opened it."""
    code, trace = traced(paper, "-e", "trace=file,desc")
    assert code == 0
    seen = [*changes(trace, paper.output), *changes(trace, paper.root / ".output.sitegen")]
    renamed = {"openat": "open", "rename": "replace", "renameat": "replace", "unlinkat": "unlink"}
    found = sorted(renamed.get(call, call) for call in seen)
    # A move from the one to the other folder names both.
    assert found == sorted(calls + ["replace"] * (calls.count("replace") - 1))
    paper.settle(is_new=True)


@tracing
@pytest.mark.stress
@pytest.mark.parametrize("call", CHANGING)
def test_killed_at_every_system_call(paper, call):
    """Those of SQLite and of the ledger too; Python's own start makes none."""
    for number in range(1, 1000):
        code, _ = traced(paper, "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}")
        if code == 0:
            paper.settle(is_new=True)
            return
        paper.assert_whole()
        paper.settle(is_new=number % 2 == 0)
    pytest.fail("a build has so many calls?")


# ---- A full disk ----------------------------------------------------------------------------------


@pytest.mark.stress
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
@pytest.mark.parametrize("size", [100, 200, 300, 400])
def test_a_disk_of_so_many_kilobytes(tmp_path, size):
    made = SiteFolder(tmp_path / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    build = f"{sys.executable} -m sitegen build --site {made.root} --output {tmp_path}/disk/output"
    script = f"""
        mkdir {tmp_path}/disk && mount -t tmpfs -o size={size}k none {tmp_path}/disk || exit 99
        {build}; echo "code $?"; ls -A {tmp_path}/disk
        mount -o remount,size=9m {tmp_path}/disk && {build} --quiet; echo "code $?"
        cp -r {tmp_path}/disk/output {tmp_path}/kept
    """
    done = subprocess.run(["unshare", "-m", "sh", "-c", script], capture_output=True, text=True, env=os.environ | EPOCH)
    if done.returncode == 99:
        pytest.skip("nothing may be mounted here")
    assert done.stdout.splitlines() == ["code 3", "code 0"]
    assert re.search(r"No space left on device \([\d,]+ bytes free\)", done.stderr)
    assert published(tmp_path / "kept") == build_clean(made.root, SELECTION)
