"""Noticing saves: LiveReload's watcher, replaced by one on the system's own file events.

LiveReload's own looks at every file again and again, tells one file at a time and loses saves that follow each other
within 3 s. Watched are the folder of the site for its configuration, and `content/` and `themes/` with all below them;
so what stands beside them (an environment, a repository, the output) costs nothing and is never noticed.

Systems lose events: of files in a folder that was only just made, or when a thousand come at once. So after changes all
stamps are compared with those before, and what nobody told is told then.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from livereload.watcher import Watcher
from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from sitegen.freshness import Stamps, changed_paths, stamps_of_site

__all__ = ["SecondLook", "SiteWatcher", "concerns"]

_CONFIGS = frozenset({"sitegen.toml", "pyproject.toml"})
_FOLDERS = ("content", "themes")
# What editors leave beside a file while they save it: Emacs, vim, Kate, GIMP, macOS.
_LEFTOVER = re.compile(r".*~|\.#.*|#.*#|.*\.sw[a-z]|.*\.bak|4913|\.DS_Store")
_SECRET = (".git", ".env")

_DEBOUNCE_MS = 100
_STEP_MS = 20
"""A batch ends when nothing happened for this long."""
_WAKE_MS = 50
"""How soon a watch tells that it has begun."""
_AGAIN_S = 0.05
"""Before a watch that has failed is begun again."""
_JOIN_S = 0.3
_SECOND_LOOK_S = 1.0
"""After the last change: then all stamps are compared, once."""
_FIRST_LOOK_S = 3.0
"""After the beginning: then all stamps are taken, when the site of 10,000 posts that somebody waits for is there."""

_Batch = set[tuple[Change, str]]
"""What happened, and the path below the site's folder."""


def concerns(path: str) -> bool:
    """Whether a change of `path`, below the site's folder, can change a page."""
    *folders, name = path.split("/")
    if not folders:
        return name in _CONFIGS
    if folders[0] not in _FOLDERS or _LEFTOVER.fullmatch(name):
        return False
    # As in reading: dot-names are published from static folders, those of repositories and secrets never.
    hidden = _SECRET if "static" in folders else (".",)
    return not any(part.startswith(hidden) for part in path.split("/"))


class _UnreadableError(Exception):
    """A file whose name is no text was changed: watchfiles gives up then, and tells nothing of the batch."""


class SiteWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Tells `on_change` the changed paths below `root`, in batches, in a thread of its own.

    The first batch, an empty one, comes as soon as nothing can be missed any more: the time to read the site. So does
    the first after a watched folder was made, removed or replaced.
    """

    def __init__(self, root: Path, on_change: Callable[[frozenset[str]], object], *, polling: bool = False) -> None:
        super().__init__()
        self._root = root.resolve()
        self._on_change = on_change
        self._stopped = Event()
        self._renewed = Event()
        self._threads: list[Thread] = []
        self._second_look = SecondLook(self._root)
        self._polling: bool | None = polling or None  # watchfiles knows systems on which it has to
        self.watch(str(self._root))  # without a task LiveReload would watch the working directory

    def start(self, _callback: Callable[[], object]) -> bool:
        """Begin; True tells LiveReload that it need not ask for changes."""
        self._spawn(self._watch_root)
        return True

    def examine(self) -> tuple[None, None]:
        """Say that nothing has changed, to whoever asks: changes are told."""
        return None, None

    def stop(self) -> None:
        """End the threads."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(_JOIN_S)

    def _spawn(self, target: Callable[[], None]) -> None:
        thread = Thread(target=target, name="sitegen-watching", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _watch_root(self) -> None:
        begun = False
        while not self._stopped.is_set():
            with suppress(_UnreadableError):
                for batch in self._batches((self._root,), self._stopped, recursive=False):
                    if not begun:
                        begun = True
                        self._spawn(self._watch_folders)
                    self._tell_of_root(batch)
            self._renewed.set()  # what happened together with it was not told: let anything have changed
            self._stopped.wait(_AGAIN_S)

    def _tell_of_root(self, batch: _Batch) -> None:
        if any(path in _FOLDERS for change, path in batch if change is not Change.modified):
            self._renewed.set()
        if changed := _changed(batch):
            self._second_look.tell(changed)
            self._on_change(changed)

    def _watch_folders(self) -> None:
        while not self._stopped.is_set():
            self._renewed.clear()
            folders = tuple(folder for name in _FOLDERS if (folder := self._root / name).is_dir())
            begun = False
            try:
                for batch in self._batches(folders, _Either(self._stopped, self._renewed), recursive=True):
                    changed = _changed(batch)
                    if changed or not begun:
                        begun = True
                        self._second_look.tell(changed)
                        self._on_change(changed)
                    elif missed := self._second_look.missed():
                        self._on_change(missed)
            except FileNotFoundError:
                continue  # gone since it was seen
            except _UnreadableError:
                self._stopped.wait(_AGAIN_S)  # the next watch begins with telling that anything has changed
            except OSError:
                if self._polling:
                    raise
                self._polling = True  # the system has no more watches to give

    def _batches(self, folders: tuple[Path, ...], stop: "Event | _Either", *, recursive: bool) -> Iterator[_Batch]:
        """Yield changes below the root as they come; an empty set when the watch has begun, and now and then.

        Raises _UnreadableError, and OSError when the system cannot watch.
        """
        watching = watch(
            *folders,
            watch_filter=None,  # the default one refuses every site in a folder such as .venv or .cache
            debounce=_DEBOUNCE_MS,
            step=_STEP_MS,
            rust_timeout=_WAKE_MS,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
            recursive=recursive,
            force_polling=self._polling,
        )
        try:
            for changes in watching:
                yield {(change, Path(path).relative_to(self._root).as_posix()) for change, path in changes}
        except WatchfilesRustInternalError as error:
            raise _UnreadableError from error


def _changed(batch: _Batch) -> frozenset[str]:
    return frozenset(path for _, path in batch if concerns(path))


class SecondLook:
    """Compares the stamps of all files with those before, some time after the last change."""

    def __init__(self, root: Path, after: float = _SECOND_LOOK_S, first: float = _FIRST_LOOK_S) -> None:
        self._root = root
        self._after = after
        self._first = first
        self._due: float | None = None
        self._told: set[str] = set()
        self._stamps: Stamps | None = None

    def tell(self, paths: Collection[str]) -> None:
        """Take note of a change that was told; of a folder, all below it counts as told, and with no path, all."""
        self._told.update(paths)
        if not paths:
            self._stamps = None
        self._due = monotonic() + (self._after if paths else self._first)

    def missed(self) -> frozenset[str]:
        """Return the paths that differ and were not told; none before it is time to look."""
        if self._due is None or monotonic() < self._due:
            return frozenset()
        self._due = None
        before, self._stamps = self._stamps, stamps_of_site(self._root)
        told, self._told = frozenset(self._told), set()
        if before is None:
            return frozenset()
        differing = {path.rstrip("/") for path in changed_paths(before, self._stamps)}
        return frozenset(path for path in differing if concerns(path) and told.isdisjoint(_upwards(path)))


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and the folders above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


class _Either:
    """An event that is set when one of two is."""

    def __init__(self, *events: Event) -> None:
        self._events = events

    def is_set(self) -> bool:
        return any(event.is_set() for event in self._events)
