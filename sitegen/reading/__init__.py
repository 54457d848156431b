"""Files below content/ become values of `sitegen.model`, or errors that say where and what.

`read_site` reads a whole site at one moment, which a `Selection` holds.
"""

from sitegen.reading.conversion import ConvertAll, convert_each, convert_one, options_for
from sitegen.reading.documents import decode_document, encode_document
from sitegen.reading.fields import PostFields
from sitegen.reading.fields.dates import read_moment
from sitegen.reading.front_matter import Matter
from sitegen.reading.memory import Memory
from sitegen.reading.passages import Markdown, digest_of_markdown, read_markdown, size_of_markdown
from sitegen.reading.pictures import PICTURES
from sitegen.reading.recollection import LoadDocument, Recollection, recollect
from sitegen.reading.rereading import reread_posts
from sitegen.reading.retitling import new_title
from sitegen.reading.selection import Selection
from sitegen.reading.site import FaultySite, read_site
from sitegen.reading.written import Written, read_post_file

__all__ = [
    "PICTURES",
    "ConvertAll",
    "FaultySite",
    "LoadDocument",
    "Markdown",
    "Matter",
    "Memory",
    "PostFields",
    "Recollection",
    "Selection",
    "Written",
    "convert_each",
    "convert_one",
    "decode_document",
    "digest_of_markdown",
    "encode_document",
    "new_title",
    "options_for",
    "read_markdown",
    "read_moment",
    "read_post_file",
    "read_site",
    "recollect",
    "reread_posts",
    "size_of_markdown",
]
