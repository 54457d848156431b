"""The story of a build: read, plan, render, write."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from sitegen.build.at_rest import read_at_rest
from sitegen.build.edition import Edition, plan_edition
from sitegen.build.index import Index, index_file, index_of, keep_routes, read_index, write_index
from sitegen.build.memory import Conversion, converter_key
from sitegen.build.patching import Before, patch_edition
from sitegen.build.pool import convert_over
from sitegen.build.stale import TAMPERED, Progress, Rendered, render_stale
from sitegen.build.stopwatch import Stopwatch
from sitegen.cache import Cache
from sitegen.config import Config, read_config
from sitegen.errors import ConfigError, Finding, Severity, StrictError
from sitegen.freshness import (
    Ledger,
    Stamps,
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
from sitegen.writing import OutputFolder, WriteReport, check_output

__all__ = ["build_site"]

_TO_VERIFY = "to compare it with what it should be"


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
    profile: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Build the site in the folder `root` into `output` (default: the configured folder below `root`).

    `clean` writes every file again; `verify` renders every file and compares it with the one that is published;
    `strict` turns warnings into errors; without `cache`, and to verify, every text is converted again; `jobs` is how
    many processes convert and render; `profile` takes the times, of one text after another in one process. Raises
    SitegenError with every fault found; the output folder is then as it was.
    """
    started, watch = perf_counter(), Stopwatch()
    jobs = 1 if profile else jobs
    stamps = stamps_of_inputs(root)
    config = read_config(root)
    target = output or root / config.output
    _check_output(target, root, config if output is None else None)
    inputs = settled(stamps, root / ".sitegen")
    file = ledger_file(root, output)
    request = request_of(drafts=selection.drafts, future=selection.future, expired=selection.expired, strict=strict)
    ledger = read_ledger(file)
    asked = "every file is written again" if clean else _TO_VERIFY if verify else ""
    with (
        OutputFolder.open(target, clean=clean) as folder,
        Cache.open(root / ".sitegen" if cache and not verify else None) as memory,
    ):
        known = _known(ledger, target, folder)
        before = None
        if ledger and known and not asked and ledger.request == request and not ledger.is_due(selection.now):
            before = _before(ledger, file, target, memory)
        conversion = Conversion(memory, converter_key(), convert_over(jobs), watch if profile else None)

        def read(stamps: Stamps) -> tuple[Edition, Index]:
            patched = patch_edition(root, config, before, stamps, conversion) if before else None
            return patched or _whole_edition(root, selection, config, conversion, memory, watch)

        (edition, index), inputs = read_at_rest(root, stamps, inputs, read)
        if strict:
            _refuse_warnings(edition.findings)
        marks = Fingerprints(edition.theme, engine_key())
        with watch.phase("rendering"):
            rendered = render_stale(
                edition, folder, target, known, marks, asked=asked, jobs=jobs, watch=watch, progress=progress
            )
        with watch.phase("publishing"):
            result = folder.commit()
        report = _report(edition, target, rendered, result, perf_counter() - started)
        with watch.phase("remembering"):
            keep_routes(memory, edition.plan.routes, rendered.marks)
            write_index(index_file(file), index)
            write_ledger(
                file,
                Ledger(
                    request=request,
                    output=str(output.absolute() if output else config.output),
                    made=selection.now,
                    due=edition.plan.next_change,
                    inputs=inputs,
                    manifest=manifest_digest(target),
                    outputs={path: known[path] for path in edition.kept} | _stamped(target, rendered),
                    memory=report.remembered(),
                ),
            )
    # Of this build only, and no fault of the site: neither remembered nor an error under `strict`.
    findings = (*report.findings, *memory.findings)
    return replace(report, findings=findings, profile=watch.profile(edition.manuscripts) if profile else None)


def _whole_edition(
    root: Path, selection: Selection, config: Config, conversion: Conversion, cache: Cache, watch: Stopwatch
) -> tuple[Edition, Index]:
    edition = plan_edition(root, selection, config, conversion, watch)
    cache.prune()
    return edition, index_of(edition, conversion.keys)


def _stamped(target: Path, rendered: Rendered) -> dict[str, tuple[str, str]]:
    return {path: (stamp_of(f"{target}/{path}"), mark) for path, mark in rendered.marks.items()}


def _before(ledger: Ledger, file: Path, target: Path, cache: Cache) -> Before | None:
    """Return what the last build left, if every file of it is still there."""
    index = read_index(index_file(file))
    return Before(ledger, index, cache) if index and ledger.stands(target) else None


def _known(ledger: Ledger | None, target: Path, folder: OutputFolder) -> Mapping[str, tuple[str, str]]:
    """Return what the last build left, if nothing has happened to the output folder that its ledger does not know."""
    trusted = ledger is not None and not folder.recovered and ledger.manifest == manifest_digest(target)
    return ledger.outputs if ledger and trusted else {}


def _report(edition: Edition, target: Path, rendered: Rendered, result: WriteReport, seconds: float) -> Report:
    return Report(
        output=target,
        posts=edition.plan.posts,
        pages=edition.plan.pages,
        written=result.written,
        unchanged=result.unchanged,
        deleted=result.deleted,
        held=edition.plan.held,
        findings=edition.findings,
        recovered=result.recovered,
        seconds=seconds,
        reasons=rendered.reasons | {path: TAMPERED for path in result.written if rendered.reasons[path] == _TO_VERIFY},
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


def _refuse_warnings(findings: Iterable[Finding]) -> None:
    warnings = [finding for finding in findings if finding.severity is Severity.WARNING]
    if warnings:
        raise StrictError(*warnings)
