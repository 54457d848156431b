"""Markdown becomes a `Document`. A pure function of the text: it knows no other page and opens no file."""

from sitegen.config import MarkupOptions
from sitegen.model import Document
from sitegen.reading.markup.addresses import hosts_of
from sitegen.reading.markup.blocks import check_blocks
from sitegen.reading.markup.elements import finish_elements
from sitegen.reading.markup.engine import to_html
from sitegen.reading.markup.excerpts import has_drop_cap, lead_text, opening
from sitegen.reading.markup.nesting import nest
from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.structure import anchors_of, boxed_tables, finish_headings
from sitegen.reading.markup.tokens import MORE, html_of, tokenise
from sitegen.reading.markup.words import inline_html, plain_text
from sitegen.text import clean, word_count

__all__ = ["convert"]

_SUMMARY_CHARACTERS = 4_000
"""A text longer than this is no summary."""


def convert(text: str, options: MarkupOptions) -> Document:
    """Return what `text`, Markdown without front matter, becomes.

    Characters that XML forbids are left out. Raises SourceError, without a path, when the text cannot be converted.
    """
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    notes = Notes(text)
    tokens = nest(tokenise(to_html(text, options)), notes)
    more = None
    if MORE in tokens:
        place = tokens.index(MORE)
        more = inline_html(tokens[:place]) or None
        del tokens[place]
    tokens, headings = finish_headings(tokens, notes)
    tokens = boxed_tables(finish_elements(tokens, notes, raw_html=options.raw_html))
    if "///" in text:
        check_blocks(tokens, notes)
    return Document(
        body=html_of(tokens),
        opening=html_of(opening(tokens)),
        headings=headings,
        anchors=tuple(sorted(anchors_of(tokens))),
        more=more,
        lead_text=lead_text(tokens),
        words=word_count(plain_text(tokens)),
        hosts=hosts_of(tokens),
        drop_cap=has_drop_cap(tokens),
        findings=tuple(sorted(notes.findings, key=lambda finding: finding.sort_key)),
        inline=inline_html(tokens) if len(text) <= _SUMMARY_CHARACTERS else "",
    )
