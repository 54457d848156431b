"""The command `build`."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sitegen.build import build_site, processors, read_clock
from sitegen.cli.json_report import json_of_report
from sitegen.cli.summary import finding_lines, summary_lines
from sitegen.cli.terminal import Detail, complain, is_terminal, say, width_of
from sitegen.reading import Selection

__all__ = ["run_build"]

_PATIENCE = 1.0
"""Seconds after which somebody who waits wants to see that something is happening."""
_FRAME = 0.1
"""Seconds between two pictures of the progress bar."""


def run_build(
    root: Path,
    *,
    as_json: bool,
    detail: Detail,
    output: Path | None,
    drafts: bool,
    future: bool,
    expired: bool,
    clean: bool,
    strict: bool,
    jobs: int | None,
) -> None:
    """Build the site in the folder `root` and print what was made. Raises SitegenError when nothing was."""
    selection = Selection(now=read_clock(os.environ), drafts=drafts, future=future, expired=expired)
    with _progress(wanted=is_terminal(err=True) and not as_json and detail is not Detail.QUIET) as progress:
        report = build_site(
            root,
            selection,
            output=output,
            clean=clean,
            strict=strict,
            jobs=jobs or processors(),
            progress=progress,
        )
    if as_json:
        say(json_of_report(report))
    elif detail is not Detail.QUIET:
        for line in finding_lines(report.findings, detail, width_of(err=True)):
            complain(line)
        for line in summary_lines(report, selection.now, detail, width_of()):
            say(line)


@contextmanager
def _progress(*, wanted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """Give what `build_site` reports its progress to: a bar that appears when a build takes long, and goes with it."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Rendering"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # Drawn from here and not by a thread of rich's: no thread may run when a build starts a pool of processes.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
    task = bar.add_task("", total=None)
    next_frame = perf_counter() + _PATIENCE

    def progress(done: int, total: int) -> None:
        nonlocal next_frame
        now = perf_counter()
        if now < next_frame:
            return
        next_frame = now + _FRAME
        bar.start()
        bar.update(task, completed=done, total=total, refresh=True)

    try:
        yield progress
    finally:
        bar.stop()
