"""The story of a build: read, plan, render, write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from sitegen.build.edition import Edition, plan_edition
from sitegen.build.pool import convert_over, open_pool
from sitegen.config import Config, read_config
from sitegen.errors import ConfigError, Finding, Severity, SitegenError, StrictError, raise_all
from sitegen.model import Held
from sitegen.reading import Selection
from sitegen.writing import OutputFolder, check_output

__all__ = ["Report", "build_site"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    output: Path
    posts: int
    pages: int
    written: tuple[str, ...]
    """Output paths, sorted."""
    unchanged: tuple[str, ...]
    deleted: tuple[str, ...]
    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    """Warnings and notices."""
    recovered: bool
    """An earlier build had been interrupted while it published, and was finished first."""
    seconds: float

    @property
    def files(self) -> int:
        """Number of files in the output folder that are ours."""
        return len(self.written) + len(self.unchanged)


def build_site(
    root: Path,
    selection: Selection,
    *,
    output: Path | None = None,
    clean: bool = False,
    strict: bool = False,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Build the site in the folder `root` into `output` (default: the configured folder below `root`).

    `clean` writes every file again; `strict` turns warnings into errors; `jobs` is how many processes convert
    Markdown; `progress` is told how many files of how many are rendered. Raises SitegenError with every fault found;
    the output folder is then as it was.
    """
    started = perf_counter()
    config = read_config(root)
    folder_path = output or root / config.output
    _check_output(folder_path, root, config if output is None else None)
    # The pool first: processes forked later would share the lock on the output folder.
    with open_pool(jobs) as pool, OutputFolder.open(folder_path, clean=clean) as folder:
        edition = plan_edition(root, selection, config, convert_over(pool))
        findings = (*edition.theme.findings, *edition.plan.findings)
        if strict:
            _refuse_warnings(findings)
        _render_all(edition, folder, progress)
        result = folder.commit()
    return Report(
        output=folder_path,
        posts=edition.plan.posts,
        pages=edition.plan.pages,
        written=result.written,
        unchanged=result.unchanged,
        deleted=result.deleted,
        held=edition.plan.held,
        findings=findings,
        recovered=folder.recovered,
        seconds=perf_counter() - started,
    )


def _check_output(output: Path, root: Path, config: Config | None) -> None:
    """Refuse an output folder that would harm something; name the line when the configuration asks for it."""
    try:
        check_output(output, root, (root / "content", root / "themes"))
    except ConfigError as error:
        if config is None:
            raise
        raise ConfigError(
            *(config.finding(("output",), f.what, why=f.why, hint=f.hint) for f in error.findings)
        ) from error


def _render_all(edition: Edition, folder: OutputFolder, progress: Callable[[int, int], None] | None) -> None:
    """Render every route into the stage; raise all template errors together, one per failing place."""
    errors: dict[tuple[Finding, ...], SitegenError] = {}
    routes = edition.plan.routes
    for done, route in enumerate(routes, start=1):
        try:
            data = edition.render(route)
        except SitegenError as error:
            # One fault in a partial fails on every page that shows it; the first page is enough to find it.
            key = tuple(replace(finding, why="") for finding in error.findings)
            errors.setdefault(key, error)
            continue
        folder.stage(route.output, data, route.sources)
        if progress is not None:
            progress(done, len(routes))
    raise_all(errors.values())


def _refuse_warnings(findings: Iterable[Finding]) -> None:
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        raise StrictError(*warnings)
