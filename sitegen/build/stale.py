"""Which files are out of date: those whose fingerprint, or whose stamp in the output folder, is not as it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.errors import Finding, SitegenError, raise_all
from sitegen.freshness import stamp_of
from sitegen.rendering import Fingerprints, changed_parts
from sitegen.view import Route
from sitegen.writing import OutputFolder

__all__ = ["Progress", "Rendered", "render_stale"]

Progress = Callable[[int, int], None]
"""Is told how many files of how many are done."""

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
    reasons: Mapping[str, str]
    """Why each file was rendered, by output path."""


def render_stale(
    edition: Edition,
    folder: OutputFolder,
    output: Path,
    known: Mapping[str, tuple[str, str]],
    fingerprints: Fingerprints,
    progress: Progress | None,
) -> Rendered:
    """Stage every file that is out of date, and keep the others.

    `known` are the (stamp, fingerprint) that the last build left, empty when nothing is known of it. Raises all errors
    of rendering together, each failing place once.
    """
    marks: dict[str, str] = {}
    reasons: dict[str, str] = {}
    errors: dict[tuple[Finding, ...], SitegenError] = {}
    routes = edition.plan.routes
    for done, route in enumerate(routes, start=1):
        mark = marks[route.output] = fingerprints.of(route)
        reason = _reason(known.get(route.output), mark, f"{output}/{route.output}")
        if not reason:
            folder.keep(route.output)
            continue
        reasons[route.output] = reason
        try:
            _stage(edition, folder, route)
        except SitegenError as error:
            # One fault in a partial fails on every page that shows it; the first page is enough to find it.
            key = tuple(replace(finding, why="") for finding in error.findings)
            errors.setdefault(key, error)
        if progress is not None:
            progress(done, len(routes))
    raise_all(errors.values())
    return Rendered(marks, reasons)


def _stage(edition: Edition, folder: OutputFolder, route: Route) -> None:
    folder.stage(route.output, edition.render(route), route.sources)


def _reason(known: tuple[str, str] | None, mark: str, path: str) -> str:
    """Return why a file is out of date, or nothing when it is not."""
    if known is None:
        return "no earlier build is known to have written it"
    stamp, old = known
    if old != mark:
        changed = changed_parts(old, mark)
        return f"{_joined([_SAID.get(name, name.removeprefix('site.')) for name in changed])} changed"
    return "" if stamp == stamp_of(path) else "it is not as the last build left it"


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
