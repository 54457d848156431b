"""What happens in a preview, told to whoever started it; the preview itself prints nothing."""

import enum
from dataclasses import dataclass

from sitegen.errors import Finding

__all__ = ["Event", "Failed", "PortTaken", "Reloaded", "Serving", "What"]


class What(enum.Enum):
    """What open pages do about a change."""

    PAGES = "pages"
    """They are loaded again."""
    STYLES = "styles"
    """They stay, and only their stylesheets are loaded again."""


@dataclass(frozen=True, slots=True)
class Serving:
    """The preview answers now; the first answers wait until the site is read."""

    url: str
    """Where a browser on this machine finds it: `http://127.0.0.1:8000/`."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """A change is in the answers, and the open pages were told."""

    changed: tuple[str, ...]
    """Paths of changed files and folders below the site's folder, sorted."""
    seconds: float
    """How long reading and planning took."""
    what: What


@dataclass(frozen=True, slots=True)
class Failed:
    """The site cannot be read or planned, or a page cannot be rendered; pages show the findings."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class PortTaken:
    """Something else listens on `port`; the preview tries `next`."""

    port: int
    next: int


Event = Serving | Reloaded | Failed | PortTaken
