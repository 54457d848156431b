"""Themes: templates, words, options and static files, each from the nearest theme of a chain that has it.

A theme is read whole, once per build. Nothing after `read_theme` opens a file of it.
"""

from sitegen.theme.assets import StaticFile
from sitegen.theme.card import CardLook
from sitegen.theme.chain import Chain, read_chain, theme_names
from sitegen.theme.options import Option
from sitegen.theme.theme import PAGES, PARENT, TemplateSource, Theme, check_pages, read_theme

__all__ = [
    "PAGES",
    "PARENT",
    "CardLook",
    "Chain",
    "Option",
    "StaticFile",
    "TemplateSource",
    "Theme",
    "check_pages",
    "read_chain",
    "read_theme",
    "theme_names",
]
