"""Static files that are there only when an option asks for them: `static/options/NAME/VALUE/` lies over `static/`."""

import re
from collections.abc import Iterator, Mapping

from sitegen.errors import Finding, Place, TemplateError
from sitegen.text import nearest
from sitegen.theme.files import ThemeFile
from sitegen.theme.options import Option
from sitegen.view import Record

__all__ = ["chosen_files"]

_VARIANT = re.compile(r"options/([^/]+)/([^/]+)/(.+)")


def chosen_files(
    files: Mapping[str, ThemeFile], declared: Mapping[str, Option], options: Record
) -> dict[str, ThemeFile]:
    """Return the files of static/ as the values of `options` have them, by path below static/.

    Raises TemplateError when a folder is of no option, or of no value that it can have.
    """
    faults = list(_faults(files, declared))
    if faults:
        raise TemplateError(*faults)
    chosen = {path: file for path, file in files.items() if not _VARIANT.fullmatch(path)}
    for path, file in files.items():
        if (match := _VARIANT.fullmatch(path)) and _written(options[match[1]]) == match[2]:
            chosen[match[3]] = file
    return chosen


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _faults(files: Mapping[str, ThemeFile], declared: Mapping[str, Option]) -> Iterator[Finding]:
    """Yield an error for each folder that nobody can ask for; only what is below options/NAME/ is looked at."""
    told = set()
    for path, file in files.items():
        match = _VARIANT.fullmatch(path)
        if match is None or (name := match[1], value := match[2]) in told:
            continue
        told.add((name, value))
        option = declared.get(name)
        if option is None:
            near = nearest(name, declared)
            hint = f"did you mean {near}?" if near else "folders below static/options/ are those of options"
            yield Finding(f"there is no option {name}", Place(file.path), hint=hint)
        elif option.choices and value not in option.choices:
            hint = f"it is one of {', '.join(option.choices)}"
            yield Finding(f"the option {name} is never {value}", Place(file.path), hint=hint)
