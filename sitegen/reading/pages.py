"""Pages that are not dated."""

from collections.abc import Iterable, Iterator

from sitegen.errors import Finding
from sitegen.model import Document, Held, Page, State
from sitegen.reading.conversion import Documents, Text
from sitegen.reading.fields import PageFields
from sitegen.reading.names import stem_of
from sitegen.reading.selection import Selection
from sitegen.reading.written import Written, missing_alt
from sitegen.text import slugify

__all__ = ["held_pages", "is_page_taken", "make_pages", "texts_of_pages"]


def texts_of_pages(pages: Iterable[Written[PageFields]]) -> Iterator[Text]:
    """Yield the bodies and summaries of pages."""
    for page in pages:
        yield Text(page.matter, page.text)
        if page.fields.summary:
            yield Text(page.matter, page.fields.summary, ("summary",))


def is_page_taken(page: Written[PageFields], selection: Selection) -> bool:
    """Whether a page is on the site: unless it is a draft."""
    return selection.takes(State.DRAFT if page.fields.draft else State.LIVE)


def make_pages(
    pages: Iterable[Written[PageFields]], documents: Documents, selection: Selection
) -> tuple[tuple[tuple[Page, ...], tuple[Page, ...]], tuple[Finding, ...]]:
    """Return the pages that are on the site by path, those that are held back, and what is wrong with all."""
    made: list[Page] = []
    held: list[Page] = []
    findings: list[Finding] = []
    for page in pages:
        findings.extend(missing_alt(page, page.fields.image, "image"))
        if body := documents.get((page.source.path, ())):
            shelf = made if is_page_taken(page, selection) else held
            shelf.append(_page(page, body, documents.get((page.source.path, ("summary",)))))
    return (tuple(made), tuple(held)), tuple(findings)


def held_pages(pages: Iterable[Written[PageFields]], selection: Selection) -> Iterator[Held]:
    """Yield the pages that are held back, whether their texts can be read or not."""
    for page in pages:
        if not is_page_taken(page, selection):
            yield Held(page.source.path, page.fields.title, State.DRAFT, None, "draft: true")


def _page(page: Written[PageFields], body: Document, summary: Document | None) -> Page:
    fields = page.fields
    return Page(
        path=stem_of(page.source.path),
        source=page.source,
        title=fields.title,
        document=body,
        updated=fields.updated,
        summary=summary,
        slug=slugify(fields.slug) if fields.slug else "",
        permalink=fields.permalink,
        aliases=fields.aliases,
        unlisted=fields.unlisted,
        image=fields.image,
        lang=fields.lang,
        description=fields.description,
        template=fields.template,
        extra=fields.extra,
    )
