"""Files below content/ become values of `sitegen.model`, or errors that say where and what.

`read_site` reads a whole site at one moment, which a `Selection` holds.
"""

from sitegen.reading.conversion import ConvertAll, convert_each
from sitegen.reading.documents import decode_document, encode_document
from sitegen.reading.fields.dates import read_moment
from sitegen.reading.memory import Memory
from sitegen.reading.selection import Selection
from sitegen.reading.site import FaultySite, read_site
from sitegen.reading.written import read_text

__all__ = [
    "ConvertAll",
    "FaultySite",
    "Memory",
    "Selection",
    "convert_each",
    "decode_document",
    "encode_document",
    "read_moment",
    "read_site",
    "read_text",
]
