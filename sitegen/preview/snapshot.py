"""What the preview answers from at one moment: a table of addresses, or the faults that are in the way of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from urllib.parse import unquote

from sitegen.build import Edition
from sitegen.errors import Finding, SitegenError
from sitegen.view import Route

__all__ = ["Snapshot", "findings_of"]

_NOT_FOUND = "/404.html"


@dataclass(frozen=True)
class Snapshot:
    """The site as it was after one change; another replaces it as a whole.

    One thread renders: what was rendered is kept in it.
    """

    number: str
    """Identifies it among all that were ever served here, so that a page can tell that it is an old one."""
    edition: Edition | None = None
    """The last one that could be planned; None when there was none yet."""
    findings: tuple[Finding, ...] = ()
    """Why the site as it is now cannot be planned; empty when it can."""
    _rendered: dict[str, bytes] = field(default_factory=dict)

    @property
    def base(self) -> str:
        """Path of the front page: `/` or `/blog/`."""
        return self.edition.config.base if self.edition else "/"

    @cached_property
    def routes(self) -> Mapping[str, Route]:
        """Routes by their path below the base path, percent-decoded."""
        planned = self.edition.plan.by_url if self.edition else {}
        return MappingProxyType({unquote(url): route for url, route in planned.items()})

    @property
    def not_found(self) -> Route | None:
        """The site's own page for an address that it does not have."""
        return self.routes.get(_NOT_FOUND)

    def render(self, route: Route) -> bytes:
        """Return the file at a route. Raises SitegenError, or anything else when sitegen itself has a fault."""
        if self.edition is None:
            raise KeyError(route.url)
        if route.url not in self._rendered:
            self._rendered[route.url] = self.edition.render(route)
        return self._rendered[route.url]


def findings_of(error: Exception) -> tuple[Finding, ...]:
    """Return what to tell a writer about an exception: its findings, or that sitegen has a fault."""
    if isinstance(error, SitegenError):
        return error.findings
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    hint = "`sitegen build --debug` shows where it happens; please report it"
    return (Finding(what, why="this is a bug in sitegen, whatever the site says", hint=hint),)
