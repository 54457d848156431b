"""The story of a build: read, plan, render, write."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sitegen.build.at_rest import read_at_rest
from sitegen.build.edition import Edition, plan_edition
from sitegen.build.index import Index, index_file, write_index
from sitegen.build.memory import Conversion, converter_key
from sitegen.build.patching import Before, patch_edition, read_before
from sitegen.build.pool import Crew, convert_over
from sitegen.build.scratch import Scratch
from sitegen.build.showing import Keeper, Showings
from sitegen.build.stale import TAMPERED, Press, Progress, Rendered, begin_showing, render_stale
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
    watch, jobs = Stopwatch(), 1 if profile else jobs
    stamps = stamps_of_inputs(root)
    config = read_config(root)
    asked = "every file is written again" if clean else _TO_VERIFY if verify else ""
    build = _Build(root, selection, config, output, asked, watch, strict=strict, jobs=jobs, profile=profile)
    _check_output(build.target, root, config if output is None else None)
    with (
        OutputFolder.open(build.target, clean=clean) as folder,
        Cache.open(root / ".sitegen" if cache and not verify else None) as memory,
        Scratch(root / ".sitegen") as scratch,
    ):
        report = build.run(stamps, folder, memory, scratch, progress)
    # Of this build only, and no fault of the site: neither remembered nor an error under `strict`.
    return replace(report, findings=(*report.findings, *memory.findings))


class _Build:
    """One build, told from reading to remembering."""

    def __init__(
        self,
        root: Path,
        selection: Selection,
        config: Config,
        output: Path | None,
        asked: str,
        watch: Stopwatch,
        *,
        strict: bool,
        jobs: int,
        profile: bool,
    ) -> None:
        self.target = output or root / config.output
        self._root = root
        self._selection = selection
        self._config = config
        self._asked = asked
        self._strict = strict
        self._jobs = jobs
        self._profile = profile
        self._output = str(output.absolute()) if output else config.output
        self._file = ledger_file(root, output)
        self._request = request_of(
            drafts=selection.drafts, future=selection.future, expired=selection.expired, strict=strict
        )
        self._watch = watch
        self._before: Before | None = None
        """Until it is known whether the site is to be patched; then the memory is needed for other things."""

    def run(
        self, stamps: Stamps, folder: OutputFolder, cache: Cache, scratch: Scratch, progress: Progress | None
    ) -> Report:
        """Read, plan, render, publish, and remember for the next build; `stamps` are from before anything was read."""
        inputs = settled(stamps, self._root / ".sitegen")
        known = self._look_back(folder, cache)
        timed = self._watch if self._profile else None
        conversion = Conversion(cache, converter_key(), convert_over(self._jobs), timed, scratch)
        (edition, index), inputs = read_at_rest(
            self._root, stamps, inputs, lambda stamps: self._read(stamps, conversion)
        )
        if self._strict:
            _refuse_warnings(edition.findings)
        marks = Fingerprints(edition.theme, engine_key())
        keeper = Keeper(cache)
        press = Press(edition, self.target, folder.tray, marks, known, Showings.of_edition(edition), self._asked)
        with Crew(self._jobs, press) as crew:
            with self._watch.phase("rendering"):
                rendered = render_stale(press, crew, folder, self._watch, progress)
            all_shown = begin_showing(press, crew, rendered)  # while this process publishes
            with self._watch.phase("publishing"):
                result = folder.commit()
            report = self._report(edition, rendered, result)
            with self._watch.phase("remembering"):
                for route, shown in zip(edition.plan.routes, all_shown, strict=True):
                    keeper.add(route, rendered.marks[route.output], shown)
                keeper.keep()
                if edition.is_whole:
                    cache.prune()
                write_index(index_file(self._file), index or keeper.index(edition, conversion.keys))
                outputs = {path: known[path] for path in edition.kept} | _stamped(self.target, rendered.marks)
                write_ledger(self._file, self._ledger(edition, inputs, outputs, report))
        return replace(report, profile=self._watch.profile(edition.manuscripts)) if self._profile else report

    def _look_back(self, folder: OutputFolder, cache: Cache) -> Mapping[str, tuple[str, str]]:
        """Return the files of the last build, and keep what else it left if the site may come to be patched.

        There are none if something has happened to the output folder that the ledger does not know.
        """
        ledger = read_ledger(self._file)
        if ledger is None or folder.recovered or ledger.manifest != manifest_digest(self.target):
            return {}
        if not self._asked and ledger.request == self._request and not ledger.is_due(self._selection.now):
            self._before = read_before(ledger, self._file, self.target, cache)
        return ledger.outputs

    def _read(self, stamps: Stamps, conversion: Conversion) -> tuple[Edition, Index | None]:
        """Return the site as it is now; if that is certain, only what differs from the last build, and its index."""
        patched = self._patched(stamps, conversion)
        if patched is not None:
            return patched
        return plan_edition(self._root, self._selection, self._config, conversion, self._watch), None

    def _patched(self, stamps: Stamps, conversion: Conversion) -> tuple[Edition, Index] | None:
        before, self._before = self._before, None
        return patch_edition(self._root, self._config, before, stamps, conversion) if before else None

    def _report(self, edition: Edition, rendered: Rendered, result: WriteReport) -> Report:
        mended = {path: TAMPERED for path in result.written if rendered.reasons[path] == _TO_VERIFY}
        return Report(
            output=self.target,
            posts=edition.plan.posts,
            pages=edition.plan.pages,
            written=result.written,
            unchanged=result.unchanged,
            deleted=result.deleted,
            held=edition.plan.held,
            findings=edition.findings,
            recovered=result.recovered,
            seconds=self._watch.seconds,
            reasons=rendered.reasons | mended,
        )

    def _ledger(
        self, edition: Edition, inputs: Stamps, outputs: Mapping[str, tuple[str, str]], report: Report
    ) -> Ledger:
        return Ledger(
            request=self._request,
            output=self._output,
            made=self._selection.now,
            due=edition.plan.next_change,
            inputs=inputs,
            manifest=manifest_digest(self.target),
            outputs=outputs,
            memory=report.remembered(),
        )


def _stamped(output: Path, marks: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    return {path: (stamp_of(f"{output}/{path}"), mark) for path, mark in marks.items()}


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
