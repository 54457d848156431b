"""A new site, complete from the start.

What is copied is the folder starter/ beside this module, which is itself a site. Its posts are dated by two days that
stand for the two before today: whatever zone the writer sets later, neither lies in the future.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sitegen.desk.files import write_new_file
from sitegen.errors import UsageError

__all__ = ["starter_files", "write_site"]

_STARTER: Final = Path(__file__).with_name("starter")
_DAYS: Final = {"2000-01-01": 2, "2000-01-02": 1}
"""Dates in the starter, and how many days before today each becomes."""
_SHOWN: Final = 3


def starter_files(now: datetime) -> Mapping[str, str]:
    """Return the files of a new site begun at `now` (aware): path below its folder to text."""
    dates = {day: str(now.date() - timedelta(days=days)) for day, days in _DAYS.items()}
    paths = sorted(path for path in _STARTER.rglob("*") if path.is_file())
    return {
        _dated(path.relative_to(_STARTER).as_posix(), dates): _dated(path.read_text(encoding="utf-8"), dates)
        for path in paths
    }


def _dated(text: str, dates: Mapping[str, str]) -> str:
    for day, date in dates.items():
        text = text.replace(day, date)
    return text


def write_site(root: Path, now: datetime) -> tuple[str, ...]:
    """Write a new site into the folder `root`, which may be missing, and return the paths of its files below it.

    Raises UsageError, before anything is written, when the folder holds anything but a
    `.git`; OutputError when the disk refuses.
    """
    _check_empty(root)
    files = starter_files(now)
    for path, text in files.items():
        write_new_file(root / path, text.encode())
    return tuple(files)


def _check_empty(root: Path) -> None:
    try:
        names = sorted(ascii(path.name)[1:-1] for path in root.iterdir() if path.name != ".git")
    except FileNotFoundError:
        return
    if names:
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        raise UsageError.of(
            f"the folder is not empty; it holds {', '.join(names[:_SHOWN])}{more}",
            path=str(root),
            why="nothing that is there is ever overwritten",
            hint="name a new folder, or an empty one",
        )
