"""The text blocks of the sidebar: Markdown that stands in the configuration."""

from dataclasses import replace

from sitegen.config import Config
from sitegen.errors import Finding, Place
from sitegen.model import Document
from sitegen.reading.conversion import ConvertAll

__all__ = ["read_sidebar"]


def read_sidebar(config: Config, convert_all: ConvertAll) -> tuple[tuple[Document | None, ...], tuple[Finding, ...]]:
    """Return a document for each block of the configured sidebar, None for a block that is no text."""
    place = Place(config.source)
    blocks = [index for index, item in enumerate(config.sidebar) if item.block == "text"]
    documents: list[Document | None] = [None] * len(config.sidebar)
    findings: list[Finding] = []
    results = convert_all([config.sidebar[index].body for index in blocks], config.markup)
    for index, result in zip(blocks, results, strict=True):
        findings.extend(replace(finding, place=place) for finding in result.findings)
        documents[index] = result if isinstance(result, Document) else None
    return tuple(documents), tuple(findings)
