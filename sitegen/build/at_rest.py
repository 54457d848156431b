"""Reading what nobody is saving at that moment: of a file that is being saved, only one half may be there."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sitegen.errors import Finding, Place, SitegenError, SourceError
from sitegen.freshness import Stamps, changed_paths, settled, stamps_of_inputs

__all__ = ["read_at_rest"]

_T = TypeVar("_T")
_TRIES = 3
_SHOWN = 10
_CONFIG = frozenset({"sitegen.toml", "pyproject.toml"})


def read_at_rest(root: Path, stamps: Stamps, inputs: Stamps, read: Callable[[Stamps], _T]) -> tuple[_T, Stamps]:
    """Return what `read` made of the inputs of the site in `root` while none of them changed, and their settled stamps.

    `stamps` and `inputs` are theirs, taken before the configuration was read; `read` is given the stamps. When a file
    changes meanwhile, what was read, or found to be wrong, counts for nothing, and all is read again. Raises what
    `read` raises, and SourceError when the files do not come to rest.
    """
    changed: list[str] = []
    for _ in range(_TRIES):
        try:
            result = read(stamps)
        except SitegenError:
            if not (changed := _changes(stamps, seen := stamps_of_inputs(root))):
                raise
        else:
            if not (changed := _changes(stamps, seen := stamps_of_inputs(root))):
                return result, inputs
        if not _CONFIG.isdisjoint(changed):
            break  # what was opened for the old configuration is not for the new one
        stamps, inputs = seen, settled(seen, root / ".sitegen")
    raise SourceError(*(_restless(path) for path in changed[:_SHOWN]))


def _changes(before: Stamps, after: Stamps) -> list[str]:
    """Return the paths whose stamps differ, but not those of sitegen itself, which is loaded already."""
    return sorted(path for path in changed_paths(before, after) if path.startswith(("content/", "themes/", *_CONFIG)))


def _restless(path: str) -> Finding:
    return Finding(
        "changed while the site was being built", Place(path), hint="run the build again when saving is done"
    )
