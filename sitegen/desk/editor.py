"""Opening a file where the writer writes."""

import os
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import OutputError, UsageError

__all__ = ["editor_command", "open_editor"]


def editor_command(configured: str | None, environment: Mapping[str, str], file: Path, line: int) -> list[str]:
    """Return the command that opens `file` at `line` (from 1), as a list of arguments.

    It is made of the configuration's `editor`, else of $VISUAL or $EDITOR, which know no line. Raises UsageError when
    none of them says anything.
    """
    if configured is not None:
        return [part.replace("{file}", str(file)).replace("{line}", str(line)) for part in _split(configured)]
    command = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    if not command:
        raise UsageError.of(
            "no editor is named",
            hint='set `editor = "code --goto {file}:{line}"` in the configuration, or the variable EDITOR',
        )
    return [*_split(command), str(file)]


def _split(command: str) -> list[str]:
    try:
        # On Windows a backslash stands between folders.
        parts = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        raise UsageError.of(f"the editor's command `{command}` cannot be read: {error}".lower()) from error
    return [part.strip('"') if os.name == "nt" else part for part in parts]


def open_editor(command: list[str]) -> None:
    """Run an editor until it ends. Raises OutputError when it does not start, or ends with an error."""
    try:
        status = subprocess.run(command, check=False).returncode
    except OSError as error:
        raise OutputError.of(f"the editor `{command[0]}` does not start: {error.strerror}") from error
    if status:
        raise OutputError.of(f"the editor `{command[0]}` ended with status {status}")
