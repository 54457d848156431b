"""What the commands of `sitegen theme` do."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from sitegen.checking import check_theme
from sitegen.cli.json_report import json_of_theme
from sitegen.cli.site import shown_path
from sitegen.cli.summary import finding_lines
from sitegen.cli.terminal import Detail, bold, complain, count, dim, safe, say, width_of
from sitegen.config import Config, read_config
from sitegen.desk.themes import Change, ThemeEntry, What, copy_file, files_of, list_changes, list_themes
from sitegen.errors import Severity, SitegenError, TemplateError
from sitegen.records import dataclass
from sitegen.theme import Chain, Theme, read_chain, read_theme
from sitegen.theme.options import Locate, unplaced

__all__ = ["run_check", "run_copy", "run_diff", "run_info", "run_list"]

_STATES = {
    What.CHANGED: "changes the theme's file",
    What.SAME: "is the theme's file; delete it, so that it follows the theme",
    What.NEW: "has no counterpart in the theme",
}
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """The theme that a command is about, as the site has it."""

    name: str
    options: Mapping[str, Any]
    locate: Locate = unplaced


def _asked(root: Path, name: str | None) -> _Asked:
    """Return the theme of that name, with the site's options when it is the site's; without a name the site's."""
    config = _config(root) if name else read_config(root)
    if config and name in {None, config.theme}:
        return _Asked(config.theme, config.theme_options, config.finding)
    return _Asked(name or "", {})


def _config(root: Path) -> Config | None:
    try:
        return read_config(root)
    except SitegenError:
        return None


def run_list(root: Path, *, as_json: bool) -> None:
    """Print the themes that the site in the folder `root` can use."""
    config, entries = _config(root), list_themes(root)
    used = config.theme if config else ""
    if as_json:
        themes = [_entry(entry, used) for entry in entries]
        say(json_of_theme([fault for entry in entries for fault in entry.faults], themes=themes))
        return
    for entry in entries:
        where = "yours" if not entry.is_bundled else "bundled, with changes of yours" if entry.is_own else "bundled"
        say(f"{bold(safe(entry.name))}  {dim(', '.join([where, *['in use'] * (entry.name == used)]))}")
        for line in filter(None, (entry.description, entry.parent and f"a child of {entry.parent}")):
            say(f"  {safe(line)}")
        if entry.skins:
            say(f"  skins: {', '.join(map(safe, entry.skins))}")
        for text in finding_lines(entry.faults, Detail.VERBOSE, width_of(err=True)):
            complain(text)


def _entry(entry: ThemeEntry, used: str) -> dict[str, Any]:
    return {
        "name": entry.name,
        "description": entry.description,
        "parent": entry.parent,
        "skins": list(entry.skins),
        "bundled": entry.is_bundled,
        "own": entry.is_own,
        "used": entry.name == used,
    }


def run_info(root: Path, name: str | None, *, as_json: bool) -> None:
    """Print what a theme offers, and what the site has chosen of it."""
    asked = _asked(root, name)
    chain = read_chain(root, asked.name, asked.locate)
    theme = read_theme(root, asked.name, asked.options, "en", asked.locate)
    if as_json:
        say(json_of_theme(theme.findings, **_facts(chain, theme)))
        return
    for line in _info_lines(chain, theme):
        say(line)


def _facts(chain: Chain, theme: Theme) -> dict[str, Any]:
    files, chosen = files_of(chain), theme.options.get("skin")
    return {
        "name": theme.name,
        "description": chain.declarations[0].description,
        "engine": chain.declarations[0].engine,
        "chain": [
            {"theme": layer.theme, "path": str(layer.folder), "bundled": layer.is_bundled} for layer in chain.layers
        ],
        "skins": [{"name": skin, "doc": doc, "used": skin == chosen} for skin, doc in chain.skins.items()],
        "options": [
            {
                "name": option,
                "type": declared.type,
                "choices": list(declared.choices),
                "default": declared.default,
                "value": theme.options[option],
                "doc": declared.doc,
            }
            for option, declared in sorted(chain.options.items())
            if option != "skin"
        ],
        "tokens": {scheme: dict(tokens) for scheme, tokens in theme.tokens.items() if isinstance(tokens, Mapping)},
        "languages": _below(files, "i18n/", ".toml"),
        "templates": _below(files, "templates/"),
    }


