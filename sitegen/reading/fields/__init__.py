"""What the front matter of each kind of file says, key by key (CONTENT.md section 2)."""

from sitegen.reading.fields.dates import local_time, read_end, read_moment
from sitegen.reading.fields.reader import (
    KNOWN_AUTHOR_KEYS,
    KNOWN_PAGE_KEYS,
    KNOWN_POST_KEYS,
    KNOWN_PROMO_KEYS,
    read_author_fields,
    read_page_fields,
    read_post_fields,
    read_promo_fields,
)
from sitegen.reading.fields.records import (
    AuthorFields,
    InlineAuthor,
    InlinePromo,
    PageFields,
    PostFields,
    PromoFields,
)

__all__ = [
    "KNOWN_AUTHOR_KEYS",
    "KNOWN_PAGE_KEYS",
    "KNOWN_POST_KEYS",
    "KNOWN_PROMO_KEYS",
    "AuthorFields",
    "InlineAuthor",
    "InlinePromo",
    "PageFields",
    "PostFields",
    "PromoFields",
    "local_time",
    "read_author_fields",
    "read_end",
    "read_moment",
    "read_page_fields",
    "read_post_fields",
    "read_promo_fields",
]
