"""What a commit has to do, planned before it does any of it, so that nothing that can be foreseen stops it half-way."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sitegen.errors import Finding, OutputError, Place
from sitegen.records import dataclass
from sitegen.writing.disk import Disk, Kind, explained
from sitegen.writing.journal import Step, Verb
from sitegen.writing.manifest import path_key
from sitegen.writing.paths import ancestors, folded

__all__ = ["Wanted", "plan_changes"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that will be in the output folder."""

    path: str
    digest: str
    """Of its bytes."""
    staged: str
    """Its name in the staging folder; empty when it stays as it is."""
    sources: tuple[str, ...]
    """For messages."""


def plan_changes(
    output: Path, owned: Collection[str], stale: Collection[str], wanted: Iterable[Wanted], disk: Disk
) -> tuple[Step, ...]:
    """Return the steps from what stands in `output` to `wanted`.

    `owned` are the keys of the paths that are ours, `stale` the paths of those that are no longer wanted. Order: what
    is in the way goes, new files come, the rest goes, so that no page is away for longer than it must be. Raises
    OutputError with all that is in the way and not ours, and all folders that can't be changed.
    """
    plan = _Plan(output, owned, stale, sorted(wanted, key=lambda file: file.path), disk)
    with explained(str(output)):
        steps = plan.steps()
    if plan.findings:
        raise OutputError(*plan.findings)
    return steps


class _Plan:
    def __init__(
        self, output: Path, owned: Collection[str], stale: Collection[str], wanted: list[Wanted], disk: Disk
    ) -> None:
        self._output = output
        self._owned = owned
        self._stale = frozenset(stale)
        self._stale_folders = {folder for path in stale for folder in ancestors(path)}
        self._stale_by_fold = {folded(path): path for path in stale}
        self._files = {file.path: file for file in wanted}
        self._folders = {folder for path in self._files for folder in ancestors(path)}
        self._disk = disk
        self.findings: list[Finding] = []

    def steps(self) -> tuple[Step, ...]:
        for path in sorted(self._folders & self._files.keys()):
            self._refuse_both(path)
        early: set[str] = set()
        puts = [step for file in self._files.values() if file.staged for step in self._put(file, early)]
        steps = (*self._removal(early), *puts, *self._removal(self._stale - early))
        self._check_writable(steps)
        return steps

    def _put(self, file: Wanted, early: set[str]) -> Iterator[Step]:
        """Yield the step for a staged file, and collect in `early` the stale files that are in its way."""
        verb = Verb.NEW
        for path in (*ancestors(file.path), file.path):
            kind = self._disk.kind(f"{self._output}/{path}")
            if kind is Kind.NOTHING:
                break
            if kind is Kind.FOLDER and path != file.path:
                continue
            if kind is Kind.FILE and path == file.path and path_key(path) in self._owned:
                verb = Verb.REPLACE
            elif (obstacles := self._ours_at(path, kind)) is not None:
                early |= obstacles
            else:
                self._refuse(path, file)
            break
        yield Step(verb, file.path, file.staged, file.digest)

    def _ours_at(self, path: str, kind: Kind) -> set[str] | None:
        """Return the stale files that make up what stands at `path`, or None if not all of it is ours."""
        if kind is Kind.FILE:
            # Where case is ignored, `Foo.html` of the last build is what stands at `foo.html`.
            ours = path if path in self._stale else self._stale_by_fold.get(folded(path), "")
            same = ours and self._disk.same_file(f"{self._output}/{path}", f"{self._output}/{ours}")
            return {ours} if same else None
        if kind is Kind.FOLDER and path in self._stale_folders:
            return self._all_stale_below(path)
        return None

    def _all_stale_below(self, folder: str) -> set[str] | None:
        """Return the files below a folder, or None unless each is stale and each folder has had one."""
        found: set[str] = set()
        for entry in self._disk.entries(f"{self._output}/{folder}"):
            path = f"{folder}/{entry.name}"
            if path in self._stale:
                found.add(path)
            elif path in self._stale_folders and (below := self._all_stale_below(path)) is not None:
                found |= below
            else:
                return None
        return found

    def _removal(self, paths: Collection[str]) -> Iterator[Step]:
        """Yield the deletion of files, then of the folders that they were in, innermost first."""
        folders = {folder for path in paths for folder in ancestors(path)} - self._folders
        for path in sorted(paths):
            yield Step(Verb.DELETE, path)
        for folder in sorted(folders, key=lambda folder: (-folder.count("/"), folder)):
            yield Step(Verb.PRUNE, folder)

    def _check_writable(self, steps: Iterable[Step]) -> None:
        """Find every folder in which a step would be denied."""
        folders = {step.path.rpartition("/")[0] for step in steps}
        for folder in sorted({self._standing_folder(folder) for folder in folders}):
            if not self._disk.is_writable(f"{self._output}/{folder}"):
                self._find(folder, "no permission to change what is in this folder", "", "make the folder writable")

    def _standing_folder(self, folder: str) -> str:
        """Return `folder`, or the innermost above it that is there already; the output itself is an empty string."""
        upwards = (folder, *reversed(ancestors(folder)))
        return next((f for f in upwards if self._disk.kind(f"{self._output}/{f}") is Kind.FOLDER), "")

    def _refuse(self, path: str, file: Wanted) -> None:
        self._find(
            path,
            f"in the way of {file.path}, and not written by sitegen",
            f"{_named(file)} is to be published there",
            "move it out of the output folder, or give the source another address",
        )

    def _refuse_both(self, path: str) -> None:
        below = next(file for file in self._files.values() if file.path.startswith(path + "/"))
        self._find(
            path,
            "would have to be a file and a folder",
            f"{_named(self._files[path])} is to be published there, and {_named(below)} at {below.path}",
            "give one of them another address",
        )

    def _find(self, path: str, what: str, why: str, hint: str) -> None:
        self.findings.append(Finding(what, Place(f"{self._output}/{path}"), why, hint))


def _named(file: Wanted) -> str:
    return " with ".join(file.sources) or file.path
