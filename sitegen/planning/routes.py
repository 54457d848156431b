"""Collecting the routes of a plan: every path checked, every collision refused before anything is rendered."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import Any
from urllib.parse import unquote

from sitegen.errors import Finding, Place, as_warning
from sitegen.model import Source
from sitegen.planning.addresses import collision_key, fault_of, output_path
from sitegen.view import Route, SiteView, View

__all__ = ["Claim", "Later", "Routes"]

_NOWHERE = Place()
_MOST_NEW = 50
"""New addresses that are looked at one by one."""

Later = partial
"""A page that is made when it is asked for: the function that makes it, and its arguments."""


@dataclass(slots=True)
class Claim:
    """A file that will exist, its page perhaps still to be made."""

    url: str
    output: str
    key: str
    """The form of `output` in which it collides with others."""
    template: str
    place: Place | Source
    """The place that a message about it names; of a source, the place where it says its address."""
    modified: datetime | None
    """When its newest post was published or changed; None where nobody knows."""
    hidden: bool
    """Whether search engines are asked to leave it out."""
    _page: Any

    def make(self) -> None:
        """Make the page now: that notes its links."""
        if isinstance(self._page, partial):
            self._page = self._page()

    @property
    def page(self) -> Any:  # noqa: ANN401  one of the page classes
        """The page, made at the first time."""
        self.make()
        return self._page

    def route(self, site: SiteView) -> Route:
        """Return the route of a file, in pages for people with what all of them share."""
        view = View(site if self.template.endswith(".html") else None, self.page)
        sources = (self.place.path,) if self.place.path else ()
        return Route(self.url, self.output, self.template, view, sources)


@dataclass(slots=True)
class Routes:
    """The routes of one plan as they are claimed."""

    site: SiteView
    known: Mapping[str, Claim] = field(default_factory=dict)
    """Claims of an earlier plan by path of the site: what was right with them, and among them, is still."""
    faults: list[Finding] = field(default_factory=list)
    _claims: list[Claim] = field(default_factory=list)

    def add(
        self,
        url: str,
        template: str,
        page: object,
        place: Place | Source = _NOWHERE,
        *,
        dots: bool = False,
        modified: datetime | None = None,
        hidden: bool = False,
    ) -> None:
        """Claim `url`, a normalised path of the site, for `page`, or for what `Later` makes of it.

        `dots` allows names that start with a dot; `modified` and `hidden` are for the sitemap.
        """
        known = None if "/." in url else self.known.get(url)
        if known is not None:
            self._claims.append(Claim(url, known.output, known.key, template, place, modified, hidden, page))
            return
        if fault := fault_of(url, dots=dots):
            what = f"nothing can be published at {unquote(url)}: {fault}"
            self.faults.append(Finding(what, _place(place), hint="choose another slug, permalink or name"))
            return
        output = output_path(url)
        self._claims.append(Claim(url, output, collision_key(output), template, place, modified, hidden, page))

    def urls(self) -> Iterator[str]:
        """Yield every path that was claimed."""
        return (claim.url for claim in self._claims)

    def claimed(self) -> tuple[Claim, ...]:
        """Return all that was claimed so far."""
        return tuple(self._claims)

    def finish(self, held: "Routes") -> tuple[Claim, ...]:
        """Return the claims by output path, after noting every collision; one with what is `held` back is a warning."""
        if held._claims or not self._are_apart():
            self.faults.extend(_collisions(self._claims, held._claims))
        return tuple(sorted(self._claims, key=attrgetter("output")))

    def _are_apart(self) -> bool:
        """Whether no two claims can collide, found out by looking at the new ones: known ones never did."""
        new = [claim for claim in self._claims if claim.url not in self.known]
        keys = {claim.key for claim in new}
        folders = {folder for key in keys for folder in _folders_of(key)}
        one_each = len({claim.url for claim in self._claims}) == len(self._claims) and len(keys) == len(new)
        if not one_each or len(new) > _MOST_NEW or keys & folders:
            return False
        wanted, below = keys | folders, tuple(f"{key}/" for key in keys)
        known = (claim.key for claim in self._claims if claim.url in self.known)
        return not any(key in wanted or key.startswith(below) for key in known)


def _folders_of(key: str) -> Iterator[str]:
    """Yield the folders above a file, the innermost first."""
    while key := key.rpartition("/")[0]:
        yield key


def _collisions(claims: Iterable[Claim], held: Iterable[Claim]) -> Iterator[Finding]:
    """Yield a finding for each output path that is claimed twice, or claimed as a file and needed as a folder."""
    claimed: dict[str, Claim] = {}
    rivals: dict[str, list[Claim]] = {}
    waiting = {claim.place.path for claim in held}
    for claim in chain(claims, held):
        if (first := claimed.setdefault(claim.key, claim)) is not claim:
            rivals.setdefault(claim.key, [first]).append(claim)
    for each in rivals.values():
        yield _collision(each, waiting)
    folders: dict[str, Claim] = {}
    for key, claim in claimed.items():
        for folder in _folders_of(key):
            if folder in folders:
                break
            folders[folder] = claim
    for key in sorted(claimed.keys() & folders.keys()):
        why = "one needs as a folder what the other needs as a file"
        yield _collision([*rivals.get(key, [claimed[key]]), folders[key]], waiting, why)


def _collision(claims: list[Claim], waiting: Collection[str], why: str = "") -> Finding:
    """Return an error about those that are on the site, or a warning, in the file that is held back, about all."""
    live = [claim for claim in claims if claim.place.path not in waiting]
    rivals = [(claim, _place(claim.place)) for claim in (live if len(live) > 1 else claims)]
    outputs = sorted({claim.output for claim, _ in rivals})
    first = min(
        (place for _, place in rivals if place.path and (len(live) > 1 or place.path in waiting)), default=_NOWHERE
    )
    names = sorted(str(place) if place.path else f"what sitegen makes at {unquote(claim.url)}"
                   for claim, place in rivals)  # fmt: skip
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
