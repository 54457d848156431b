"""What each call of ours does beyond the system call below it."""

import errno
import os
from typing import Any

import pytest

from sitegen.errors import OutputError
from sitegen.writing.disk import Disk, Kind, explained


class Slow(Disk):
    """Takes three bytes at a time, as a pipe or a full disk may."""

    def change(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if function is os.write:
            args = (args[0], args[1][:3])
        return function(*args, **kwargs)


def test_short_writes_are_gone_on_with(tmp_path):
    Slow().write_new(f"{tmp_path}/a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_new_file_replaces_nothing(tmp_path):
    (tmp_path / "a").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "b")
    for name in ("a", "link"):
        with pytest.raises(FileExistsError):
            Disk().write_new(f"{tmp_path}/{name}", b"")
    assert (tmp_path / "a").read_bytes() == b"mine"
    assert not (tmp_path / "b").exists()


def test_removing_what_is_not_there_is_no_fault(tmp_path):
    disk = Disk()
    disk.remove(f"{tmp_path}/missing")
    disk.remove_folder(f"{tmp_path}/missing")
    (tmp_path / "full/of").mkdir(parents=True)
    disk.remove_folder(f"{tmp_path}/full")
    assert (tmp_path / "full/of").is_dir()


def test_removing_what_can_t_be_removed_is(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        Disk().remove_folder(f"{tmp_path}/file")
    with pytest.raises(OSError, match="directory"):
        Disk().remove(f"{tmp_path}")


def test_kinds(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "nowhere").symlink_to("missing")
    os.mkfifo(tmp_path / "pipe")
    found = {name: Disk().kind(f"{tmp_path}/{name}") for name in ("file", "folder", "link", "nowhere", "pipe", "none")}
    assert found == {
        "file": Kind.FILE,
        "folder": Kind.FOLDER,
        "link": Kind.OTHER,
        "nowhere": Kind.OTHER,
        "pipe": Kind.OTHER,
        "none": Kind.NOTHING,
    }
    assert Disk().kind(f"{tmp_path}/file/below") is Kind.NOTHING


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (OSError(errno.EIO, "Input/output error"), r"cannot write the site: Input/output error$"),
        (OSError(errno.ENOSPC, "No space left"), r"cannot write the site: No space left \([\d,]+ bytes free\)$"),
        (OSError("odd"), r"cannot write the site: odd$"),
    ],
)
def test_errors_are_explained(tmp_path, error, what):
    with pytest.raises(OutputError, match=what) as caught, explained(f"{tmp_path}/deep/missing/a.html"):
        raise error
    assert caught.value.findings[0].place.path == f"{tmp_path}/deep/missing/a.html"
    assert caught.value.__cause__ is error


def test_free_space_of_a_folder_that_is_gone():
    with pytest.raises(OutputError, match=r"cannot write the site: full$"), explained(""):
        raise OSError(errno.ENOSPC, "full")
