"""Which command opens a file, and that no shell ever reads it."""

import sys
from pathlib import Path

import pytest

from sitegen.desk.editor import editor_command, open_editor
from sitegen.errors import OutputError, UsageError

FILE = Path("content/posts/a $(b).md")


@pytest.mark.parametrize(
    ("configured", "environment", "command"),
    [
        ("code --goto {file}:{line}", {"EDITOR": "vi"}, ["code", "--goto", f"{FILE}:7"]),
        ('"/opt/my editor" {file}', {}, ["/opt/my editor", str(FILE)]),
        (None, {"VISUAL": "emacs -nw", "EDITOR": "vi"}, ["emacs", "-nw", str(FILE)]),
        (None, {"VISUAL": " ", "EDITOR": "vi"}, ["vi", str(FILE)]),
    ],
)
def test_the_command(configured, environment, command):
    assert editor_command(configured, environment, FILE, 7) == command


@pytest.mark.parametrize(("configured", "environment"), [(None, {}), ('code "{file}', {})])
def test_no_command(configured, environment):
    with pytest.raises(UsageError):
        editor_command(configured, environment, FILE, 7)


def test_the_file_reaches_the_editor_as_one_argument(tmp_path):
    seen = tmp_path / "seen"
    script = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(repr(sys.argv[2:]))"
    open_editor([sys.executable, "-c", script, str(seen), str(FILE)])
    assert seen.read_text() == repr([str(FILE)])


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["/nowhere/editor"], "does not start: No such file"),
        ([sys.executable, "-c", "raise SystemExit(3)"], "ended with status 3"),
    ],
)
def test_an_editor_that_fails(command, message):
    with pytest.raises(OutputError, match=message):
        open_editor(command)
