"""The files of a theme's folders: the nearest folder that has a path wins, and none leads out of its folder."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from sitegen.errors import Finding, Place, TemplateError
from sitegen.records import dataclass

__all__ = ["Layer", "ThemeFile", "read_file", "read_files", "read_versions"]

_LEFTOVER = re.compile(r"\..*|.*~|#.*#|.*\.sw[op]|.*\.bak|4913")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of a theme's chain."""

    folder: Path
    shown: str
    """How messages name it: `themes/newspaper`; `sitegen:themes/newspaper` where the site has a folder of that name."""
    is_bundled: bool = False
    """Whether it came with sitegen."""

    @property
    def theme(self) -> str:
        """Name of the theme that it belongs to."""
        return self.shown.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A file of a theme as it was read."""

    data: bytes
    path: str
    """How messages name it: `themes/newspaper/templates/post.html`."""

    def text(self) -> str:
        """Return its text with `\\n` line ends. Raises TemplateError when it is not UTF-8."""
        try:
            text = self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise TemplateError.of(
                f"not UTF-8 at byte {error.start + 1}", path=self.path, line=line, hint="save the file as UTF-8"
            ) from error
        return text.replace("\r\n", "\n").replace("\r", "\n")


def read_files(layers: Sequence[Layer], folder: str) -> dict[str, ThemeFile]:
    """Return the files below `folder` in all layers, nearest layer first, by path below `folder`, sorted.

    Hidden files and what editors leave behind are passed over. Raises TemplateError with a finding for each file that
    cannot be read or is a link out of its layer.
    """
    return {path: versions[0][1] for path, versions in read_versions(layers, folder, nearest_only=True).items()}


def read_versions(
    layers: Sequence[Layer], folder: str, *, nearest_only: bool = False
) -> dict[str, list[tuple[int, ThemeFile]]]:
    """Return like `read_files` all versions of each file, nearest first, with the number of their layer.

    `nearest_only` leaves those unread that are overridden.
    """
    found: dict[str, list[tuple[int, ThemeFile]]] = {}
    faults: list[Finding] = []
    for number, layer in enumerate(layers):
        if (layer.folder / folder).is_symlink():
            faults.append(_refused(f"{layer.shown}/{folder}", "a link to a folder"))
            continue
        for below in _paths_below(layer.folder / folder):
            if nearest_only and below in found:
                continue
            try:
                found.setdefault(below, []).append((number, read_file(layer, f"{folder}/{below}")))
            except TemplateError as error:
                faults += error.findings
    if faults:
        raise TemplateError(*faults)
    return dict(sorted(found.items()))


def read_file(layer: Layer, below: str) -> ThemeFile:
    """Return one file of a layer. Raises TemplateError when it cannot be read or is a link out of the layer."""
    shown = f"{layer.shown}/{below}"
    file = layer.folder / below
    if not _is_plain(layer.folder, below) and (fault := _fault_of(file, layer.folder)):
        raise TemplateError(_refused(shown, fault))
    try:
        return ThemeFile(file.read_bytes(), shown)
    except OSError as error:
        raise TemplateError(Finding(f"cannot read: {(error.strerror or str(error)).lower()}", Place(shown))) from error


def _refused(shown: str, fault: str) -> Finding:
    return Finding(fault, Place(shown), hint="put a copy here instead")


def _paths_below(folder: Path) -> Iterator[str]:
    """Yield the paths of all that is no folder, without following links to folders."""
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if (Path(base) / name).is_symlink()]
        below = Path(base).relative_to(folder).as_posix()
        for name in (*names, *links):
            if not _LEFTOVER.fullmatch(name):
                yield name if below == "." else f"{below}/{name}"


def _is_plain(folder: Path, below: str) -> bool:
    """Whether `below` is a regular file, and no link on the way to it, as nearly always: then nothing forbids it."""
    path, mode = str(folder), 0
    for name in below.split("/"):
        path = os.path.join(path, name)  # noqa: PTH118  most of a theme's reading was made of paths
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            return False
        if name == ".." or stat.S_ISLNK(mode):
            return False
    return stat.S_ISREG(mode)


def _fault_of(file: Path, folder: Path) -> str:
    """Return what forbids to read `file`, which lies in `folder`; nothing when it may be read."""
    try:
        target = file.resolve(strict=True)
        mode = target.stat().st_mode
    except (OSError, RuntimeError):  # RuntimeError: Python 3.11 and 3.12 on a loop of links
        return "" if not file.is_symlink() else "a link that leads nowhere"
    if not target.is_relative_to(folder.resolve()):
        return "a link that leads out of the theme"
    if stat.S_ISDIR(mode):
        return "a link to a folder"
    return "" if stat.S_ISREG(mode) else "no regular file"
