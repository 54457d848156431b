"""One fault each: the exact message, with its place, and the exit code; the output folder stays as it was.

A case is a folder in tests/broken/: the files of a site, and `error.txt`, what a writer is told. A case without
sitegen.toml gets the plainest one. `pytest --update-golden` writes what is told now; read it before you keep it.
"""

import shutil
from pathlib import Path

import pytest
from tiny import NOW, PLAIN_CONFIG

from sitegen.build import build_site
from sitegen.errors import SitegenError
from sitegen.reading import Selection

CASES = sorted(path for path in (Path(__file__).parent / "broken").iterdir() if path.is_dir())


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a site's folder but the cache, which may change at any time without consequence."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
        if path.relative_to(folder).parts[0] != ".sitegen"
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_message(case, tmp_path, golden):
    root = tmp_path / "site"
    shutil.copytree(case, root, ignore=shutil.ignore_patterns("error.txt"))
    if not any((root / name).exists() for name in ("sitegen.toml", "pyproject.toml")):
        (root / "sitegen.toml").write_text(PLAIN_CONFIG)
    before = tree(root)
    with pytest.raises(SitegenError) as caught:
        build_site(root, Selection(now=NOW))
    text = f"{caught.value}\n\nexit {int(caught.value.exit_code)}\n".replace(str(root), "SITE")
    golden(case / "error.txt", text)
    assert tree(root) == before
