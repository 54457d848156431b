"""What a build did, as a value: printed by the command line, remembered by the ledger."""

from collections.abc import Mapping
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sitegen.errors import Finding, Place, Severity
from sitegen.model import Held, State
from sitegen.records import dataclass

__all__ = ["Profile", "Report"]


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the time of a build went, in seconds; the longest first."""

    phases: tuple[tuple[str, float], ...]
    """In the order of a build."""
    texts: tuple[tuple[str, float], ...]
    """Converting the text of a post, by its path."""
    templates: tuple[tuple[str, int, float], ...]
    """Rendering with a template: its name, how many files, all of them together."""
    files: tuple[tuple[str, float], ...]
    """Rendering a file, by output path."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    output: Path
    posts: int
    pages: int
    written: tuple[str, ...]
    """Output paths, sorted."""
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    """Warnings and notices."""
    recovered: bool
    """An earlier build had been interrupted while it published, and was finished first."""
    seconds: float
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why each file was rendered, by output path: `title changed`."""
    profile: Profile | None = None
    """If it was asked for."""

    @property
    def files(self) -> int:
        """Number of files in the output folder that are ours."""
        return len(self.written) + len(self.unchanged)

    def remembered(self) -> dict[str, Any]:
        """Return what a later build that finds nothing changed reports again, as plain data."""
        return {
            "posts": self.posts,
            "pages": self.pages,
            "held": [
                {**asdict(held), "state": held.state.value, "date": held.date and held.date.isoformat()}
                for held in self.held
            ],
            "findings": [{**asdict(finding), "severity": finding.severity.value} for finding in self.findings],
        }

    @classmethod
    def unchanged_since(cls, memory: Mapping[str, Any], output: Path, files: tuple[str, ...], seconds: float) -> Self:
        """Return the report of a build that found nothing to do; `memory` is what `remembered` returned."""
        return cls(
            output=output,
            posts=memory["posts"],
            pages=memory["pages"],
            written=(),
            unchanged=files,
            deleted=(),
            held=tuple(_held(entry) for entry in memory["held"]),
            findings=tuple(_finding(entry) for entry in memory["findings"]),
            recovered=False,
            seconds=seconds,
        )


def _held(entry: Mapping[str, Any]) -> Held:
    date = datetime.fromisoformat(entry["date"]) if entry["date"] else None
    return Held(**{**entry, "state": State(entry["state"]), "date": date})


def _finding(entry: Mapping[str, Any]) -> Finding:
    return Finding(**{**entry, "place": Place(**entry["place"]), "severity": Severity(entry["severity"])})
