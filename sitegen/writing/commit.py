"""Carrying a journal out. Each step may be repeated, so a commit that was interrupted is carried out once more."""

from collections.abc import Iterable
from pathlib import Path

from sitegen.errors import OutputError
from sitegen.writing.disk import Disk, Kind, explained
from sitegen.writing.journal import Step, Verb
from sitegen.writing.paths import ancestors, resolve_out
from sitegen.writing.staging import Staging

__all__ = ["carry_out", "roll_forward"]

_HALF_WAY = "when that is mended, build again: the next build first finishes what this one began"
_MAY_STAND = {Verb.NEW: {Kind.NOTHING}, Verb.REPLACE: {Kind.NOTHING, Kind.FILE}}


def carry_out(steps: Iterable[Step], output: Path, staging: Staging, disk: Disk) -> None:
    """Carry out the steps in their order. Raises OutputError at one that can't be done; all can be tried again."""
    folders: set[str] = set()
    for number, step in enumerate(steps):
        target = resolve_out(output, step.path, folders)
        with explained(target, _HALF_WAY if number else ""):
            match step.verb:
                case Verb.NEW | Verb.REPLACE:
                    _put(step, output, staging, folders, disk)
                case Verb.DELETE if disk.kind(target) is Kind.FILE:
                    disk.remove(target)
                case Verb.PRUNE if disk.kind(target) is Kind.FOLDER:
                    disk.remove_folder(target)


def _put(step: Step, output: Path, staging: Staging, folders: set[str], disk: Disk) -> None:
    """Move a staged file to its place. It is no longer staged when an earlier attempt got as far as this."""
    source, target = staging.path(step.staged), f"{output}/{step.path}"
    if not staging.has(step.staged):
        return
    if disk.kind(target) not in _MAY_STAND[step.verb]:
        raise OutputError.of("not written by sitegen, and in the way of a file that is", path=target, hint=_HALF_WAY)
    for folder in ancestors(step.path):
        if folder not in folders:
            disk.make_folder(f"{output}/{folder}")
            folders.add(folder)
    disk.replace(source, target)


def roll_forward(output: Path, staging: Staging, disk: Disk) -> bool:
    """Finish the commit that the last build left, if it left one; return whether it did.

    A journal that can't be trusted is passed over, and that is safe: the first step of a commit claims all its files in
    the manifest, so they are known to be ours, and the build that follows compares each with the bytes it should have.
    """
    with explained(str(output)):
        if not staging.has_journal():
            return False
        steps = staging.read_journal()
    carry_out(steps or (), output, staging, disk)
    return True
