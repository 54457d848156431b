"""Following the site: after a change it is read and planned again, in a thread of its own."""

import secrets
from collections.abc import Callable, Collection, Iterable
from threading import Event, Lock
from time import perf_counter

from sitegen.build import Edition
from sitegen.errors import Finding, Severity
from sitegen.preview.snapshot import Snapshot, findings_of
from sitegen.preview.worker import Worker
from sitegen.records import dataclass

__all__ = ["Change", "Editions", "Planner"]

Planner = Callable[[Collection[str]], Edition]
"""Returns the site as it is now, of which these files or folders may have changed; without one, any may have."""

_SETTLING_S = 0.25
"""How long an error waits for the rest of a save before it is shown: longer than a batch of changes takes."""


@dataclass(frozen=True, slots=True)
class Change:
    """A snapshot that has just replaced another, and why."""

    snapshot: Snapshot
    before: Snapshot | None
    """None: this is the first one."""
    paths: tuple[str, ...]
    """What was changed, below the site's folder, sorted."""
    seconds: float
    """How long reading and planning took."""

    @property
    def news(self) -> tuple[Finding, ...]:
        """What is wrong now, though all can be shown, and was not before; with the first snapshot, errors alone."""
        if self.snapshot.edition is None:
            return ()
        before = self.before.edition.plan.findings if self.before and self.before.edition else None
        told = {(finding.what, finding.place.path) for finding in before or ()}
        loud = {Severity.ERROR, Severity.WARNING} if before is not None else {Severity.ERROR}
        return tuple(
            finding
            for finding in self.snapshot.edition.plan.findings
            if finding.severity in loud and (finding.what, finding.place.path) not in told
        )


class Editions:
    """The current snapshot, and what makes the next.

    `plan` reads and plans the site, of which the paths that it is given may have changed, without one any; `on_change`
    is told each replacement, in the thread that made it.
    """

    def __init__(self, plan: Planner, on_change: Callable[[Change], None]) -> None:
        self._plan = plan
        self._on_change = on_change
        self._worker = Worker("sitegen-planning")
        self._lock = Lock()
        self._pending: set[str] | None = None
        self._anything = False
        self._more = Event()
        self.current: Snapshot | None = None
        """Replaced by one assignment; None until the site was read for the first time."""

    def changed(self, paths: Iterable[str]) -> None:
        """Plan the site again, since these files or folders may have changed; with no path, any may have.

        May be called in any thread.
        """
        told = set(paths)
        with self._lock:
            scheduled = self._pending is not None
            self._pending = (self._pending or set()) | told
            self._anything = self._anything or not told
            self._more.set()
        if not scheduled:
            self._worker.submit(self._renew)

    def stop(self, seconds: float) -> None:
        """Plan nothing any more; wait for what is being planned, but not longer than `seconds`."""
        self._worker.stop(seconds)

    def _renew(self) -> None:
        with self._lock:
            # What is changed from here on is a change of its own, and makes the site be planned once more.
            paths, self._pending = self._pending or set(), None
            anything, self._anything = self._anything, False
            self._more.clear()
        started = perf_counter()
        before = self.current
        edition, findings = self._planned(() if anything else paths)
        if findings and self._more.wait(_SETTLING_S):
            # It was half of a save, or a file that an editor had there for a moment. These paths are told with the
            # change that followed.
            self.changed(paths)
            return
        edition = edition or (before.edition if before else None)
        number = secrets.token_hex(8)  # an open page may outlive the server, and its numbers
        snapshot = before.follow(number, edition, findings) if before else Snapshot(number, edition, findings)
        self.current = snapshot
        self._on_change(Change(snapshot, before, tuple(sorted(paths)), perf_counter() - started))

    def _planned(self, paths: Collection[str]) -> tuple[Edition | None, tuple[Finding, ...]]:
        try:
            return self._plan(paths), ()
        except Exception as error:  # noqa: BLE001  a fault of ours is shown, and the preview lives on
            return None, findings_of(error)
