"""Planning: from a `Site` to a `Plan`, every output file that will exist with all that it is made of."""

from sitegen.planning.plan import Plan, plan_site

__all__ = ["Plan", "plan_site"]
