"""What the bar at the foot of a page says about it: how it stands, how long it is, what a writer may want to mend."""

from collections.abc import Iterator
from typing import Any

from sitegen.errors import Finding, Severity
from sitegen.model import State
from sitegen.planning import Early, Plan
from sitegen.preview.error_page import sentence
from sitegen.preview.snapshot import Snapshot
from sitegen.view import PagePage, PostPage, Route

__all__ = ["data_of_finding", "details_of"]

_LONGEST_TITLE = 60
"""Characters: search results show about 600 pixels of a title."""
_STATES = {State.DRAFT: "Draft", State.SCHEDULED: "Scheduled", State.EXPIRED: "Expired"}


def data_of_finding(finding: Finding) -> dict[str, Any]:
    """Return a finding for the client script, as JSON holds it."""
    place = finding.place
    return {
        "place": str(place) if place.path else "",
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "what": sentence(finding.what),
        "why": finding.why,
        "hint": finding.hint,
        "excerpt": finding.excerpt.rstrip() if finding.excerpt.strip() else "",
    }


def details_of(snapshot: Snapshot, route: Route) -> dict[str, Any] | None:
    """Return what the bar says of a post or a page, as JSON holds it; None for what nobody wrote."""
    page, edition = route.view.page, snapshot.edition
    if edition is None or not isinstance(page, PostPage | PagePage) or not route.sources:
        return None
    path, plan = route.sources[0], edition.plan
    early = next((one for one in plan.early if one.path == path), None)
    return {
        "path": path,
        "state": _state(early) if early else "",
        "words": page.words if isinstance(page, PostPage) else 0,
        "minutes": page.minutes if isinstance(page, PostPage) else 0,
        "hints": [*_hints(page), *_warnings(plan, path)],
        "next": _next_draft(plan, path),
    }


def _state(early: Early) -> str:
    word = _STATES[early.state]
    if early.state is State.DRAFT or early.date is None:
        return word
    return f"{word}, {'due' if early.state is State.SCHEDULED else 'since'} {early.date:%Y-%m-%d %H:%M}"


def _hints(page: PostPage | PagePage) -> Iterator[dict[str, Any]]:
    if len(page.title) > _LONGEST_TITLE:
        what = f"The title has {len(page.title)} characters, of which search results show about {_LONGEST_TITLE}"
        yield {"what": what, "line": 0, "fix": "put what matters first, or shorten it"}
    if isinstance(page, PostPage) and not page.summary:
        fix = "write `summary:` in its front matter; its opening sentences stand in for it"
        yield {"what": "It has no summary", "line": 0, "fix": fix}


def _warnings(plan: Plan, path: str) -> Iterator[dict[str, Any]]:
    for finding in plan.findings:
        if finding.place.path == path:
            stops = "a build stops at it" if finding.severity is Severity.ERROR else ""
            fix = "; ".join(filter(None, (finding.hint, stops)))
            yield {"what": sentence(finding.what), "line": finding.place.line, "fix": fix}


def _next_draft(plan: Plan, path: str) -> str:
    """Return the address of the draft behind the post at `path`, by path, and of the first behind the last."""
    drafts = sorted((one.path, one.url) for one in plan.early if one.state is State.DRAFT and one.path != path)
    return next((url for other, url in drafts if other > path), drafts[0][1] if drafts else "")
