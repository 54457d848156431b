"""What `pip install sitegen` gives: the wheel alone, in an empty environment, makes and builds a site."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "docs", "sitegen", "themes")

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path, succeeds: bool = True) -> str:
    """What the command says, run in `folder` as from a fresh terminal."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE"))}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    assert (done.returncode == 0) is succeeds, said
    return said


def pip(*arguments: str | Path, folder: Path) -> None:
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments, folder=folder)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that nothing is written into the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "sitegen"
    copy.mkdir()
    for name in SOURCES:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, copy, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel in it.

    It borrows the dependencies of the environment that runs the tests, which saves a download. The borrowed folder
    is only searched: `.pth` files in it are not read, so the editable install of the checkout stays out of sight.
    """
    root = tmp_path_factory.mktemp("environment")
    venv.create(root, with_pip=False, symlinks=os.name != "nt")
    packages = installed(root)
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("".join(f"{path}\n" for path in sorted(borrowed)), encoding="utf-8")
    pip("--python", root, "install", "--no-deps", "--no-index", "--force-reinstall", wheel, folder=root)
    return root


def installed(environment: Path) -> Path:
    """Where the environment keeps its packages."""
    paths = {"base": str(environment), "platbase": str(environment)}
    return Path(sysconfig.get_path("purelib", "venv", vars=paths))


def program(environment: Path) -> Path:
    """The `sitegen` command of the environment."""
    paths = {"base": str(environment), "platbase": str(environment)}
    return Path(sysconfig.get_path("scripts", "venv", vars=paths), "sitegen")


def test_wheel_makes_and_builds_a_site(environment: Path, tmp_path: Path) -> None:
    sitegen = program(environment)
    themes = installed(environment) / "sitegen" / "themes"
    assert (themes / "newspaper").is_dir()

    run(sitegen, "init", "blog", folder=tmp_path)
    run(sitegen, "build", "--site", "blog", folder=tmp_path)
    assert (tmp_path / "blog" / "output" / "index.html").is_file()

    # No other copy of the theme is in reach: without the wheel's, nothing can be built.
    themes.rename(themes.with_name("themes-away"))
    try:
        run(sitegen, "build", "--site", "blog", "--clean", folder=tmp_path, succeeds=False)
    finally:
        themes.with_name("themes-away").rename(themes)


def test_wheel_carries_what_the_checkout_has(environment: Path) -> None:
    for folder, copy in ((CHECKOUT / "sitegen", "sitegen"), (CHECKOUT / "themes", "sitegen/themes")):
        here = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}
        there = {path for path in here if (installed(environment) / copy / path).is_file()}
        assert there == here
