"""A site in a browser, answered from memory; and what can be asked of a page that is open there."""

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Route
from states import STATES, Paper

from sitegen.preview.media_types import media_type

__all__ = ["VIEWPORTS", "Newsstand", "View", "axe_faults", "overflow", "view_of"]

_OVERFLOW: Final = "document.documentElement.scrollWidth - innerWidth"
_HIDDEN: Final = "partially obscured by another element"
# WCAG 2.2 at level AA, and what axe's makers recommend beyond it.
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at."""

    width: int
    scheme: Literal["light", "dark"]
    direction: Literal["ltr", "rtl"]

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{self.direction}"


_DIRECTIONS: Final[tuple[Literal["ltr", "rtl"], ...]] = ("ltr", "rtl")
_SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
VIEWPORTS: Final = tuple(
    View(width, scheme, direction) for direction, scheme, width in product(_DIRECTIONS, _SCHEMES, (320, 768, 1280))
)


def view_of(state: str) -> View:
    """Return the one of the viewports in which the suite looks at a state: each comes up as often as the others."""
    return VIEWPORTS[list(STATES).index(state) * 5 % len(VIEWPORTS)]


@dataclass(slots=True)
class Newsstand:
    """One browser page that reads one site at a time."""

    page: Page
    """Its console is listened to from now on."""
    asked: list[str] = field(default_factory=list)
    """Addresses of all requests since the page was opened."""
    said: list[str] = field(default_factory=list)
    """What the console said: violations of the policy, files that are missing."""

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._hear(message))  # Playwright writes into what it is given

    def open(self, paper: Paper, url: str, view: View = VIEWPORTS[2], *, own_font: bool = False) -> Page:
        """Open a page of the site and wait until all of it is there.

        `own_font`: everything is set in the theme's headlines' font, so that it is as long on every machine.
        """
        page, address = self.page, urlsplit(paper.edition.config.address)
        origin = f"{address.scheme}://{address.netloc}"

        def answer(route: Route) -> None:
            self.asked.append(route.request.url)
            path = route.request.url.removeprefix(origin).split("#")[0]
            body = paper.file(path)
            if body is None:
                route.fulfill(status=404, body="")
                return
            if view.direction == "rtl":
                body = body.replace(b'dir="ltr"', b'dir="rtl"')
            if own_font and path.endswith(".css"):
                body = re.sub(rb"(--(?:serif|sans|mono|head)):", rb"\1:Headline,", body)
            route.fulfill(body=body, content_type=media_type("index.html" if path.endswith("/") else path))

        page.goto("about:blank")  # else the icon of the last page may be asked for when nothing answers
        self.asked.clear()
        self.said.clear()
        page.unroute_all()
        page.route("**/*", answer)
        page.set_viewport_size({"width": view.width, "height": 900})
        page.emulate_media(color_scheme=view.scheme, reduced_motion="reduce")
        page.goto(origin + url, wait_until="load")
        page.evaluate("document.fonts.ready")
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        self.said.append(f"{message.text} {message.location['url']}")


def overflow(page: Page) -> int:
    """Return by how many CSS pixels the page is wider than the window."""
    return max(int(page.evaluate(_OVERFLOW)), 0)


@cache
def _axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def axe_faults(page: Page) -> list[str]:
    """Return the violations of accessibility rules that axe-core finds, and what it could not decide."""
    page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete'], preload: false})",
        _RULES,
    )
    faults = [
        f"{kind}: {rule['id']}: {node['target'][0]}: {' '.join(node['failureSummary'].split())}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]
    # What is scrolled out of its box is behind the box for axe; the tokens' contrast has a test of its own.
    return [fault for fault in faults if not (fault.startswith("incomplete: color-contrast") and _HIDDEN in fault)]
