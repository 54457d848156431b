"""Does anything differ from the last build, is anything due? Answered with the standard library alone.

The ledger of a build says what it was made from and what it left, each file by its stamp: size, times and inode. A
build that finds every stamp as it was has nothing to do. Stamps only ever spare work: where one differs, content
decides. The time of the last status change is part of a stamp, so a file that was given another's mtime is noticed.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sitegen.records import dataclass
from sitegen.sealed import read_sealed, write_sealed
from sitegen.store import digest_of

__all__ = [
    "Ledger",
    "Stamps",
    "changed_paths",
    "engine_key",
    "file_time",
    "find_unchanged",
    "is_racy",
    "ledger_file",
    "library_versions",
    "manifest_digest",
    "read_ledger",
    "request_of",
    "settled",
    "stamp_of",
    "stamps_of_inputs",
    "stamps_of_site",
    "write_ledger",
]

_TITLE = "sitegen-ledger 1"
_LIBRARIES = (
    *("babel", "feedgen", "imagesize", "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pillow"),
    *("pygments", "pymdown-extensions", "python-dateutil", "pyyaml", "rcssmin", "tzdata"),
)
# A file written while a clock tick lasts can be written again in the same tick; the coarsest ticks (FAT) are 2 s.
_RACY_NS = 2_500_000_000
_UNSETTLED = "?"
"""In place of a stamp: equals none, not even that of a file that is gone."""

Stamps = dict[str, str]
"""Stamp by path; `/` at the end of a path says that it is a folder."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a build was made from and what it left."""

    request: str
    """Which posts were asked for."""
    output: str
    """The output folder, absolute or below the site's."""
    made: datetime
    """The clock reading of the build."""
    due: datetime | None
    """When a post or promo next changes its state by itself."""
    inputs: Mapping[str, str]
    """Stamps by path below the site's folder, and of sitegen itself."""
    manifest: str
    """`digest_of` the manifest that the build left."""
    outputs: Mapping[str, tuple[str, str]]
    """(stamp, fingerprint) by output path."""
    memory: Mapping[str, Any]
    """What there is to report again."""

    def is_due(self, now: datetime) -> bool:
        """Whether time alone makes another site of the same files; going back in time does too."""
        return now < self.made or (self.due is not None and now >= self.due)

    def is_intact(self, output: Path) -> bool:
        """Whether the output folder is as the build left it, and no later build is at work or died in it."""
        real = output.resolve()  # the staging folder lies beside what a link leads to
        if real.with_name(f".{real.name}.sitegen").exists() or self.manifest != manifest_digest(output):
            return False
        return self.stands(output)

    def stands(self, output: Path) -> bool:
        """Whether every file in the output folder is as the build left it."""
        return all(stamp_of(f"{output}/{path}") == stamp for path, (stamp, _) in self.outputs.items())


def find_unchanged(root: Path, output: Path | None, request: str, now: datetime) -> Ledger | None:
    """Return the ledger of the last build if a build asked for `request` at `now` would do nothing, else None.

    `output` is the folder that the command line names, None the configured one.
    """
    ledger = read_ledger(ledger_file(root, output))
    if ledger is None or ledger.request != request or ledger.is_due(now):
        return None
    if ledger.inputs != stamps_of_inputs(root) or not ledger.is_intact(root / ledger.output):
        return None
    return ledger


def manifest_digest(output: Path) -> str:
    """Return `digest_of` the manifest of an output folder; an empty string when there is none."""
    try:
        return digest_of((output / ".sitegen").read_bytes())
    except OSError:
        return ""


def stamp_of(path: str | os.PathLike[str]) -> str:
    """Return the stamp of the file at `path`, links followed; an empty string when there is none."""
    try:
        return _stamp(os.stat(path))  # noqa: PTH116  # a Path per file would take longer than the call
    except (OSError, ValueError):
        return ""


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def stamps_of_inputs(root: Path) -> Stamps:
    """Return the stamps of everything that a build of the site in `root` may read."""
    return stamps_of_site(root) | engine_stamps()


def stamps_of_site(root: Path) -> Stamps:
    """Return the stamps of all files of the site in `root`, without those of sitegen itself."""
    stamps = {name: stamp_of(root / name) for name in ("sitegen.toml", "pyproject.toml")}
    stamps.update(_walk(str(root / "content"), "content"))
    stamps.update(_walk(str(root / "themes"), "themes", through_links=True))
    return stamps


