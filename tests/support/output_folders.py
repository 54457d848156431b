"""What the tests of writing share: a build in one call, and a folder as a value."""

import os
from pathlib import Path
from typing import Any

from sitegen.writing import OutputFolder, WriteReport
from sitegen.writing.disk import Disk

__all__ = ["Dead", "Files", "Mortal", "names", "publish", "stamps", "tree"]

Files = dict[str, bytes]


def publish(output: Path, files: Files, *, clean: bool = False, disk: Disk | None = None) -> WriteReport:
    """Build a site of these files."""
    with OutputFolder.open(output, clean=clean, disk=disk) as folder:
        for path, data in files.items():
            folder.stage(path, data, (f"content/{path}.md",))
        return folder.commit()


def names(folder: Path) -> list[str]:
    """Return what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def tree(output: Path) -> Files:
    """Return files with their bytes, links with `-> ` and their targets, and empty folders as `name/`; no manifest."""
    found = {}
    for path in output.rglob("*"):
        name = str(path.relative_to(output))
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    found.pop(".sitegen", None)
    return found


def stamps(folder: Path) -> dict[str, tuple[int, ...]]:
    """Return what changes when a file or a folder below, or `folder` itself, is written or replaced."""
    infos = {str(path): path.lstat() for path in (folder, *folder.rglob("*"))}
    return {path: (info.st_mode, info.st_ino, info.st_size, info.st_mtime_ns) for path, info in infos.items()}


class Dead(BaseException):
    """The process is dead: nothing that runs after this changes the disk."""


class Mortal(Disk):
    """A disk on which the process dies at state-changing call `at`, counted from 1; 0 never."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0

    def change(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        self.calls += 1
        if self.at and self.calls >= self.at:
            raise Dead
        return function(*args, **kwargs)
