"""New files are written, with the folders they need, and never over another."""

import pytest

from sitegen.desk.files import write_new_file
from sitegen.errors import UsageError


def test_missing_folders_are_made(tmp_path):
    write_new_file(tmp_path / "a" / "b" / "c.md", b"text")
    assert (tmp_path / "a/b/c.md").read_bytes() == b"text"


def test_a_file_that_is_there_stays(tmp_path):
    (tmp_path / "c.md").write_bytes(b"mine")
    with pytest.raises(UsageError, match="is there already"):
        write_new_file(tmp_path / "c.md", b"text")
    assert (tmp_path / "c.md").read_bytes() == b"mine"
