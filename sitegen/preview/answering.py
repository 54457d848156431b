"""Answers as pages get them: the current snapshot's, and where that has none, the last that was good."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from sitegen.errors import Finding
from sitegen.preview.details import data_of_finding, details_of
from sitegen.preview.editions import Editions
from sitegen.preview.pages import Answer, answer
from sitegen.preview.snapshot import Snapshot, findings_of
from sitegen.preview.tabs import Shown, digest_of_page

__all__ = ["Answering"]

_KEPT = 64
"""Pages that are kept to be shown behind an error."""


class Answering:
    """Answers requests from the current snapshot; to be used in one thread.

    `on_failure` is told why a page could not be rendered.
    """

    def __init__(self, editions: Editions, on_failure: Callable[[tuple[Finding, ...]], None]) -> None:
        self._editions = editions
        self._on_failure = on_failure
        self.faults: tuple[Finding, ...] = ()
        """What is wrong with the theme, on whatever page."""
        self._good: dict[str, Answer] = {}
        """The last pages that could be rendered, by target, the latest last."""

    @property
    def snapshot(self) -> Snapshot:
        """The current snapshot, of which there must be one."""
        snapshot = self._editions.current
        assert snapshot is not None  # noqa: S101  no request is answered before the site was read
        return snapshot

    def respond(self, target: str) -> tuple[Answer, dict[str, Any] | None]:
        """Return the answer to a request for `target`, and of a page what its script is to know."""
        stamp = self.snapshot.number  # before the page: one that is too old only has the page told once more
        now, found = self._look(target)
        if not found.is_page:
            return found, None
        findings = () if found.status == HTTPStatus.INTERNAL_SERVER_ERROR else now.findings
        edition = self.snapshot.edition
        return found, {
            "shown": now.digest,
            "stamp": stamp,
            "findings": [data_of_finding(finding) for finding in findings],
            "post": details_of(self.snapshot, found.route) if found.route else None,
            "edits": bool(edition and edition.config.editor),
        }

    def look(self, target: str) -> Shown:
        """Return what is shown at `target` now."""
        return self._look(target)[0]

    def _look(self, target: str) -> tuple[Shown, Answer]:
        snapshot = self.snapshot
        found = answer(snapshot, target)
        findings = snapshot.findings or self.faults or found.findings
        if found.findings:
            if self._editions.current is not snapshot:
                # A file was saved between planning and rendering; by now it is planned as it is.
                return self._look(target)
            self._on_failure(found.findings)
            found = self._good.get(target, found)
        elif found.is_page and not snapshot.findings:
            self._keep(target, found)
        sources = found.route.sources if found.route else ()
        return Shown(digest_of_page(found.status, found.body), found.body, found.status, findings, sources), found

    def rehearse(self, step: Callable[[], object]) -> tuple[Finding, ...]:
        """Do a step of a rehearsal; return what is wrong."""
        try:
            step()
        except Exception as error:  # noqa: BLE001  a fault of ours is shown, and the preview lives on
            return findings_of(error)
        return ()

    def _keep(self, target: str, found: Answer) -> None:
        self._good.pop(target, None)
        self._good[target] = found
        if len(self._good) > _KEPT:
            del self._good[next(iter(self._good))]
