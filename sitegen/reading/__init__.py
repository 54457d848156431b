"""Files below content/ become values of `sitegen.model`, or errors that say where and what.

`read_site` reads a whole site at one moment, which a `Selection` holds. It, and what else a build of an edited text
does not need, is imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sitegen.reading.conversion import ConvertAll, Remembering, convert_each
from sitegen.reading.documents import decode_document, encode_document, lay_aside
from sitegen.reading.front_matter import Matter
from sitegen.reading.passages import Markdown, digest_of_markdown, read_markdown, size_of_markdown
from sitegen.reading.selection import Selection
from sitegen.reading.written import read_post_file

if TYPE_CHECKING:
    from sitegen.reading.retitling import new_title
    from sitegen.reading.site import FaultySite, read_site

__all__ = [
    "ConvertAll",
    "FaultySite",
    "Markdown",
    "Matter",
    "Remembering",
    "Selection",
    "convert_each",
    "decode_document",
    "digest_of_markdown",
    "encode_document",
    "lay_aside",
    "new_title",
    "read_markdown",
    "read_post_file",
    "read_site",
    "size_of_markdown",
]

_HOMES = {"FaultySite": "site", "new_title": "retitling", "read_site": "site"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  as PEP 562 has it
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
