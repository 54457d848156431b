"""Files below content/ become values of `sitegen.model`, or errors that say where and what.

`read_site` reads a whole site at one moment, which a `Selection` holds.
"""

from sitegen.reading.conversion import ConvertAll, Remembering, convert_each
from sitegen.reading.documents import decode_document, encode_document, lay_aside
from sitegen.reading.passages import Markdown, digest_of_markdown, read_markdown, size_of_markdown
from sitegen.reading.selection import Selection
from sitegen.reading.site import FaultySite, read_site
from sitegen.reading.written import read_text

__all__ = [
    "ConvertAll",
    "FaultySite",
    "Markdown",
    "Remembering",
    "Selection",
    "convert_each",
    "decode_document",
    "digest_of_markdown",
    "encode_document",
    "lay_aside",
    "read_markdown",
    "read_site",
    "read_text",
    "size_of_markdown",
]
