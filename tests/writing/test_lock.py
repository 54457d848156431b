"""One build at a time."""

import os
import subprocess
import sys
import warnings
from pathlib import Path
from threading import Timer

import pytest
from output_folders import names, stamps

from sitegen.errors import BusyError, ExitCode
from sitegen.writing import OutputFolder
from sitegen.writing.disk import Disk, Kind

HOLDER = """
import sys
from pathlib import Path
from sitegen.writing import OutputFolder

with OutputFolder.open(Path(sys.argv[1])) as folder:
    folder.stage("a.html", b"a", ())
    print("ready", flush=True)
    sys.stdin.read()
    folder.commit()
"""


def test_second_build_is_told_who_is_first(tmp_path):
    output = tmp_path / "output"
    command = [sys.executable, "-c", HOLDER, str(output)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "ready\n"
        before = stamps(tmp_path)
        with pytest.raises(BusyError, match=rf"another build \(pid {holder.pid}\) is writing {output}") as caught:
            OutputFolder.open(output)
        assert caught.value.exit_code is ExitCode.ENVIRONMENT
        assert stamps(tmp_path) == before
        holder.communicate()
    assert holder.returncode == 0
    assert (output / "a.html").read_bytes() == b"a"
    assert names(tmp_path) == ["output"]


def test_killed_holder_leaves_no_lock(tmp_path):
    output = tmp_path / "output"
    command = [sys.executable, "-c", HOLDER, str(output)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with OutputFolder.open(output) as folder:
        assert not folder.recovered
    assert not (tmp_path / ".output.sitegen").exists()


def test_two_output_folders_don_t_wait_for_each_other(tmp_path):
    with OutputFolder.open(tmp_path / "one"), OutputFolder.open(tmp_path / "two"):
        pass


def test_busy_while_the_holder_has_not_signed(tmp_path):
    with OutputFolder.open(tmp_path / "output"):
        (tmp_path / ".output.sitegen/lock").write_bytes(b"")
        with pytest.raises(BusyError, match="another build is writing"):
            OutputFolder.open(tmp_path / "output")


def test_a_holder_that_signs_late_is_named(tmp_path):
    lock = tmp_path / ".output.sitegen/lock"
    with OutputFolder.open(tmp_path / "output"):
        lock.write_bytes(b"")
        signing = Timer(0.05, lock.write_bytes, [b"4711\n"])
        signing.start()
        with pytest.raises(BusyError, match=r"another build \(pid 4711\)"):
            OutputFolder.open(tmp_path / "output")
        signing.join()


def test_a_holder_that_is_just_ending_is_waited_for(tmp_path):
    ending = OutputFolder.open(tmp_path / "output")
    (tmp_path / ".output.sitegen/lock").write_bytes(b"")
    timer = Timer(0.05, ending.__exit__, [None, None, None])
    timer.start()
    with OutputFolder.open(tmp_path / "output"):
        timer.join()


def build_rounds(output: Path, files: dict[str, bytes], rounds: int) -> None:
    while rounds:
        try:
            with OutputFolder.open(output) as folder:
                for path, data in files.items():
                    folder.stage(path, data, ())
                folder.commit()
        except BusyError:
            continue
        rounds -= 1


def test_three_builds_at_once(tmp_path):
    """Each round takes and removes the lock, so a lock that lost its name would let two builds in."""
    output = tmp_path / "output"
    sites = [{f"{n}.html": str((n, build)).encode() for n in range(build, build + 4)} for build in range(3)]
    children = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forks beside threads
        for files in sites:
            children.append(os.fork())
            if not children[-1]:
                code = 1
                try:
                    build_rounds(output, files, 25)
                    code = 0
                finally:
                    os._exit(code)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    found = {path.name: path.read_bytes() for path in output.iterdir() if path.name != ".sitegen"}
    assert found in sites
    assert names(tmp_path) == ["output"]


class Hasty(Disk):
    """A disk on which another build ends, and removes its folder, just before the lock file is opened."""

    def __init__(self, times: int) -> None:
        self.times = times

    def open_lock(self, path: str) -> int:
        if self.times:
            self.times -= 1
            Path(path).parent.rmdir()
        return super().open_lock(path)


class Renamed(Disk):
    """A disk on which another build removes the lock file just after it was opened."""

    def __init__(self, times: int) -> None:
        self.times = times

    def open_lock(self, path: str) -> int:
        file = super().open_lock(path)
        if self.times:
            self.times -= 1
            Path(path).unlink()
        return file


@pytest.mark.parametrize("disk", [Hasty, Renamed])
def test_lock_that_vanishes_is_taken_anew(tmp_path, disk):
    with OutputFolder.open(tmp_path / "output", disk=disk(3)), pytest.raises(BusyError):
        OutputFolder.open(tmp_path / "output")
    with pytest.raises(BusyError):
        OutputFolder.open(tmp_path / "output", disk=disk(1000))


def test_a_build_that_is_told_to_wait_leaves_the_folder_that_the_other_made(tmp_path, monkeypatch):
    """It saw no output folder, and then there was one: of another build, which still needs it."""
    output = tmp_path / "output"
    with OutputFolder.open(output) as first:
        kind = Disk.kind
        monkeypatch.setattr(Disk, "kind", lambda disk, path: Kind.NOTHING if path == str(output) else kind(disk, path))
        with pytest.raises(BusyError):
            OutputFolder.open(output)
        monkeypatch.undo()
        first.stage("a.html", b"a", ())
        first.commit()
    assert (output / "a.html").read_bytes() == b"a"
