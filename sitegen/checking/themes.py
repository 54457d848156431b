"""Checking a theme: its templates, its words and its skins, and every page that it makes of sites in every state."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sitegen.checking.pages import page_faults
from sitegen.checking.states import NOW, StateSite, state_sites
from sitegen.checking.templates import template_findings
from sitegen.checking.words import word_findings
from sitegen.config import read_config
from sitegen.errors import Finding, Place, Severity, SitegenError
from sitegen.planning import plan_site
from sitegen.planning.dates import plural_forms
from sitegen.reading import Selection, read_site
from sitegen.records import dataclass
from sitegen.rendering import render
from sitegen.store import Store
from sitegen.theme import Theme, check_pages, read_chain, read_theme
from sitegen.theme.options import Locate, unplaced
from sitegen.view import PageView, Route

__all__ = ["Checked", "check_theme"]

_MOST: Final = 25
"""Pages that are rendered of one template in one state."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a theme found."""

    theme: str
    states: int
    """Sites that were planned."""
    pages: int
    """Pages that were rendered and read."""
    findings: tuple[Finding, ...]
    """Errors and warnings, sorted."""


def check_theme(root: Path, name: str, options: Mapping[str, object], locate: Locate = unplaced) -> Checked:
    """Check the theme `name` as the site in `root` would have it, with its `theme_options`.

    Writes nothing into the site. Raises ConfigError or TemplateError when the theme cannot be read at all.
    """
    theme = read_theme(root, name, options, "en", locate)
    check_pages(theme)
    chain = read_chain(root, name, locate)
    findings = [*_skin_findings(root, name, options, chain.skins), *template_findings(theme), *word_findings(chain)]
    known = {(finding.what, finding.place) for finding in findings}
    told: dict[tuple[str, Place], _Told] = {}
    states = pages = 0
    for state in state_sites():
        if missing := _missing_dates(state.language):
            findings.append(missing)
            continue
        states += 1
        for route, faults in _pages(root, name, options, state):
            pages += 1
            for fault in faults:
                if (fault.what, fault.place) not in known:
                    told.setdefault((fault.what, fault.place), _Told(fault, route.url, state.name)).count += 1
    findings += [each.finding for each in told.values()]
    ordered = sorted(dict.fromkeys(findings), key=lambda finding: (finding.severity.value, finding.sort_key))
    return Checked(name, states, pages, tuple(ordered))


def _missing_dates(language: str) -> Finding | None:
    """Return a notice when sites in `language` cannot be built here: their dates need an extra."""
    try:
        plural_forms(language)
    except SitegenError as error:
        what = f"not checked in the language {language}: its dates need the extra i18n"
        return Finding(what, hint=error.findings[0].hint, severity=Severity.NOTICE)
    return None


@dataclass(slots=True)
class _Told:
    """A fault, and where it was met first."""

    first: Finding
    url: str
    state: str
    count: int = 0

    @property
    def finding(self) -> Finding:
        more = f", and on {self.count - 1:,} more pages" if self.count > 1 else ""
        return replace(self.first, why=f"on {self.url} of a site with this state: {self.state}{more}")


def _skin_findings(root: Path, name: str, options: Mapping[str, object], skins: Iterable[str]) -> Iterator[Finding]:
    """Yield what is wrong with skins other than the chosen one."""
    for skin in skins:
        try:
            read_theme(root, name, {**options, "skin": skin}, "en")
        except SitegenError as error:
            yield from error.findings


def _pages(
    root: Path, name: str, options: Mapping[str, object], state: StateSite
) -> Iterator[tuple[Route, Sequence[Finding]]]:
    """Yield the pages of a site in one state, each with what is wrong with it."""
    with TemporaryDirectory(prefix="sitegen-check-") as folder:
        site_folder = Path(folder)
        _write(site_folder, state)
        config = read_config(site_folder)
        theme, store = read_theme(root, name, options, state.language), Store()
        site = read_site(site_folder, config, Selection(now=NOW), store)
        by_template: dict[str, list[Route]] = {}
        for route in plan_site(site, config, theme, store).routes:
            if isinstance(route.view.page, PageView):
                by_template.setdefault(route.template, []).append(route)
        for routes in by_template.values():
            for route in islice(routes, _MOST):
                yield route, list(_findings(route, theme, store))


def _write(folder: Path, state: StateSite) -> None:
    for path, text in {"sitegen.toml": state.config, **state.files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def _findings(route: Route, theme: Theme, store: Store) -> Iterator[Finding]:
    try:
        html = render(route, theme, store).decode()
    except SitegenError as error:
        yield from error.findings
        return
    place = Place(theme.templates[route.template].path)
    assert isinstance(route.view.page, PageView)  # noqa: S101  # `_pages` takes no other
    for fault in page_faults(html, route.view.page.direction):
        yield Finding(fault.what, place, hint=fault.hint, excerpt=fault.excerpt, severity=Severity.ERROR)
