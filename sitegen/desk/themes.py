"""What a site has of themes: which there are, what one offers, and what the site's own folder changes of it."""

import difflib
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path

from sitegen.desk.files import write_new_file
from sitegen.errors import Finding, SitegenError, UsageError
from sitegen.records import dataclass
from sitegen.text import nearest
from sitegen.theme import Chain, read_chain, theme_names
from sitegen.theme.files import ThemeFile, read_file, read_versions

__all__ = ["Change", "ThemeEntry", "What", "copy_file", "files_of", "list_changes", "list_themes"]

_FOLDERS = ("templates", "static", "skins", "i18n")
"""Folders of a theme whose files a site may override."""


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """A theme that a site can use."""

    name: str
    description: str
    parent: str
    skins: tuple[str, ...]
    is_bundled: bool
    """Whether it came with sitegen."""
    is_own: bool
    """Whether the site has a folder of that name: a theme, or changes of the bundled one."""
    faults: tuple[Finding, ...] = ()
    """Why it cannot be used."""


class What(Enum):
    """What a file in a site's folder is to the theme."""

    CHANGED = "changed"
    """It overrides a file of the theme."""
    SAME = "same"
    """It overrides a file of the theme, and says the same."""
    NEW = "new"
    """The theme has no such file."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file in a folder of the site that belongs to a theme with versions below it."""

    path: str
    """Below the site's folder: `themes/newspaper/templates/post.html`."""
    what: What
    diff: tuple[str, ...] = ()
    """Lines of a unified diff from the theme's version to this one; of a file that is no text a single line."""


def list_themes(root: Path) -> tuple[ThemeEntry, ...]:
    """Return the bundled themes and those of the site in `root`, by name."""
    entries = []
    for name, layers in theme_names(root).items():
        ours = any(layer.is_bundled for layer in layers), any(not layer.is_bundled for layer in layers)
        try:
            chain = read_chain(root, name)
        except SitegenError as error:
            entries.append(ThemeEntry(name, "", "", (), *ours, error.findings))
            continue
        own = chain.declarations[0]
        entries.append(ThemeEntry(name, own.description, own.parent, tuple(chain.skins), *ours))
    return tuple(entries)


def files_of(chain: Chain) -> Mapping[str, list[tuple[int, ThemeFile]]]:
    """Return all files of a theme that can be overridden, nearest version first, by path below the theme's folder."""
    return {
        f"{folder}/{below}": versions
        for folder in _FOLDERS
        for below, versions in read_versions(chain.layers, folder).items()
    }


def copy_file(root: Path, name: str, wanted: str) -> Path:
    """Copy a file of the theme `name` into the site's folder for that theme, and return the path of the copy.

    `wanted` is a template (`post.html`, `partials/footer.html`), or a path below the theme's folder (`i18n/en.toml`).
    Raises UsageError when the theme has no such file, or the site has it already.
    """
    chain = read_chain(root, name)
    files = files_of(chain)
    path = wanted if wanted in files else f"templates/{wanted}"
    if path not in files:
        known = {each.removeprefix("templates/") for each in files}
        near = nearest(wanted, known)
        templates = ", ".join(sorted(each for each in known if each.endswith(".html")))
        hint = f"did you mean {near}?" if near else f"its templates are {templates}"
        raise UsageError.of(f"the theme {name} has no {wanted}", hint=hint)
    target = root / "themes" / name / path
    layer, _ = files[path][0]
    write_new_file(target, read_file(chain.layers[layer], path).data)
    return target


def list_changes(root: Path, name: str) -> tuple[Change, ...]:
    """Return the site's own files in the chain of the theme `name` that lie above a version that came with a parent.

    Files of a theme that is the site's own from the ground up are not changes of anything.
    """
    chain = read_chain(root, name)
    last = len(chain.layers) - 1
    return tuple(
        _change(path, versions[at], versions[at + 1] if at + 1 < len(versions) else None)
        for path, versions in sorted(files_of(chain).items())
        for at, (layer, _) in enumerate(versions)
        if not chain.layers[layer].is_bundled and layer < last
    )


def _change(path: str, own: tuple[int, ThemeFile], theirs: tuple[int, ThemeFile] | None) -> Change:
    file = own[1]
    if theirs is None:
        return Change(file.path, What.NEW)
    if file.data == theirs[1].data:
        return Change(file.path, What.SAME)
    return Change(file.path, What.CHANGED, tuple(_diff(path, theirs[1], file)))


def _diff(path: str, theirs: ThemeFile, own: ThemeFile) -> Iterator[str]:
    try:
        before, after = theirs.text().splitlines(), own.text().splitlines()
    except SitegenError:
        yield f"{own.path} and the theme's {path} differ"
        return
    names = (f"{theirs.path} (the theme's)", f"{own.path} (yours)")
    yield from difflib.unified_diff(before, after, *names, lineterm="")
