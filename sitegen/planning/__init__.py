"""Planning: from a `Site` to a `Plan`, every output file that will exist with all that it is made of.

`plan_site` is imported when it is first asked for: a tenth of a small build that plans nothing.
"""

from typing import TYPE_CHECKING, Any

from sitegen.planning.patches import differs_in_text_alone, patch_route
from sitegen.planning.plans import Plan

if TYPE_CHECKING:
    from sitegen.planning.plan import plan_site

__all__ = ["Plan", "differs_in_text_alone", "patch_route", "plan_site"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  as PEP 562 has it
    if name == "plan_site":
        from sitegen.planning.plan import plan_site

        return plan_site
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
