"""Reports for machines: what `--json` prints. Keys are added, never renamed or removed.

Always: `ok`, `exit_code`, `findings`; each finding has `severity`, `path` (below the site's folder, "" for none),
`line` and `column` (from 1, 0 for none), `what`, `why`, `hint`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sitegen.errors import ExitCode, Finding

if TYPE_CHECKING:
    from sitegen.desk.listing import Entry
    from sitegen.model import Held
    from sitegen.report import Report

__all__ = ["json_of_failure", "json_of_list", "json_of_report", "json_of_theme"]


def json_of_failure(exit_code: ExitCode, findings: Iterable[Finding]) -> str:
    """Return the report of a command that failed."""
    return _json({"ok": False, "exit_code": int(exit_code), "findings": [_finding(finding) for finding in findings]})


def json_of_report(report: "Report") -> str:
    """Return the report of a build.

    `output` is the output folder, absolute; `posts`, `pages` and `files` are numbers; `written`, `unchanged` and
    `deleted` are lists of paths below it; `reasons` maps each path that was rendered to why; `held` is like the
    `posts` of `list`; `recovered` says that an interrupted build was finished first; `seconds` is how long it took;
    `profile`, null unless it was asked for, has `phases`, `texts`, `templates` (with the number of files) and `files`,
    each a list of names and seconds.
    """
    return _json(
        {
            "ok": True,
            "exit_code": int(ExitCode.OK),
            "findings": [_finding(finding) for finding in report.findings],
            "output": str(report.output.resolve()),
            "posts": report.posts,
            "pages": report.pages,
            "files": report.files,
            "written": report.written,
            "unchanged": report.unchanged,
            "deleted": report.deleted,
            "held": [_entry(held) for held in report.held],
            "recovered": report.recovered,
            "reasons": dict(sorted(report.reasons.items())),
            "seconds": round(report.seconds, 3),
            "profile": asdict(report.profile) if report.profile else None,
        }
    )


def json_of_list(entries: Iterable["Entry"]) -> str:
    """Return the report of `list`.

    Each of `posts` has `state` (`draft`, `scheduled`, `expired`, `live`), `date` (ISO 8601, or null), `path`, `title`
    and `reason`; pages are among them.
    """
    posts = [_entry(entry) for entry in entries]
    return _json({"ok": True, "exit_code": int(ExitCode.OK), "findings": [], "posts": posts})


def json_of_theme(findings: Iterable[Finding], **facts: object) -> str:
    """Return the report of a command of `theme`; the help of each says which facts it has."""
    found = [_finding(finding) for finding in findings]
    return _json({"ok": True, "exit_code": int(ExitCode.OK), "findings": found, **facts})


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "what": finding.what,
        "why": finding.why,
        "hint": finding.hint,
    }


def _entry(entry: "Entry | Held") -> dict[str, Any]:
    return {
        "state": entry.state.value,
        "date": entry.date and entry.date.isoformat(),
        "path": entry.path,
        "title": entry.title,
        "reason": entry.reason,
    }


def _json(report: Mapping[str, Any]) -> str:
    # ASCII alone: it survives every terminal encoding, and names that are no text.
    return json.dumps(report, indent=2)
