"""From the file to the checked configuration, with every fault of it in one run."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitegen.config.file import ConfigFile, read_config_file
from sitegen.config.schema import Config
from sitegen.config.tables import Fault, TableFaults, read_table
from sitegen.errors import ConfigError, Finding

__all__ = ["read_config"]


def read_config(root: Path) -> Config:
    """Return the configuration of the site in the folder `root`.

    Raises ConfigError with every fault there is: no file or two, no TOML, unknown keys, wrong values.
    """
    file = read_config_file(root)
    try:
        config = read_table(Config, _freeze(file.table))
    except TableFaults as error:
        raise ConfigError(*(_finding(file, fault) for fault in error.faults)) from error
    return replace(config, _file=file)


def _freeze(value: Any) -> Any:  # noqa: ANN401  whatever TOML holds
    """Return `value` with every list made a tuple."""
    if isinstance(value, Mapping):
        return {key: _freeze(item) for key, item in value.items()}
    return tuple(map(_freeze, value)) if isinstance(value, list) else value


def _finding(file: ConfigFile, fault: Fault) -> Finding:
    return file.finding(fault.path, fault.what, hint=fault.hint, at_key=fault.at_key)
