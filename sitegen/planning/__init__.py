"""Planning: from a `Site` to a `Plan`, every output file that will exist with all that it is made of."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sitegen.planning.patches import differs_in_text_alone, patch_route
from sitegen.planning.plans import Early, Plan

if TYPE_CHECKING:
    from sitegen.planning.outline import Outlines, patch_outline
    from sitegen.planning.plan import plan_site

__all__ = ["Early", "Outlines", "Plan", "differs_in_text_alone", "patch_outline", "patch_route", "plan_site"]

_LATE = {"Outlines": "outline", "patch_outline": "outline", "plan_site": "plan"}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Return what plans a whole site (PEP 562): a build that patches the last one does without, and saves 45 ms."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
