"""A build that has nothing to do, found out before anything is imported that could do it."""

from datetime import datetime
from pathlib import Path
from time import perf_counter

from sitegen.freshness import find_unchanged
from sitegen.report import Report

__all__ = ["report_unchanged"]


def report_unchanged(root: Path, output: Path | None, request: str, now: datetime) -> Report | None:
    """Return the report of a build that would do nothing, or None when there may be something to do."""
    started = perf_counter()
    ledger = find_unchanged(root, output, request, now)
    if ledger is None:
        return None
    folder = output or root / ledger.output
    return Report.unchanged_since(ledger.memory, folder, tuple(sorted(ledger.outputs)), perf_counter() - started)
