"""Which site a command is about."""

import os
import re
from pathlib import Path

__all__ = ["find_site", "shown_path"]

# The header is looked for, not parsed: a configuration with a mistake in it is still the one that is meant.
_TABLE = re.compile(rb"""^\s*\[+\s*tool\s*\.\s*["']?sitegen["']?\s*[].]""", re.MULTILINE)


def find_site(named: Path | None) -> Path:
    """Return the folder of the site: the `named` one, else the nearest from here upwards that has a configuration.

    When there is none, the current folder; reading its configuration then says what is missing.
    """
    if named is not None:
        return named
    here = Path.cwd()
    found = next((folder for folder in (here, *here.parents) if _is_site(folder)), here)
    return Path(os.path.relpath(found, here))


def _is_site(folder: Path) -> bool:
    if (folder / "sitegen.toml").exists():
        return True
    try:
        return _TABLE.search((folder / "pyproject.toml").read_bytes()) is not None
    except OSError:
        return False


def shown_path(path: Path) -> str:
    """Return a path as a person here would type it: relative when it lies below the current folder."""
    absolute, here = Path(os.path.abspath(path)), Path.cwd()  # noqa: PTH100  resolve() would follow links
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)