def changed_paths(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """Return the paths whose stamps differ, or that only one of two readings has."""
    return {path for path, _ in before.items() ^ after.items()}


def engine_stamps() -> Stamps:
    """Return what stands for sitegen itself: its files, its themes, and the versions of what it renders with."""
    package = Path(__file__).parent
    themes = package / "themes"
    if not themes.is_dir():  # in a checkout
        themes = package.parent / "themes"
    return _loaded(package) | dict(_walk(str(themes), "sitegen:/themes"))


@cache  # what is loaded stays what it is while the process runs, whoever edits it
def _loaded(package: Path) -> Stamps:
    versions = {f"{library}:": version for library, version in library_versions().items()}
    return {"python": sys.version, **dict(_walk(str(package), "sitegen:")), **versions}


def library_versions() -> Mapping[str, str]:
    """Return the version of each library that output depends on, from the names of the folders that installers leave.

    `importlib.metadata` reads the same from files inside, and takes 30 ms to import: a quarter of a build that has
    nothing to do. Names of folders: packaging.python.org, "Recording installed projects".
    """
    versions: dict[str, str] = {}
    for folder in sys.path:
        for entry in _names_in(folder or "."):
            stem, dot, _ = entry.rpartition(".")
            name, _, version = stem.partition("-")
            library = name.lower().replace("_", "-").replace(".", "-")
            if dot and library in _LIBRARIES and entry.endswith((".dist-info", ".egg-info")):
                versions.setdefault(library, version)
    return versions


def _names_in(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208  # names are all that is wanted
    except OSError:
        return []  # a path may be an archive, or not there


def engine_key() -> str:
    """Return the digest of what stands for sitegen itself: what it renders is another when any of it changes."""
    return digest_of(json.dumps(engine_stamps(), sort_keys=True))


def request_of(*, drafts: bool, future: bool, expired: bool, strict: bool) -> str:
    """Return what a build is asked for as one word."""
    asked = {"drafts": drafts, "future": future, "expired": expired, "strict": strict}
    return " ".join(name for name, wanted in asked.items() if wanted)


def _walk(folder: str, name: str, *, through_links: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder; `through_links` also those below links in it, as a theme's folder may be one."""
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except OSError:
        return
    yield f"{name}/", ""
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=through_links):
            if entry.name != "__pycache__":
                yield from _walk(entry.path, path)
        else:
            yield path, _entry_stamp(entry)


def _entry_stamp(entry: os.DirEntry[str]) -> str:
    try:
        return _stamp(entry.stat())
    except OSError:
        return ""


def settled(stamps: Stamps, folder: Path) -> Stamps:
    """Return the stamps without those of files that can change in the same tick of the clock and keep them.

    In their place stands what equals no stamp, so that the next build looks at the content. What time it is, the file
    system says that also wrote the times in the stamps: by a file made in `folder` for a moment.
    """
    now = file_time(folder)
    return {path: _UNSETTLED if is_racy(stamp, now) else stamp for path, stamp in stamps.items()}


def file_time(folder: Path) -> int | None:
    """Return what time it is for the file system of `folder`, in ns as in stamps; None when nobody can write there."""
    probe = folder / f"clock.{os.getpid()}"
    try:
        folder.mkdir(exist_ok=True)
        probe.write_bytes(b"")
        return probe.stat().st_ctime_ns
    except OSError:
        return None
    finally:
        with suppress(OSError):
            probe.unlink(missing_ok=True)


def is_racy(stamp: str, now: int | None) -> bool:
    """Whether a stamp has a time of just now, the `file_time`; a file that says it is from the future is not being
    written."""
    match stamp.split(":"):
        case [_, modified, changed, _]:
            return now is None or any(abs(now - int(moment)) < _RACY_NS for moment in (modified, changed))
    return False


def ledger_file(root: Path, output: Path | None) -> Path:
    """Return where the ledger of builds into `output` lies; None is the configured folder."""
    name = digest_of(str(output.absolute()))[:16] if output else "configured"
    return root / ".sitegen" / f"ledger-{name}.json"


def read_ledger(file: Path) -> Ledger | None:
    """Return the ledger of the last build; None when there is none, or when a byte of it is not as it was written."""
    body = read_sealed(file, _TITLE)
    if body is None:
        return None
    try:
        data = json.loads(body)
        return Ledger(
            request=data["request"],
            output=data["output"],
            made=datetime.fromisoformat(data["made"]),
            due=datetime.fromisoformat(data["due"]) if data["due"] else None,
            inputs=data["inputs"],
            manifest=data["manifest"],
            outputs={path: (stamp, mark) for path, (stamp, mark) in data["outputs"].items()},
            memory=data["memory"],
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def write_ledger(file: Path, ledger: Ledger) -> None:
    """Keep the ledger for the next build. A folder that cannot be written costs the next build time, nothing else."""
    data = {
        "request": ledger.request,
        "output": ledger.output,
        "made": ledger.made.isoformat(),
        "due": ledger.due.isoformat() if ledger.due else None,
        "inputs": ledger.inputs,
        "manifest": ledger.manifest,
        "outputs": ledger.outputs,
        "memory": ledger.memory,
    }
    write_sealed(file, _TITLE, data)
