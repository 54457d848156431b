"""The sources of the library with which the outcome was proven to be the same.

A module that another release changed makes the library do its work itself, until `benchmarks/markdown_identity.py`
found no difference with it; the script prints the lines for the table.
"""

import hashlib
import sys
from pathlib import Path

__all__ = ["MODULES", "are_proven", "digest_of_module"]

_PROVEN = {
    # Markdown 3.11.3
    "markdown.core": {"b8fdb3a9eb5b6f13"},
    "markdown.htmlparser": {"caf8d97bcf231f9a"},
    "markdown.preprocessors": {"a6ae4d9c72a43925"},
    "markdown.treeprocessors": {"bf575e7cb994079e"},
    "markdown.util": {"908fb0650fbaf1d3"},
    "markdown.inlinepatterns": {"35f1c45afbc3e901"},
    "markdown.serializers": {"7cef1af99da20252"},
    "markdown.postprocessors": {"bd30e317d0b1e125"},
    "markdown.blockparser": {"8f80902265698aae"},
    "markdown.blockprocessors": {"0522d16c4ddadc75"},
    "markdown.extensions.abbr": {"a1a7d8108ef9c924"},
    "markdown.extensions.admonition": {"57b46c4c80da1155"},
    "markdown.extensions.def_list": {"3b8fd17e48fe615c"},
    "markdown.extensions.footnotes": {"6bf0b957333399c4"},
    "markdown.extensions.md_in_html": {"e28812f4970e133f"},
    "markdown.extensions.sane_lists": {"76d51863c957b4a9"},
    "markdown.extensions.smarty": {"efdabc667936dc8d"},
    "markdown.extensions.tables": {"fb23019f3a0f5afc"},
    # pymdown-extensions 12.3 and 13.1
    "pymdownx.blocks": {"660143ca98d7a75d", "adae2cd3c7cdfbe7"},
    "pymdownx.blocks.caption": {"823681a7168bded5", "63bff9fd9be3ed5b"},
    "pymdownx.superfences": {"74dd37f8184097bd"},
}
MODULES = tuple(_PROVEN)
"""What the fast processors do again in their way, or spare."""


def are_proven(*modules: str, unseen: bool = False) -> bool:
    """Whether each of these modules, imported before, is in the table; `unseen`: whatever its release."""
    return all(module in _PROVEN and (unseen or digest_of_module(module) in _PROVEN[module]) for module in modules)


def digest_of_module(module: str) -> str:
    """Return 16 hexadecimal digits of the SHA-256 of a module's source; nothing when there is no source."""
    file = getattr(sys.modules.get(module), "__file__", None)
    try:
        return hashlib.sha256(Path(file or "").read_bytes()).hexdigest()[:16]
    except OSError:
        return ""
