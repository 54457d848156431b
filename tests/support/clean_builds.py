"""The law of builds: whatever happened before, a build leaves byte for byte what a clean build would."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from output_folders import Dead, Files, Mortal, stamps, tree

from sitegen.build import Report, build_site, plan_edition
from sitegen.cli.unchanged import report_unchanged
from sitegen.errors import Finding, SitegenError, raise_all
from sitegen.freshness import request_of
from sitegen.reading import Selection
from sitegen.writing.disk import Disk

__all__ = ["build_clean", "build_lawfully", "build_until_death", "build_until_raised", "published", "quick"]


def build_clean(root: Path, selection: Selection) -> Files:
    """Return what a clean build publishes: every file rendered, in memory, with nothing known of earlier builds.

    Raises SitegenError as such a build does.
    """
    edition = plan_edition(root, selection)
    files: Files = {}
    errors = []
    for route in edition.plan.routes:
        try:
            files[route.output] = edition.render(route)
        except SitegenError as error:
            errors.append(error)
    raise_all(errors)
    return files


def published(output: Path) -> Files:
    """Return the files of an output folder without its manifest."""
    return {path: data for path, data in tree(output).items() if not path.endswith("/")} if output.is_dir() else {}


def quick(root: Path, selection: Selection, output: Path | None = None) -> Report | None:
    """Return what the command line finds out before it builds: the report when there is nothing to do."""
    asked = request_of(drafts=selection.drafts, future=selection.future, expired=selection.expired, strict=False)
    return report_unchanged(root, output, asked, selection.now)


def build_lawfully(
    root: Path, selection: Selection, output: Path | None = None, foreign: Mapping[str, bytes] | None = None, **how: Any
) -> bool:
    """Build, and assert all that holds for every build; return whether there is a site.

    `output` is the folder that the command line names, `foreign` what in it is not ours, `how` options of `build_site`.
    """
    folder = output or root / "output"
    before, marks = published(folder), _marks(folder)
    try:
        expected = build_clean(root, selection)
    except SitegenError as error:
        _fail_lawfully(root, selection, output, error, how)
        assert (published(folder), _marks(folder)) == (before, marks)
        return False
    if quick(root, selection, output):
        assert before == expected | dict(foreign or {})
    report = build_site(root, selection, output=output, **how)
    after = published(folder)
    assert after == expected | dict(foreign or {})
    assert not folder.with_name(f".{folder.name}.sitegen").exists()
    assert set(report.written) <= report.reasons.keys()
    if not report.recovered and not how.get("clean"):
        assert report.written == tuple(sorted(path for path, data in expected.items() if before.get(path) != data))
        assert report.deleted == tuple(sorted(before.keys() - after.keys()))
        kept = [str(folder / path) for path, data in before.items() if after.get(path) == data]
        assert [marks[path] for path in kept] == [_marks(folder)[path] for path in kept]
    if (root / ".sitegen").is_dir():
        _rest_lawfully(root, selection, output)
    return True


def _fail_lawfully(
    root: Path, selection: Selection, output: Path | None, error: SitegenError, how: Mapping[str, Any]
) -> None:
    assert quick(root, selection, output) is None
    with pytest.raises(SitegenError) as caught:
        build_site(root, selection, output=output, **how)
    assert caught.value.exit_code is error.exit_code
    assert _said(caught.value.findings) == _said(error.findings)


def _rest_lawfully(root: Path, selection: Selection, output: Path | None) -> None:
    """Assert that a build right behind a build has nothing to do, and that both ways to find out agree."""
    assert quick(root, selection, output) is not None
    again = build_site(root, selection, output=output)
    assert (again.written, again.deleted, dict(again.reasons)) == ((), (), {})


def build_until_death(root: Path, selection: Selection, calls: int, output: Path | None = None) -> None:
    """Build until the process dies at that state-changing call; each file is then an old or a new one."""
    folder = output or root / "output"
    before = published(folder)
    with suppress(Dead, SitegenError), mock.patch.object(Disk, "change", _mortal(calls)):
        build_site(root, selection, output=output)
    _assert_whole(root, selection, before, published(folder))


def _mortal(calls: int) -> Any:
    disk = Mortal(calls)
    return lambda _, function, /, *args, **kwargs: disk.change(function, *args, **kwargs)


def _assert_whole(root: Path, selection: Selection, before: Files, after: Files) -> None:
    expected: Files = {}
    with suppress(SitegenError):
        expected = build_clean(root, selection)
    assert all(data in (before.get(path), expected.get(path)) for path, data in after.items())
    assert after.keys() >= before.keys() & expected.keys()


def build_until_raised(
    root: Path, selection: Selection, place: str, at: int, error: BaseException, output: Path | None = None
) -> None:
    """Build until the function at `place` raises, at its call number `at`: the output is then the old one or whole."""
    folder = output or root / "output"
    before, marks = published(folder), _marks(folder)
    owner, _, name = place.rpartition(".")
    original = getattr(pytest.importorskip(owner), name)
    calls = 0

    def planted(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise error
        return original(*args, **kwargs)

    with mock.patch(place, planted), suppress(type(error), SitegenError):
        build_site(root, selection, output=output)
    if published(folder) == before:
        assert _marks(folder) == marks
    else:
        _assert_whole(root, selection, before, published(folder))


def _marks(folder: Path) -> dict[str, tuple[int, ...]]:
    return stamps(folder) if folder.is_dir() else {}


def _said(findings: tuple[Finding, ...]) -> set[tuple[str, str, int]]:
    return {(finding.what, finding.place.path, finding.place.line) for finding in findings}
