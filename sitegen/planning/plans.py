"""The plan: every output file that will exist, made before anything is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sitegen.errors import Finding
from sitegen.model import Held
from sitegen.view import Route, SiteView

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """Everything that will be published."""

    routes: tuple[Route, ...]
    """By output path."""
    site: SiteView
    held: tuple[Held, ...]
    """What is in content/ and not published, with the reason."""
    findings: tuple[Finding, ...]
    """Warnings and notices of reading and planning, by place."""
    posts: int
    pages: int
    next_change: datetime | None
    """When time alone next makes this another plan."""

    @cached_property
    def by_url(self) -> Mapping[str, Route]:
        """Routes by path of the site, for the preview."""
        return {route.url: route for route in self.routes}
