"""Which files are out of date: those whose fingerprint, or whose stamp in the output folder, is not as it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.build.pool import render_over
from sitegen.errors import Finding, SitegenError, raise_all
from sitegen.freshness import stamp_of
from sitegen.rendering import Fingerprints, changed_parts
from sitegen.writing import OutputFolder

__all__ = ["TAMPERED", "Progress", "Rendered", "render_stale"]

Progress = Callable[[int, int], None]
"""Is told how many files of how many are done."""

TAMPERED = "it is not as the last build left it"
_SAID = {
    "sitegen": "sitegen or a library that it renders with",
    "theme": "the theme",
    "content": "the text",
    "newer": "the newer post",
    "older": "the older post",
    "date": "the date",
    "crumbs": "the section",
    "entries": "the posts in it",
    "digest": "the file",
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was found out of date."""

    marks: Mapping[str, str]
    """Fingerprint of every file of the site, by output path."""
    reasons: dict[str, str]
    """Why each file was rendered, by output path."""


def render_stale(
    edition: Edition,
    folder: OutputFolder,
    output: Path,
    known: Mapping[str, tuple[str, str]],
    fingerprints: Fingerprints,
    *,
    asked: str,
    jobs: int,
    progress: Progress | None,
) -> Rendered:
    """Stage every file that is out of date, and keep the others.

    `known` are the (stamp, fingerprint) that the last build left, empty when nothing is known of it; `asked` is a
    reason to render the others too; `jobs` is how many processes render. Raises all errors of rendering together, each
    failing place once.
    """
    routes = edition.plan.routes
    marks = {route.output: fingerprints.of(route) for route in routes}
    reasons = {path: _reason(known.get(path), mark, f"{output}/{path}") or asked for path, mark in marks.items()}
    stale = [number for number, route in enumerate(routes) if reasons[route.output]]
    for path, reason in reasons.items():
        if not reason:
            folder.keep(path)
    errors: dict[tuple[Finding, ...], SitegenError] = {}
    for done, (number, result) in enumerate(zip(stale, render_over(jobs, edition, stale), strict=True), start=1):
        if isinstance(result, SitegenError):
            # One fault in a partial fails on every page that shows it; the first page is enough to find it.
            errors.setdefault(tuple(replace(finding, why="") for finding in result.findings), result)
        else:
            folder.stage(routes[number].output, result, routes[number].sources)
        if progress is not None:
            progress(done, len(stale))
    raise_all(errors.values())
    return Rendered(marks, {path: reason for path, reason in reasons.items() if reason})


def _reason(known: tuple[str, str] | None, mark: str, path: str) -> str:
    """Return why a file is out of date, or nothing when it is not."""
    if known is None:
        return "no earlier build is known to have written it"
    stamp, old = known
    if old != mark:
        changed = changed_parts(old, mark) or ("content",)  # none of the short digests differs once in 2**32 times
        return f"{_joined([_SAID.get(name, name.removeprefix('site.')) for name in changed])} changed"
    return "" if stamp == stamp_of(path) else TAMPERED


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
