"""Whole sites with their expected output, file by file: `pytest --update-golden` prints the difference and keeps it."""

import shutil
from pathlib import Path

import pytest
from tiny import NOW

from sitegen.build import build_site
from sitegen.reading import Selection

SITES = sorted(path for path in (Path(__file__).parent / "sites").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", SITES, ids=lambda case: case.name)
def test_the_output(case, tmp_path, golden):
    root, output = tmp_path / "site", tmp_path / "output"
    shutil.copytree(case, root, ignore=shutil.ignore_patterns("expected"))
    build_site(root, Selection(now=NOW), output=output)
    made = {path.relative_to(output): path for path in output.rglob("*") if path.is_file() and path.name != ".sitegen"}
    expected = case / "expected"
    for path, file in sorted(made.items()):
        if file.suffix == ".png":
            assert file.read_bytes() == next((case / "content").rglob(file.name)).read_bytes()
            continue
        (expected / path).parent.mkdir(parents=True, exist_ok=True)
        golden(expected / path, file.read_text(encoding="utf-8"))
    kept = {path.relative_to(expected) for path in expected.rglob("*") if path.is_file()}
    stale = kept - made.keys()
    assert not stale, f"no longer made: {sorted(map(str, stale))}"


def test_the_site_itself_is_left_alone(tmp_path):
    before = {path: path.read_bytes() for path in SITES[0].rglob("*") if path.is_file()}
    copy = shutil.copytree(SITES[0], tmp_path / "copy")
    build_site(copy, Selection(now=NOW), output=tmp_path / "output")
    after = {path: (copy / path.relative_to(SITES[0])).read_bytes() for path in before}
    assert after == before
