"""Putting new files into a site's folder, never over one that is there."""

from pathlib import Path

from sitegen.errors import UsageError
from sitegen.writing.disk import Disk, explained

__all__ = ["write_new_file"]


def write_new_file(file: Path, data: bytes) -> None:
    """Write `file` and the folders above it that are missing.

    Raises UsageError when there is such a file, OutputError when the disk refuses.
    """
    disk = Disk()
    with explained(str(file)):
        for folder in reversed(file.parents):
            if not folder.exists():
                disk.make_folder(str(folder))
        try:
            disk.write_new(str(file), data)
        except FileExistsError as error:
            raise UsageError.of("is there already, and nothing was changed", path=str(file)) from error
