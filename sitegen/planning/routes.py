"""Collecting the routes of a plan: every path checked, every collision refused before anything is rendered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from sitegen.errors import Finding, Place, as_warning
from sitegen.model import Source
from sitegen.planning.addresses import collision_key, fault_of, output_path
from sitegen.view import Route, SiteView, View

__all__ = ["Routes", "place_of_url"]


@dataclass(slots=True)
class Routes:
    """The routes of one plan as they are claimed, each with the place that a message about it names."""

    site: SiteView
    faults: list[Finding] = field(default_factory=list)
    _claims: list[tuple[Route, Place]] = field(default_factory=list)

    def add(self, url: str, template: str, page: object, place: Place | None = None, *, dots: bool = False) -> None:
        """Claim `url`, a normalised path of the site, for `page`; `dots` allows names that start with a dot."""
        place = place or Place()
        if fault := fault_of(url, dots=dots):
            what = f"nothing can be published at {unquote(url)}: {fault}"
            self.faults.append(Finding(what, place, hint="choose another slug, permalink or name"))
            return
        site = self.site if template.endswith(".html") else None
        sources = (place.path,) if place.path else ()
        view = View(site, page)  # type: ignore[arg-type]  # every caller passes one of the page classes
        self._claims.append((Route(url, output_path(url), template, view, sources), place))

    def urls(self) -> Iterator[str]:
        """Yield every path that was claimed."""
        return (route.url for route, _ in self._claims)

    def claimed(self) -> Iterator[Route]:
        """Yield every route that was claimed so far."""
        return (route for route, _ in self._claims)

    def finish(self, held: "Routes") -> tuple[Route, ...]:
        """Return the routes by output path, after noting every collision; one with what is `held` back is a warning."""
        self.faults.extend(_collisions(self._claims, held._claims))
        return tuple(sorted((route for route, _ in self._claims), key=lambda route: route.output))


def _collisions(claims: list[tuple[Route, Place]], held: list[tuple[Route, Place]]) -> Iterator[Finding]:
    """Yield a finding for each output path that is claimed twice, or claimed as a file and needed as a folder."""
    claimed: dict[str, list[tuple[Route, Place]]] = {}
    waiting = {place.path for _, place in held}
    for claim in (*claims, *held):
        claimed.setdefault(collision_key(claim[0].output), []).append(claim)
    for rivals in claimed.values():
        if len(rivals) > 1:
            yield _collision(rivals, waiting)
    folders: dict[str, tuple[Route, Place]] = {}
    for key, (claim, *_) in claimed.items():
        for end in (index for index, letter in enumerate(key) if letter == "/"):
            folders.setdefault(key[:end], claim)
    for key in sorted(claimed.keys() & folders.keys()):
        why = "one needs as a folder what the other needs as a file"
        yield _collision([*claimed[key], folders[key]], waiting, why)


def _collision(rivals: list[tuple[Route, Place]], waiting: Collection[str], why: str = "") -> Finding:
    """Return an error about those that are on the site, or a warning, in the file that is held back, about all."""
    live = [rival for rival in rivals if rival[1].path not in waiting]
    if len(live) > 1:
        rivals = live
    outputs = sorted({route.output for route, _ in rivals})
    place = min(
        (place for _, place in rivals if place.path and (len(live) > 1 or place.path in waiting)), default=Place()
    )
    names = sorted(str(claim_place) if claim_place.path else f"what sitegen makes at {unquote(route.url)}"
                   for route, claim_place in rivals)  # fmt: skip
    what = f"{len(rivals)} sources would become one file, {' and '.join(outputs)}: {', '.join(names)}"
    why = why or (
        "" if len(outputs) == 1 else "some file systems hold names that differ by case or Unicode form for the same"
    )
    finding = Finding(what, place, why=why, hint="give all but one of them another slug or permalink")
    return finding if len(live) > 1 else as_warning(finding)


def place_of_url(source: Source) -> Place:
    """Return where a source says its own address: `permalink`, else `slug`, else the top of the file."""
    permalink, slug = source.place("permalink"), source.place("slug")
    return permalink if permalink.line else slug
