"""Files below content/ become values of `sitegen.model`, or errors that say where and what.

`read_site` reads a whole site at one moment, which a `Selection` holds.
"""

from sitegen.reading.conversion import ConvertAll, Remembering, convert_each
from sitegen.reading.documents import decode_document, encode_document
from sitegen.reading.front_matter import Matter
from sitegen.reading.retitling import new_title
from sitegen.reading.selection import Selection
from sitegen.reading.site import FaultySite, read_site
from sitegen.reading.written import read_post_file

__all__ = [
    "ConvertAll",
    "FaultySite",
    "Matter",
    "Remembering",
    "Selection",
    "convert_each",
    "decode_document",
    "encode_document",
    "new_title",
    "read_post_file",
    "read_site",
]
