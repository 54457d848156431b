"""Which folders can't be an output folder. Reads, never writes."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sitegen.errors import ConfigError, OutputError
from sitegen.writing.disk import explained
from sitegen.writing.paths import MANIFEST

__all__ = ["check_output"]

_HOST_FILES = {"CNAME", "_redirects", "_headers", ".domains"}
_ANOTHER = "name another folder, such as output"


def check_output(output: Path, root: Path, sources: Sequence[Path]) -> None:
    """Raise unless a site may be written to `output`.

    `root` is the site's folder, `sources` are its folders that are read (content/, themes/); all may be missing.
    Links are followed first, so that none hides what a folder is. Raises ConfigError for a folder that can never be
    the output, OutputError for one that holds what is not ours.
    """
    if output == Path():
        raise _refusal("no output folder is named", "it is empty, or the folder that the command runs in")
    if "~" in _below(root, output).parts:
        raise _refusal(f"{output} can't be the output folder", "~ is not expanded here")
    with explained(str(output)):
        try:
            real = output.resolve()
        except RuntimeError as error:  # Python before 3.13, for a link that leads to itself
            raise _refusal(f"{output} can't be the output folder", "it is a link that leads nowhere") from error
        if why := next(_reasons(real, root.resolve(), [source.resolve() for source in sources]), ""):
            raise _refusal(f"{output} can't be the output folder", why)
        _check_contents(output, real)


def _refusal(what: str, why: str) -> ConfigError:
    return ConfigError.of(what, why=why, hint=_ANOTHER)


def _reasons(real: Path, root: Path, sources: Sequence[Path]) -> Iterator[str]:
    """Yield why a folder can't be the output. All paths are free of links."""
    if real == Path(real.anchor):
        yield "it is the root of the file system"
    if _holds(real, _home()):
        yield "it is or holds your home folder"
    if _holds(real, root):
        yield f"it is or holds the folder of the site, {root}"
    for source in sources:
        if _holds(real, source):
            yield f"it is or holds {source}, which sitegen reads"
        if _holds(source, real):
            yield f"it lies in {source}, which sitegen reads"
    if taken := next((part for part in _below(root, real).parts if part in {".git", MANIFEST}), ""):
        yield f"it lies in {taken}, which holds other data"


def _below(root: Path, path: Path) -> Path:
    """Return the part of `path` below `root`, or all of it: where the site's own folder lies is not at fault."""
    return path.relative_to(root) if path.is_relative_to(root) else path


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except RuntimeError:  # no home folder is known, so there is none to protect
        return None


def _holds(outer: Path, inner: Path | None) -> bool:
    """Whether `inner` is `outer` or lies in it, also under another spelling or through another mount."""
    return inner is not None and any(_is_same(outer, folder) for folder in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _check_contents(output: Path, real: Path) -> None:
    if not real.exists():
        if output.is_symlink():
            raise OutputError.of("is a link to nothing", path=str(output), hint=_ANOTHER)
        return
    if not real.is_dir():
        raise OutputError.of("is a file, not a folder", path=str(output), hint=_ANOTHER)
    if (real / MANIFEST).is_file():
        return
    names = sorted(entry.name for entry in real.iterdir())
    if foreign := [name for name in names if not name.startswith(".") and name not in _HOST_FILES]:
        raise OutputError.of(
            f"holds files that sitegen did not write: {_listed(foreign)}",
            path=str(output),
            why="a build would mix the site with them",
            hint="name an empty or a new folder, or empty this one yourself",
        )


def _listed(names: Sequence[str], most: int = 3) -> str:
    shown = [name if name.isprintable() else ascii(name) for name in names[:most]]
    more = len(names) - most
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
