"""Each file in tests/cases/markup: Markdown, a line `%%%%`, the HTML it becomes, a line `%%%%`, its warnings.

A slot is shown as `{{kind:target@line}}`. `pytest --update-golden` writes what is behind the first `%%%%`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.config import MarkupOptions
from sitegen.model import Document, Html
from sitegen.reading.markup import convert

CASES = Path(__file__).parents[2] / "cases" / "markup"
LINE = "%%%%\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.md")))
def test_case(name: str, golden: Callable[[Path, str], None]) -> None:
    file = CASES / f"{name}.md"
    source = file.read_text(encoding="utf-8").partition(LINE)[0]
    golden(file, source + LINE + LINE.join(sections(convert(source, MarkupOptions()))))


def sections(document: Document) -> Iterator[str]:
    yield shown(document.body) + "\n"
    if document.findings:
        yield "".join(f"{finding.place.line}: {finding.what}\n" for finding in document.findings)


def shown(html: Html) -> str:
    slots = [f"{{{{{slot.kind.value}:{slot.target}@{slot.line}}}}}" for slot in html.slots]
    return "".join(part + slot for part, slot in zip(html.parts, [*slots, ""], strict=True))
