"""What the preview answers from at one moment: a table of addresses, or the faults that are in the way of one."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from urllib.parse import unquote

from sitegen.build import Edition
from sitegen.errors import Finding, SitegenError
from sitegen.records import dataclass
from sitegen.theme import Theme
from sitegen.view import Route

__all__ = ["Snapshot", "findings_of"]

_NOT_FOUND = "/404.html"


@dataclass(frozen=True, slots=True)
class _Rendered:
    """A file, and what it was made from."""

    route: Route
    theme: Theme
    data: bytes


@dataclass(frozen=True)
class Snapshot:
    """The site as it was after one change; another replaces it as a whole.

    One thread renders: what was rendered is kept in it.
    """

    number: str
    """Identifies it among all that were ever served here: in an address it makes browsers load a file again."""
    edition: Edition | None = None
    """The last one that could be planned; None when there was none yet."""
    findings: tuple[Finding, ...] = ()
    """Why the site as it is now cannot be planned; empty when it can."""
    _earlier: Mapping[str, _Rendered] = field(default_factory=dict)
    """What was rendered before, by path of the site."""

    def follow(self, number: str, edition: Edition | None, findings: tuple[Finding, ...]) -> "Snapshot":
        """Return the next one, which may use what was rendered in this one."""
        return Snapshot(number, edition, findings, self.__dict__.get("_rendered", self._earlier))

    @cached_property
    def _rendered(self) -> dict[str, _Rendered]:
        """What was rendered by path of the site, now or earlier, as far as it can be of use."""
        if self.edition is None:
            return {}
        site, theme = self.edition.plan.site, self.edition.theme
        return {
            url: one
            for url, one in tuple(self._earlier.items())
            if one.theme is theme and (one.route.view.site is site or one.route.view.site is None)
        }

    @property
    def base(self) -> str:
        """Path of the front page: `/` or `/blog/`."""
        return self.edition.config.base if self.edition else "/"

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Routes by their path below the base path, percent-decoded. Looking one up may make it."""
        return _Decoded(self.edition.plan.by_url if self.edition else {})

    def addresses_of(self, path: str) -> tuple[str, ...]:
        """Return the root-relative addresses at which the file `path` below the site's folder is published."""
        if self.edition is None:
            return ()
        return tuple(self.base[:-1] + url for url in self.edition.plan.urls_of(path))

    @property
    def not_found(self) -> Route | None:
        """The site's own page for an address that it does not have."""
        return self.routes.get(_NOT_FOUND)

    def render(self, route: Route) -> bytes:
        """Return the file at a route. Raises SitegenError, or anything else when sitegen itself has a fault."""
        if self.edition is None:
            raise KeyError(route.url)
        known = self._rendered.get(route.url)
        if known is None or known.route is not route:
            known = self._rendered[route.url] = _Rendered(route, self.edition.theme, self.edition.render(route))
        return known.data


class _Decoded(Mapping[str, Route]):
    """Routes by path, percent-decoded."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self._routes = routes
        self._encoded = {unquote(url): url for url in routes if "%" in url}

    def __getitem__(self, path: str) -> Route:
        if "%" in path or path in self._encoded:
            path = self._encoded[path]
        return self._routes[path]

    def __iter__(self) -> Iterator[str]:
        return map(unquote, self._routes)

    def __len__(self) -> int:
        return len(self._routes)


def findings_of(error: Exception) -> tuple[Finding, ...]:
    """Return what to tell a writer about an exception: its findings, or that sitegen has a fault."""
    if isinstance(error, SitegenError):
        return error.findings
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    hint = "`sitegen build --debug` shows where it happens; please report it"
    return (Finding(what, why="this is a bug in sitegen, whatever the site says", hint=hint),)
