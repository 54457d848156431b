"""Laying new files beside the output: the part of writing that several processes may do at the same time.

A tray changes nothing in the output folder and knows nothing of the other files. What it laid counts only when the
folder takes it (`OutputFolder.take`), and is dropped with the staging folder when nobody does.
"""

from collections.abc import Set as AbstractSet

from sitegen.records import dataclass
from sitegen.store import digest_of
from sitegen.writing.disk import Disk, Kind, explained
from sitegen.writing.manifest import path_key
from sitegen.writing.paths import ancestors, check_name

__all__ = ["Laid", "Tray"]


@dataclass(frozen=True, slots=True)
class Laid:
    """A file of the site that waits beside the output, or stands in it already."""

    digest: str
    """Of its bytes."""
    staged: str
    """Its name in the staging folder; empty when it stays as it is."""


class Tray:
    """Takes files for the folder `output`, of which `owned` are the keys of ours; can be sent to other processes."""

    def __init__(self, output: str, staging: str, owned: AbstractSet[str], disk: Disk) -> None:
        self._output = output
        self._staging = staging
        self._owned = owned
        self._disk = disk
        self._real: dict[str, bool] = {}

    def lay(self, path: str, data: bytes) -> Laid:
        """Write the file `path` of the site into the staging folder, unless it stands in the output with these bytes.

        Raises OutputError for a path that could lie outside the output, and when the disk refuses.
        """
        check_name(path)
        key = path_key(path)
        with explained(f"{self._output}/{path}"):
            if self._stands(key, path, data):
                return Laid(digest_of(data), "")
            self._disk.write_new(f"{self._staging}/{key}", data)
        return Laid(digest_of(data), key)

    def _stands(self, key: str, path: str, data: bytes) -> bool:
        """Whether our file at `path` has these bytes. The disk is asked, not the manifest: files get tampered with."""
        return (
            key in self._owned
            and all(map(self._is_folder, ancestors(path)))
            and self._disk.holds(f"{self._output}/{path}", data)
        )

    def _is_folder(self, path: str) -> bool:
        if path not in self._real:
            self._real[path] = self._disk.kind(f"{self._output}/{path}") is Kind.FOLDER
        return self._real[path]
