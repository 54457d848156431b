"""Building: the story from content/ to output/, and the clock that it starts with."""

from sitegen.build.edition import Edition, other_faults, plan_edition
from sitegen.build.memory import convert_remembered, load_remembered
from sitegen.build.pool import processors
from sitegen.build.story import build_site
from sitegen.clock import read_clock
from sitegen.report import Report

__all__ = [
    "Edition",
    "Report",
    "build_site",
    "convert_remembered",
    "load_remembered",
    "other_faults",
    "plan_edition",
    "processors",
    "read_clock",
]
