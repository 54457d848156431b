"""Collecting the routes of a plan: every path checked, every collision refused before anything is rendered."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from urllib.parse import unquote

from sitegen.errors import Finding, Place, as_warning
from sitegen.model import Source
from sitegen.planning.addresses import collision_key, fault_of, output_path
from sitegen.view import Route, SiteView, View

__all__ = ["Routes"]

_NOWHERE = Place()


_Claim = tuple[Route, Place | Source]
"""A route, and the place that a message about it names; of a source, the place where it says its address."""


@dataclass(slots=True)
class Routes:
    """The routes of one plan as they are claimed."""

    site: SiteView
    faults: list[Finding] = field(default_factory=list)
    _claims: list[_Claim] = field(default_factory=list)

    def add(
        self, url: str, template: str, page: object, place: Place | Source = _NOWHERE, *, dots: bool = False
    ) -> None:
        """Claim `url`, a normalised path of the site, for `page`; `dots` allows names that start with a dot."""
        if fault := fault_of(url, dots=dots):
            what = f"nothing can be published at {unquote(url)}: {fault}"
            self.faults.append(Finding(what, _place(place), hint="choose another slug, permalink or name"))
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
        return tuple(sorted([route for route, _ in self._claims], key=attrgetter("output")))


def _collisions(claims: list[_Claim], held: list[_Claim]) -> Iterator[Finding]:
    """Yield a finding for each output path that is claimed twice, or claimed as a file and needed as a folder."""
    claimed: dict[str, _Claim] = {}
    rivals: dict[str, list[_Claim]] = {}
    waiting = {place.path for _, place in held}
    for claim in chain(claims, held):
        key = collision_key(claim[0].output)
        if (first := claimed.setdefault(key, claim)) is not claim:
            rivals.setdefault(key, [first]).append(claim)
    for each in rivals.values():
        yield _collision(each, waiting)
    folders: dict[str, _Claim] = {}
    for key, claim in claimed.items():
        folder = key.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = claim
            folder = folder.rpartition("/")[0]
    for key in sorted(claimed.keys() & folders.keys()):
        why = "one needs as a folder what the other needs as a file"
        yield _collision([*rivals.get(key, [claimed[key]]), folders[key]], waiting, why)


def _collision(claims: list[_Claim], waiting: Collection[str], why: str = "") -> Finding:
    """Return an error about those that are on the site, or a warning, in the file that is held back, about all."""
    live = [claim for claim in claims if claim[1].path not in waiting]
    rivals = [(route, _place(place)) for route, place in (live if len(live) > 1 else claims)]
    outputs = sorted({route.output for route, _ in rivals})
    first = min(
        (place for _, place in rivals if place.path and (len(live) > 1 or place.path in waiting)), default=_NOWHERE
    )
    names = sorted(str(place) if place.path else f"what sitegen makes at {unquote(route.url)}"
                   for route, place in rivals)  # fmt: skip
    what = f"{len(rivals)} sources would become one file, {' and '.join(outputs)}: {', '.join(names)}"
    why = why or (
        "" if len(outputs) == 1 else "some file systems hold names that differ by case or Unicode form for the same"
    )
    finding = Finding(what, first, why=why, hint="give all but one of them another slug or permalink")
    return finding if len(live) > 1 else as_warning(finding)


def _place(place: Place | Source) -> Place:
    """Return where a source says its own address: `permalink`, else `slug`, else the top of the file."""
    if isinstance(place, Place):
        return place
    permalink, slug = place.place("permalink"), place.place("slug")
    return permalink if permalink.line else slug
