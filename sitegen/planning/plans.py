"""The plan: every output file that will exist, made before anything is rendered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from sitegen.errors import Finding
from sitegen.model import Held, State
from sitegen.records import dataclass
from sitegen.view import Route, SiteView

__all__ = ["Early", "Plan"]


@dataclass(frozen=True, slots=True)
class Early:
    """A post that is not live: it is on the site only because somebody asked for it."""

    path: str
    url: str
    """Root-relative."""
    state: State
    date: datetime | None
    """Of a scheduled post: when it is due; of an expired one: when it ran out."""


@dataclass(frozen=True)
class Plan:
    """Everything that will be published."""

    routes: Sequence[Route]
    """By output path."""
    site: SiteView
    held: tuple[Held, ...]
    """What is in content/ and not published, with the reason."""
    findings: tuple[Finding, ...]
    """Warnings and notices of reading and planning, by place; in the preview broken links too, which are errors."""
    posts: int
    pages: int
    next_change: datetime | None
    """When time alone next makes this another plan."""
    early: tuple[Early, ...] = ()
    """Drafts, scheduled and expired posts that are on the site."""

    @cached_property
    def by_url(self) -> Mapping[str, Route]:
        """Routes by path of the site, for the preview."""
        return {route.url: route for route in self.routes}

    @property
    def templates(self) -> Mapping[str, str]:
        """Templates of routes by path of the site, in order of output path."""
        return {route.url: route.template for route in self.routes}

    def urls_of(self, path: str) -> tuple[str, ...]:
        """Return the paths of the site that come from the source `path`."""
        return tuple(route.url for route in self.routes if path in route.sources)
