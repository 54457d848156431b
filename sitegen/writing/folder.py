"""The output folder while a build writes it: open, stage file after file, commit.

Until `commit` has written its journal nothing in the folder changes, and leaving the `with` block drops all that was
staged. From then on the commit will be finished, by this process or, if it dies, by the next that opens the folder.

Files get the permissions that the umask gives to any new file; permissions are no part of what a build promises to
repeat. After `os.fork` a child shares the lock, so a process pool is started before the folder is opened.
"""

import contextlib
from pathlib import Path
from types import TracebackType
from typing import Self

from sitegen.errors import OutputError
from sitegen.records import dataclass
from sitegen.store import digest_of
from sitegen.writing.changes import Wanted, plan_changes
from sitegen.writing.commit import carry_out, roll_forward
from sitegen.writing.disk import Disk, Kind, explained
from sitegen.writing.journal import Step, Verb
from sitegen.writing.manifest import encode_manifest, find_owned, path_key, read_manifest
from sitegen.writing.paths import MANIFEST, check_name
from sitegen.writing.staging import Staging
from sitegen.writing.tray import Laid, Tray

__all__ = ["OutputFolder", "WriteReport"]


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a commit did. Paths are below the output folder, sorted."""

    written: tuple[str, ...]
    """New, or with other bytes than before."""
    unchanged: tuple[str, ...]
    """Not touched, so that they keep their mtimes."""
    deleted: tuple[str, ...]
    """Written by an earlier build and no longer part of the site."""
    recovered: bool
    """The build before this one died in its commit, which was finished first."""


class OutputFolder:
    """An output folder that this process alone writes, from `open` to the end of the `with` block."""

    def __init__(
        self, output: Path, staging: Staging, owned: dict[str, str], disk: Disk, *, clean: bool, recovered: bool
    ) -> None:
        self.recovered = recovered
        """The build before this one died in its commit, which was finished when the folder was opened."""
        self._output = output
        self._staging = staging
        self._owned = owned
        self._disk = disk
        self._wanted: dict[str, Wanted] = {}
        self.tray = Tray(str(output), staging.folder, frozenset() if clean else frozenset(owned), disk)
        """Where new files are laid before they are taken."""
        self._cleanup = contextlib.ExitStack()

    @classmethod
    def open(cls, output: Path, *, clean: bool = False, disk: Disk | None = None) -> Self:
        """Lock `output`, finish what a killed build left, and read which files are ours.

        `clean` writes every file again, changed or not. Raises BusyError when another build has the lock, OutputError
        when the folder could not be written: found here, before anything is rendered.
        """
        disk = disk or Disk()
        cleanup = contextlib.ExitStack()
        try:
            with explained(str(output)):
                return cls._open(output.resolve(), disk, cleanup, clean=clean)
        except BaseException:
            with contextlib.suppress(OSError):
                cleanup.close()
            raise

    @classmethod
    def _open(cls, output: Path, disk: Disk, cleanup: contextlib.ExitStack, *, clean: bool) -> Self:
        _make_missing(output.parent, disk, cleanup)
        staging = Staging.open(output, disk)
        cleanup.callback(staging.close)
        _make_missing(output, disk, cleanup)  # and taken back, if it stays empty, while nobody else can be building
        _check_place(output, staging, disk)
        recovered = roll_forward(output, staging, disk)
        staging.discard()
        folder = cls(output, staging, read_manifest(output, disk), disk, clean=clean, recovered=recovered)
        folder._cleanup = cleanup
        return folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            with explained(str(self._output)):
                self._cleanup.close()
        else:
            # What stopped the build is what the writer has to hear of; the next build clears up what is left now.
            with contextlib.suppress(OSError):
                self._cleanup.close()

    def stage(self, path: str, data: bytes, sources: tuple[str, ...]) -> None:
        """Take a file of the site; its bytes wait beside the output, unless they stand there already.

        `sources` name it in messages. Raises OutputError for a path that could lie outside the folder or is staged
        twice, and when the disk refuses.
        """
        self._new_key(path, sources)
        self.take(path, self.tray.lay(path, data), sources)

    def take(self, path: str, laid: Laid, sources: tuple[str, ...]) -> None:
        """Take a file that was laid on the tray, here or in another process. Raises OutputError if there is one."""
        self._wanted[self._new_key(path, sources)] = Wanted(path, laid.digest, laid.staged, sources)

    def keep(self, path: str) -> None:
        """Say that a file which an earlier build wrote stays as it is. Raises OutputError if none wrote it."""
        key = path_key(path)
        if key not in self._owned:
            check_name(path)
            raise OutputError.of("can't be kept, because no build wrote it", path=f"{self._output}/{path}")
        self._wanted[key] = Wanted(path, self._owned[key], "", ())

    def _new_key(self, path: str, sources: tuple[str, ...]) -> str:
        check_name(path)
        key = path_key(path)
        if key in self._wanted:
            both = " and ".join(sorted({*self._wanted[key].sources, *sources}))
            raise OutputError.of(f"two files are to be published here: {both}", path=f"{self._output}/{path}")
        return key

    def commit(self) -> WriteReport:
        """Publish what was staged, keep what was kept, delete what else is ours, and tell what was done.

        Raises OutputError, before anything is changed, with all that is in the way and not ours; or when the disk
        refuses, and then the next build finishes the commit if it had begun.
        """
        gone = self._owned.keys() - self._wanted.keys()
        stale = sorted(find_owned(self._output, gone, self._disk))
        files = sorted(self._wanted.values(), key=lambda file: file.path)
        steps = plan_changes(self._output, self._owned.keys(), stale, files, self._disk)
        self._publish(self._with_manifest(steps))
        return WriteReport(
            written=tuple(file.path for file in files if file.staged),
            unchanged=tuple(file.path for file in files if not file.staged),
            deleted=tuple(stale),
            recovered=self.recovered,
        )

    def _with_manifest(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """Put the claim of all files, old and new, before the steps, and the final manifest behind them."""
        final = {key: file.digest for key, file in self._wanted.items()}
        claim = self._owned | final
        before = () if claim == self._owned else (self._manifest_step(claim),)
        after = () if final == claim else (self._manifest_step(final),)
        return (*before, *steps, *after)

    def _manifest_step(self, owned: dict[str, str]) -> Step:
        data = encode_manifest(owned)
        with explained(f"{self._output}/{MANIFEST}"):
            return Step(Verb.REPLACE, MANIFEST, self._staging.add(data), digest_of(data))

    def _publish(self, steps: tuple[Step, ...]) -> None:
        if not steps:
            return
        with explained(str(self._output)):
            self._staging.write_journal(steps)
        try:
            carry_out(steps, self._output, self._staging, self._disk)
        except KeyboardInterrupt:
            # A moment more is better than half a site; a second Ctrl-C leaves the rest to the next build.
            carry_out(steps, self._output, self._staging, self._disk)
            raise
        except OutputError:
            if self._staging.has(steps[0].staged):  # nothing was changed, so there is nothing to finish
                self._staging.discard()
            raise
        with explained(str(self._output)):
            self._staging.discard()


def _make_missing(folder: Path, disk: Disk, cleanup: contextlib.ExitStack) -> None:
    """Make a folder and those above it that are not there; `cleanup` will remove those that were made and are empty."""
    missing = [str(each) for each in (folder, *folder.parents) if disk.kind(str(each)) is Kind.NOTHING]
    for path in reversed(missing):
        if disk.make_folder(path):
            cleanup.callback(disk.remove_folder, path)


def _check_place(output: Path, staging: Staging, disk: Disk) -> None:
    """Find out now what would stop the commit after everything is rendered."""
    if disk.kind(str(output)) is not Kind.FOLDER:
        raise OutputError.of("is not a folder", path=str(output), hint="name another output folder")
    if not disk.is_writable(str(output)):
        raise OutputError.of("no permission to write into the output folder", path=str(output))
    if not staging.on_same_device(output):
        raise OutputError.of(
            "lies on another file system than the folder that holds it, so no build can be moved in as a whole",
            path=str(output),
            hint="name a folder below it as the output folder",
        )
