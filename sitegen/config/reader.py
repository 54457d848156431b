"""From the file to the checked configuration, with every fault of it in one run."""

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sitegen.config.file import ConfigFile, read_config_file
from sitegen.config.markup import MarkupOptions
from sitegen.config.schema import Config
from sitegen.config.toml import KeyPath, name_of
from sitegen.config.values import split_hint, suggestion
from sitegen.errors import ConfigError, Finding

__all__ = ["read_config"]


def read_config(root: Path) -> Config:
    """Return the configuration of the site in the folder `root`.

    Raises ConfigError with every fault there is: no file or two, no TOML, unknown keys, wrong values.
    """
    file = read_config_file(root)
    try:
        config = Config.model_validate(_freeze(file.table))
    except ValidationError as error:
        raise ConfigError(*(_finding(file, fault) for fault in error.errors(include_url=False))) from error
    config._file = file
    return config


def _freeze(value: Any) -> Any:  # noqa: ANN401  whatever TOML holds
    """Return `value` with every list made a tuple."""
    if isinstance(value, Mapping):
        return {key: _freeze(item) for key, item in value.items()}
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


def _finding(file: ConfigFile, fault: ErrorDetails) -> Finding:
    """Say what pydantic found, in our words and with the place in the file."""
    at_key = fault["loc"][-1:] == ("[key]",)
    path: KeyPath = fault["loc"][:-1] if at_key else fault["loc"]
    name = name_of(path)
    match fault["type"]:
        case "missing":
            return file.finding(path, f"`{name}` is missing", hint=_MISSING.get(path, ""))
        case "extra_forbidden" | "unexpected_keyword_argument":
            hint = suggestion(str(path[-1]), _keys(path[:-1]), listed=20) or "the documentation lists every key"
            return file.finding(path, f"unknown key `{name}`", hint=hint, at_key=True)
        case "value_error":
            what, hint = split_hint(str(fault["ctx"]["error"]))
            return file.finding(path, f"`{name}` {what}", hint=hint, at_key=at_key)
    return file.finding(path, f"`{name}` {_wanted(fault)}")


_MISSING: Mapping[KeyPath, str] = {
    ("title",): 'write the name of the site: title = "My Paper"',
    ("url",): 'write the address of the front page: url = "https://example.org/"',
}
_KINDS = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a table",
    "mapping_type": "a table",
    "model_type": "a table",
    "dataclass_type": "a table",
}


def _wanted(fault: ErrorDetails) -> str:
    given = fault["input"]
    match fault["type"]:
        case "greater_than_equal":
            return f"must be at least {fault['ctx']['ge']}, not {given}"
        case "less_than_equal":
            return f"must be at most {fault['ctx']['le']}, not {given}"
        case "literal_error":
            meant = f", not `{given}`" if isinstance(given, str) else ""
            return f"must be {fault['ctx']['expected']}{meant}".replace("'", "`")
        case kind:
            return f"must be {_KINDS[kind]}"


def _keys(path: KeyPath) -> Iterator[str]:
    """Yield the keys that the table at `path` may have."""
    table: Any = Config
    for part in path:
        field = table.model_fields[part].annotation if isinstance(part, str) else table
        table = typing.get_args(field)[0] if typing.get_origin(field) is tuple else field
    if table is MarkupOptions:
        yield from (field.name for field in dataclasses.fields(MarkupOptions))
    elif issubclass(table, BaseModel):
        yield from table.model_fields
