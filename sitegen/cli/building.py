"""The command `build`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from sitegen.build import build_site, processors
from sitegen.cli.terminal import is_terminal
from sitegen.collector import without_collector
from sitegen.reading import Selection
from sitegen.report import Report

__all__ = ["run_build"]

_PATIENCE = 1.0
"""Seconds after which somebody who waits wants to see that something is happening."""
_FRAME = 0.1
"""Seconds between two pictures of the progress bar."""


def run_build(
    root: Path,
    selection: Selection,
    *,
    output: Path | None,
    clean: bool,
    verify: bool,
    no_cache: bool,
    strict: bool,
    jobs: int | None,
    profile: bool,
    quiet: bool,
) -> Report:
    """Build the site in the folder `root`, with a progress bar unless `quiet`. Raises SitegenError when it fails."""
    with without_collector(freeze=True), _progress(wanted=is_terminal(err=True) and not quiet) as progress:
        return build_site(
            root,
            selection,
            output=output,
            clean=clean,
            verify=verify,
            cache=not no_cache,
            strict=strict,
            jobs=jobs or processors(),
            profile=profile,
            progress=progress,
        )


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
