"""What the writer wrote, as values: frozen, checked, and free of anything that only publishing decides.

No URL of this site appears here: links are kept as they were written (`Slot`) until planning knows every address.
"""

from sitegen.model.documents import Document, Heading, Html, Slot, SlotKind, Source
from sitegen.model.posts import Author, Comment, CommentPolicy, Page, Picture, Post, Promo, PromoMatch, State, Value
from sitegen.model.sites import Asset, Held, Site

__all__ = [
    "Asset",
    "Author",
    "Comment",
    "CommentPolicy",
    "Document",
    "Heading",
    "Held",
    "Html",
    "Page",
    "Picture",
    "Post",
    "Promo",
    "PromoMatch",
    "Site",
    "Slot",
    "SlotKind",
    "Source",
    "State",
    "Value",
]
