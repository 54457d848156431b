"""No name leaves the output folder."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output_folders import names

from sitegen.errors import OutputError
from sitegen.writing import OutputFolder, resolve_out

ESCAPES = [
    "", "/", "/abs", "//host/share", "a//b", "a/", ".", "..", "../x", "a/../../x", "a/..", "./a", "a/./b", "..\\x",
    "a\\b", "\\\\host\\x", "C:\\x", "C:x", "a:stream", "a.html::$DATA", "nul\0", "a\nb", "a\tb", "\x7f", "\ud800",
    "what?", "a*b", 'a"b', "a<b", "a|b", "CON", "con", "NUL.txt", "sub/Aux", "com1", "LPT9.tar.gz", "COM¹", "nul .txt",
    "conin$", "PRN ", "a.", "a ", "a./b", "a /b", "...", " ", "x" * 256, "é" * 128, "a/" + "x" * 256,
]  # fmt: skip
RESERVED = [".sitegen", ".SITEGEN", ".sitegen/x", "a/.sitegen", ".git", ".git/config", "a/.Git/hooks"]
FINE = [
    "a", "index.html", "2008/09/follow-up.html", "..a", "a..b", ".well-known/x", ".htaccess", "_headers", "console",
    "com", "com10", "nullable.txt", "x" * 255, "é" * 127, "日本語/index.html", "a b.html", "a~1", "%2e%2e/x",
]  # fmt: skip


@pytest.mark.parametrize("path", [pytest.param(path, id=ascii(path[:20])) for path in ESCAPES + RESERVED])
def test_refused_names(tmp_path, path):
    with OutputFolder.open(tmp_path / "output") as folder:
        with pytest.raises(OutputError, match="no file of the site can be named"):
            folder.stage(path, b"", ())
        with pytest.raises(OutputError, match="no file of the site can be named"):
            folder.keep(path)
    assert names(tmp_path) == []


@pytest.mark.parametrize("path", [pytest.param(path, id=ascii(path[:20])) for path in ESCAPES])
def test_resolve_out_refuses(tmp_path, path):
    with pytest.raises(OutputError):
        resolve_out(tmp_path, path)


@pytest.mark.parametrize("path", [pytest.param(path, id=ascii(path[:20])) for path in FINE])
def test_fine_names(tmp_path, path):
    assert resolve_out(tmp_path, path) == f"{tmp_path}/{path}"
    with OutputFolder.open(tmp_path / "output") as folder:
        folder.stage(path, b"x", ())
        folder.commit()
    assert (tmp_path / "output" / path).read_bytes() == b"x"


def test_resolve_out_follows_no_link(tmp_path):
    (tmp_path / "out/a").mkdir(parents=True)
    (tmp_path / "out/a/link").symlink_to(tmp_path)
    (tmp_path / "out/loop").symlink_to("loop")
    seen: set[str] = set()
    assert resolve_out(tmp_path / "out", "a/b/c", seen) == f"{tmp_path}/out/a/b/c"
    assert seen == {"a"}, "what is not there yet may become a link"
    for path in ("a/link/x", "loop/x"):
        with pytest.raises(OutputError, match="is a link"):
            resolve_out(tmp_path / "out", path, seen)


@settings(deadline=None)
@given(st.text(st.sampled_from("a./\\:~ \0\n%CONé"), max_size=12) | st.text(max_size=40))
def test_law_of_containment(path):
    """A path is refused, or it lies below the folder and its parts are what was asked for."""
    folder = Path("/nowhere/output")
    try:
        found = resolve_out(folder, path)
    except OutputError:
        return
    assert os.path.normpath(found) == found == f"{folder}/{path}"
    assert Path(found).is_relative_to(folder)
    assert Path(found) != folder
