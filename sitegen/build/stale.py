"""Which files are out of date: those whose fingerprint, or whose stamp in the output folder, is not as it was."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from sitegen.build.edition import Edition
from sitegen.build.pool import Crew
from sitegen.build.showing import Showings, Shown
from sitegen.build.stopwatch import Stopwatch
from sitegen.errors import Finding, OutputError, SitegenError, raise_all
from sitegen.freshness import stamp_of
from sitegen.records import dataclass
from sitegen.rendering import Fingerprints
from sitegen.view import Route
from sitegen.writing import Laid, OutputFolder, Tray

__all__ = ["TAMPERED", "Press", "Progress", "Rendered", "begin_showing", "render_stale"]

Progress = Callable[[int, int], None]
"""Is told how many files of how many are done."""

_MANY = 400
"""Files that are worth more processes for sure, when all of them are rendered: 0.3 s of work."""
TAMPERED = "it is not as the last build left it"
_SAID = {
    "sitegen": "sitegen or a library that it renders with",
    "template": "the template",
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
class _Made:
    """What became of one route."""

    mark: str
    reason: str
    """Why its file is out of date; empty when it is not."""
    laid: Laid | None = None
    error: SitegenError | None = None
    seconds: float = 0.0
    """That rendering took."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was found out of date."""

    marks: dict[str, str]
    """Fingerprint of every file of the plan, by output path."""
    reasons: dict[str, str]
    """Why each file was rendered, by output path."""

    def add(self, output: str, made: _Made) -> None:
        """Note what became of a file."""
        self.marks[output] = made.mark
        if made.reason:
            self.reasons[output] = made.reason


@dataclass(frozen=True, slots=True)
class Press:
    """All that it takes to find out whether a route's file is out of date, and to make it anew."""

    edition: Edition
    output: Path
    tray: Tray
    fingerprints: Fingerprints
    known: Mapping[str, tuple[str, str]]
    """The (stamp, fingerprint) that the last build left, by output path; empty when nothing is known of it."""
    showings: Showings
    asked: str
    """A reason to render every file; empty when there is none."""

    def make(self, number: int) -> _Made:
        """Return what becomes of the route with that number."""
        route = self.edition.plan.routes[number]
        mark = self.fingerprints.of(route)
        reason = self._reason(route, mark) or self.asked
        if not reason:
            return _Made(mark, "")
        started = perf_counter()
        try:
            data = self.edition.render(route)
            seconds = perf_counter() - started
            return _Made(mark, reason, self.tray.lay(route.output, data), seconds=seconds)
        except SitegenError as error:
            return _Made(mark, reason, error=error)

    def show(self, asked: tuple[int, bool]) -> Shown | None:
        """Return what the route with that number shows of posts, and whether its text is wanted; None if nothing."""
        number, encode = asked
        return self.showings.of(self.edition.plan.routes[number], encode=encode)

    def _reason(self, route: Route, mark: str) -> str:
        """Return why a file is out of date, or nothing when it is not."""
        if route.output not in self.known:
            return "no earlier build is known to have written it"
        stamp, old = self.known[route.output]
        if old != mark:
            # None of the short checks differs once in 65,536 times.
            changed = self.fingerprints.changes(route, old, mark) or ("content",)
            return f"{_joined([_SAID.get(name, name.removeprefix('site.')) for name in changed])} changed"
        return "" if stamp == stamp_of(f"{self.output}/{route.output}") else TAMPERED


def render_stale(
    press: Press, crew: Crew[Press], folder: OutputFolder, watch: Stopwatch, progress: Progress | None
) -> Rendered:
    """Stage every file that is out of date, and keep the others.

    The `crew` looks and renders; `watch` takes the times. Raises all errors of rendering together, each failing place
    once.
    """
    routes = press.edition.plan.routes
    rendered = Rendered({}, {})
    errors: dict[tuple[Finding, ...], SitegenError] = {}
    at_once = len(routes) >= _MANY and (not press.known or bool(press.asked))
    all_made = crew.do(Press.make, range(len(routes)), at_once=at_once)
    for done, (route, made) in enumerate(zip(routes, all_made, strict=True), start=1):
        rendered.add(route.output, made)
        if made.error:
            _note(made.error, errors)
        elif made.laid:
            folder.take(route.output, made.laid, route.sources)
            watch.rendered(route.output, route.template, made.seconds)
        else:
            folder.keep(route.output)
        if progress is not None:
            progress(done, len(routes))
    for path in press.edition.kept:
        folder.keep(path)
    raise_all(errors.values())
    return rendered


def begin_showing(press: Press, crew: Crew[Press], rendered: Rendered) -> Iterator[Shown | None]:
    """Have the crew find out what each route of the plan shows of posts; texts are wanted of those that are new."""
    routes = press.edition.plan.routes
    asked = [(number, route.output in rendered.reasons) for number, route in enumerate(routes)]
    return crew.begin(Press.show, asked)


def _note(error: SitegenError, errors: dict[tuple[Finding, ...], SitegenError]) -> None:
    """Keep an error, unless its place has failed before: raise at once what would fail everywhere."""
    if isinstance(error, OutputError):
        raise error  # a disk that is full stays full
    # One fault in a partial fails on every page that shows it; the first page is enough to find it.
    errors.setdefault(tuple(replace(finding, why="") for finding in error.findings), error)


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
