"""Checks that go further than a build: does a theme hold in every state that a site can be in?"""

from sitegen.checking.themes import Checked, check_theme

__all__ = ["Checked", "check_theme"]
