"""What happens in a preview, told to whoever started it; the preview itself prints nothing."""

from sitegen.errors import Finding
from sitegen.records import dataclass

__all__ = ["Event", "Failed", "Noticed", "PortTaken", "Reloaded", "Serving", "Unsure"]


@dataclass(frozen=True, slots=True)
class Serving:
    """The preview answers now; the first answers wait until the site is read."""

    url: str
    """Where a browser on this machine finds it: `http://127.0.0.1:8000/`."""
    lan_url: str = ""
    """Where other devices of the network find it; empty when they cannot."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """A change is in the answers, and the open pages were told."""

    changed: tuple[str, ...]
    """Paths of changed files and folders below the site's folder, sorted."""
    seconds: float
    """From noticing the change to telling the pages."""
    reloaded: int = 0
    """Open pages that show something of it, and load themselves again."""
    swapped: int = 0
    """Open pages that stay, and load style sheets or pictures again or drop an error."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The site cannot be read or planned, or a page cannot be rendered; pages show the findings."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something is wrong with what was written, but every page can be shown; the bar of its page says it too."""

    findings: tuple[Finding, ...]
    """Errors that would stop a build, and warnings: those that were not there before the change, or when it began."""


@dataclass(frozen=True, slots=True)
class PortTaken:
    """Something else listens on `port`; the preview tries `next`."""

    port: int
    next: int


@dataclass(frozen=True, slots=True)
class Unsure:
    """The site lies where the system does not tell every change."""

    kind: str
    """Of the file system, as the system names it: `9p`, `nfs4`."""


Event = Serving | Reloaded | Failed | Noticed | PortTaken | Unsure
