"""Planning: from a `Site` to a `Plan`, every output file that will exist with all that it is made of."""

from sitegen.planning.outline import Outlines, patch_outline
from sitegen.planning.patches import differs_in_text_alone, patch_route
from sitegen.planning.plan import plan_site
from sitegen.planning.plans import Early, Plan

__all__ = ["Early", "Outlines", "Plan", "differs_in_text_alone", "patch_outline", "patch_route", "plan_site"]