def _below(files: Iterable[str], folder: str, suffix: str = "") -> list[str]:
    return sorted(path.removeprefix(folder).removesuffix(suffix) for path in files if path.startswith(folder))


def _info_lines(chain: Chain, theme: Theme) -> Iterator[str]:
    facts = _facts(chain, theme)
    yield bold(safe(theme.name))
    if facts["description"]:
        yield f"  {safe(facts['description'])}"
    yield bold("Files come from") + ", the first that has one:"
    for layer in chain.layers:
        yield f"  {safe(layer.shown)}{dim(' (bundled)') if layer.is_bundled else ''}"
    if facts["skins"]:
        yield bold("Skins") + " (theme_options.skin):"
        yield from (
            f"  {safe(skin['name'])}{' (in use)' if skin['used'] else ''}: {safe(skin['doc'])}"
            for skin in facts["skins"]
        )
        yield bold("Tokens") + " (theme_options.tokens, or static/tokens.css):"
        yield f"  {', '.join(map(safe, facts['tokens']['light']))}"
    if facts["options"]:
        yield bold("Options") + " (theme_options):"
        yield from map(_option_line, facts["options"])
    yield bold("Languages") + f": {', '.join(map(safe, facts['languages']))}"
    yield bold("Templates") + " (sitegen theme copy TEMPLATE):"
    yield from (f"  {safe(template)}" for template in facts["templates"])


def _option_line(option: Mapping[str, Any]) -> str:
    kind = " or ".join(option["choices"]) or option["type"]
    value = "default" if option["value"] == option["default"] else f"default: {_toml(option['default'])}"
    return (
        f"  {safe(option['name'])} = {safe(_toml(option['value']))} {dim(f'({kind}; {value})')}: {safe(option['doc'])}"
    )


def _toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int) else f'"{value}"'


def run_copy(root: Path, name: str | None, template: str) -> None:
    """Copy a file of the theme into the site's folder for it, and print its path."""
    file = copy_file(root, _asked(root, name).name, template)
    say(safe(shown_path(file)))
    if file.suffix == ".html" and "partials" not in file.parts:
        say(dim(f'To change one block alone, leave it out but for: {{% extends "parent:{template}" %}}'))


def run_diff(root: Path, name: str | None, *, as_json: bool) -> None:
    """Print how the site's files differ from the theme's."""
    changes = list_changes(root, _asked(root, name).name)
    if as_json:
        files = [{"path": each.path, "state": each.what.value, "diff": "\n".join(each.diff)} for each in changes]
        say(json_of_theme((), files=files))
        return
    for change in changes:
        for line in _change_lines(change):
            say(line)
    if not changes:
        say("The site changes nothing of the theme.")


def _change_lines(change: Change) -> Iterator[str]:
    yield f"{bold(safe(change.path))} {_STATES[change.what]}"
    for line in change.diff:
        colour = _COLOURS.get(line[:1])
        yield click.style(safe(line), fg=colour) if colour else safe(line)


def run_check(root: Path, name: str | None, *, as_json: bool) -> None:
    """Check a theme and print what was found. Raises TemplateError when anything is wrong."""
    asked = _asked(root, name)
    checked = check_theme(root, asked.name, asked.options, asked.locate)
    errors = [finding for finding in checked.findings if finding.severity is Severity.ERROR]
    if as_json and not errors:
        say(json_of_theme(checked.findings, theme=checked.theme, states=checked.states, pages=checked.pages))
        return
    if not as_json:
        others = [finding for finding in checked.findings if finding not in errors]
        for line in finding_lines(others, Detail.VERBOSE, width_of(err=True)):
            complain(line)
    if errors:
        raise TemplateError(*errors)
    warnings = sum(finding.severity is Severity.WARNING for finding in checked.findings)
    with_warnings = f", with {count(warnings, 'warning')}" if warnings else ""
    pages = f"{count(checked.pages, 'page')} of sites in {checked.states} states"
    say(f"{bold(safe(checked.theme))} holds: {pages}{with_warnings}")
