"""The law of builds: whatever happened before, a build leaves byte for byte what a clean build would."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from output_folders import Dead, Files, Mortal

from sitegen.build import Edition, Report, build_site, plan_edition
from sitegen.cli.unchanged import report_unchanged
from sitegen.errors import Finding, SitegenError, raise_all
from sitegen.freshness import request_of, stamp_of
from sitegen.reading import Selection
from sitegen.writing.disk import Disk

__all__ = [
    "build_clean",
    "build_lawfully",
    "build_until_death",
    "build_until_raised",
    "look",
    "published",
    "quick",
    "render_clean",
]


def build_clean(root: Path, selection: Selection) -> Files:
    """Return what a clean build publishes: every file rendered, in memory, with nothing known of earlier builds.

    Raises SitegenError as such a build does.
    """
    return render_clean(plan_edition(root, selection))


def render_clean(edition: Edition) -> Files:
    """Return every file of an edition that was planned afresh, rendered. Raises SitegenError as a build does."""
    files: Files = {}
    errors = []
    for route in edition.plan.routes:
        try:
            files[route.output] = edition.render(route)
        except SitegenError as error:
            errors.append(error)
    raise_all(errors)
    return files


def look(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Return bytes and stamp of each file below a folder, by path; a missing folder is empty."""
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)  # noqa: PTH118  thousands of paths per test
            found[os.path.relpath(path, folder)] = Path(path).read_bytes(), stamp_of(path)
    return found


def published(output: Path) -> Files:
    """Return the files of an output folder without its manifest."""
    return {path: data for path, (data, _) in look(output).items() if path != ".sitegen"}


def quick(root: Path, selection: Selection, output: Path | None = None) -> Report | None:
    """Return what the command line finds out before it builds: the report when there is nothing to do."""
    asked = request_of(drafts=selection.drafts, future=selection.future, expired=selection.expired, strict=False)
    return report_unchanged(root, output, asked, selection.now)


def build_lawfully(
    root: Path, selection: Selection, output: Path | None = None, foreign: Iterable[str] = (), **how: Any
) -> Report | None:
    """Build, and assert all that holds for every build; return its report, or None when the site cannot be built.

    `output` is the folder that the command line names, `foreign` what in it is not ours, `how` options of `build_site`.
    """
    folder = output or root / "output"
    before = look(folder)
    try:
        expected = build_clean(root, selection)
    except SitegenError as error:
        _fail_lawfully(root, selection, output, error, how)
        assert look(folder) == before
        return None
    expected |= {path: before[path][0] for path in foreign}
    if quick(root, selection, output):
        assert published(folder) == expected
    report = build_site(root, selection, output=output, **how)
    after = look(folder)
    assert {path: data for path, (data, _) in after.items() if path != ".sitegen"} == expected
    assert not folder.with_name(f".{folder.name}.sitegen").exists()
    assert set(report.written) <= report.reasons.keys()
    if not report.recovered and not how.get("clean"):
        kept = {path for path, data in expected.items() if before.get(path, ("",))[0] == data}
        assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
        assert report.written == tuple(sorted(expected.keys() - kept))
        assert report.deleted == tuple(sorted(before.keys() - after.keys()))
    return report


def _fail_lawfully(
    root: Path, selection: Selection, output: Path | None, error: SitegenError, how: Mapping[str, Any]
) -> None:
    assert quick(root, selection, output) is None
    with pytest.raises(SitegenError) as caught:
        build_site(root, selection, output=output, **how)
    assert caught.value.exit_code is error.exit_code
    assert _said(caught.value.findings) == _said(error.findings)


def _said(findings: tuple[Finding, ...]) -> set[tuple[str, str, int]]:
    return {(finding.what, finding.place.path, finding.place.line) for finding in findings}


def build_until_death(root: Path, selection: Selection, calls: int, output: Path | None = None) -> None:
    """Build until the process dies at that state-changing call; each file is then an old or a new one."""
    folder = output or root / "output"
    before, disk = published(folder), Mortal(calls)

    def change(_: Disk, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        return disk.change(function, *args, **kwargs)

    with suppress(Dead, SitegenError), mock.patch.object(Disk, "change", change):
        build_site(root, selection, output=output)
    _assert_whole(root, selection, before, published(folder))


def _assert_whole(root: Path, selection: Selection, before: Files, after: Files) -> None:
    expected: Files = {}
    with suppress(SitegenError):
        expected = build_clean(root, selection)
    torn = [path for path, data in after.items() if data not in (before.get(path), expected.get(path))]
    assert not torn
    assert after.keys() >= before.keys() & expected.keys()


def build_until_raised(
    root: Path, selection: Selection, place: str, at: int, error: BaseException, output: Path | None = None
) -> None:
    """Build until the function at `place` raises, at its call number `at`: the output is then the old one or whole."""
    folder = output or root / "output"
    before = look(folder)
    owner, _, name = place.rpartition(".")
    original = getattr(import_module(owner), name)
    calls = 0

    def planted(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise error
        return original(*args, **kwargs)

    with mock.patch(place, planted), suppress(type(error), SitegenError):
        build_site(root, selection, output=output)
    after = look(folder)
    if {path: data for path, (data, _) in before.items()} == {path: data for path, (data, _) in after.items()}:
        assert after == before
    else:
        _assert_whole(root, selection, {path: data for path, (data, _) in before.items()}, published(folder))
