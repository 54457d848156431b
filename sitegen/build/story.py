"""The story of a build: read, plan, render, write."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from sitegen.build.edition import plan_edition
from sitegen.build.memory import convert_from, converter_key
from sitegen.build.pool import convert_over, open_pool
from sitegen.build.stale import Progress, render_stale
from sitegen.cache import Cache
from sitegen.config import Config, read_config
from sitegen.errors import ConfigError, Finding, Severity, StrictError
from sitegen.freshness import (
    Ledger,
    engine_key,
    ledger_file,
    manifest_digest,
    read_ledger,
    request_of,
    settled,
    stamp_of,
    stamps_of_inputs,
    write_ledger,
)
from sitegen.reading import Selection
from sitegen.rendering import Fingerprints
from sitegen.report import Report
from sitegen.writing import OutputFolder, check_output

__all__ = ["build_site"]


def build_site(
    root: Path,
    selection: Selection,
    *,
    output: Path | None = None,
    clean: bool = False,
    strict: bool = False,
    verify: bool = False,
    cache: bool = True,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Build the site in the folder `root` into `output` (default: the configured folder below `root`).

    `clean` writes every file again; `verify` renders every file and compares it with the one that is published;
    `strict` turns warnings into errors; without `cache`, and to verify, every text is converted again; `jobs` is how many processes convert Markdown. Raises SitegenError with every
    fault found; the output folder is then as it was.
    """
    started = perf_counter()
    stamps = stamps_of_inputs(root)
    config = read_config(root)
    inputs = settled(stamps, root / ".sitegen")
    folder_path = output or root / config.output
    _check_output(folder_path, root, config if output is None else None)
    ledger = None if clean or verify else read_ledger(ledger_file(root, output))
    # The pool first: processes forked later would share the lock on the output folder.
    with (
        open_pool(jobs) as pool,
        OutputFolder.open(folder_path, clean=clean) as folder,
        Cache.open(root / ".sitegen" if cache and not verify else None) as memory,
    ):
        trusted = ledger is not None and not folder.recovered and ledger.manifest == manifest_digest(folder_path)
        edition = plan_edition(root, selection, config, convert_from(memory, converter_key(), convert_over(pool)))
        memory.prune()
        findings = (*edition.theme.findings, *edition.plan.findings)
        if strict:
            _refuse_warnings(findings)
        fingerprints = Fingerprints(edition.theme, engine_key())
        known = ledger.outputs if ledger and trusted else {}
        rendered = render_stale(edition, folder, folder_path, known, fingerprints, progress)
        result = folder.commit()
        report = Report(
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
            reasons=rendered.reasons,
        )
        made = Ledger(
            request=request_of(
                drafts=selection.drafts, future=selection.future, expired=selection.expired, strict=strict
            ),
            output=str(output.absolute() if output else config.output),
            made=selection.now,
            due=edition.plan.next_change,
            inputs=inputs,
            manifest=manifest_digest(folder_path),
            outputs={path: (stamp_of(folder_path / path), mark) for path, mark in rendered.marks.items()},
            memory=report.remembered(),
        )
    write_ledger(ledger_file(root, output), made)
    # Of this build only, and no fault of the site: neither remembered nor an error under `strict`.
    return replace(report, findings=(*report.findings, *memory.findings))


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


def _refuse_warnings(findings: Iterable[Finding]) -> None:
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        raise StrictError(*warnings)
