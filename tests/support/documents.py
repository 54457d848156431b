"""The documentation, taken apart: sections, code blocks, code spans."""

import re
from dataclasses import dataclass
from pathlib import Path

__all__ = ["CHECKOUT", "DOCUMENTS", "Block", "blocks", "sections", "spans"]

CHECKOUT = Path(__file__).parent.parent.parent
DOCUMENTS = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").glob("*.md"))]

_HEADING = re.compile(r"^#{2,3} (.+)\n", re.MULTILINE)
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block of code."""

    section: str
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """The commands of a block of shell, one a line, without comments."""
        lines = (re.sub(r"(^|\s+)#.*", "", line) for line in self.text.splitlines())
        return [line for line in lines if line]


def sections(document: Path) -> dict[str, str]:
    """The text under each heading, without that under the headings below it; what stands first is under ""."""
    parts = ["", *_HEADING.split(document.read_text(encoding="utf-8"))]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def blocks(document: Path, language: str = "") -> list[Block]:
    """The fenced blocks, all or those in one language."""
    found = (Block(heading, *parts) for heading, text in sections(document).items() for parts in _FENCED.findall(text))
    return [block for block in found if language in {"", block.language}]


def spans(text: str) -> list[str]:
    """The code spans of a text that has blocks as well."""
    return re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))
