"""The configuration of a site: one documented class, read once, never changed."""

from sitegen.config.file import ConfigFile, read_config_file
from sitegen.config.markup import MarkupOptions
from sitegen.config.permalinks import Permalinks
from sitegen.config.reader import read_config
from sitegen.config.schema import CommentOptions, Config, FeedOptions, MenuItem, SidebarItem

__all__ = [
    "CommentOptions",
    "Config",
    "ConfigFile",
    "FeedOptions",
    "MarkupOptions",
    "MenuItem",
    "Permalinks",
    "SidebarItem",
    "read_config",
    "read_config_file",
]
