"""sitegen turns a folder of Markdown posts into a dated, newspaper-style blog.

The public API is in `__all__`. A name is imported when it is first asked for, so that `import sitegen` and
`sitegen --help` load no library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.build import Edition, Report, build_site, plan_edition, read_clock
    from sitegen.config import Config, read_config
    from sitegen.errors import (
        BusyError,
        Collision,
        ConfigError,
        ExitCode,
        Finding,
        OutputError,
        Place,
        Severity,
        SitegenError,
        SourceError,
        StrictError,
        TemplateError,
        UsageError,
    )
    from sitegen.model import Site
    from sitegen.planning import Plan
    from sitegen.reading import Selection
    from sitegen.rendering import render
    from sitegen.view import Route

__all__ = [
    "BusyError",
    "Collision",
    "Config",
    "ConfigError",
    "Edition",
    "ExitCode",
    "Finding",
    "OutputError",
    "Place",
    "Plan",
    "Report",
    "Route",
    "Selection",
    "Severity",
    "Site",
    "SitegenError",
    "SourceError",
    "StrictError",
    "TemplateError",
    "UsageError",
    "__version__",
    "build_site",
    "plan_edition",
    "read_clock",
    "read_config",
    "render",
]

__version__ = "0.1.0"

_HOMES = {
    "sitegen.build": ("Edition", "Report", "build_site", "plan_edition", "read_clock"),
    "sitegen.config": ("Config", "read_config"),
    "sitegen.errors": (
        *("BusyError", "Collision", "ConfigError", "ExitCode", "Finding", "OutputError", "Place", "Severity"),
        *("SitegenError", "SourceError", "StrictError", "TemplateError", "UsageError"),
    ),
    "sitegen.model": ("Site",),
    "sitegen.planning": ("Plan",),
    "sitegen.reading": ("Selection",),
    "sitegen.rendering": ("render",),
    "sitegen.view": ("Route",),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  a public name may be anything
    """Return a public name from the module that defines it (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
