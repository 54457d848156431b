"""What a site may decide about its Markdown: the table `markdown` of the configuration."""

from typing import ClassVar

from pydantic import ConfigDict, StrictBool, StrictStr

from sitegen.records import dataclass

__all__ = ["MarkupOptions"]


@dataclass(frozen=True, slots=True)
class MarkupOptions:
    """How text becomes HTML. Its `repr` names every field, so a digest over it tells when to convert again."""

    # Not strict: pydantic would take an instance then, but no table. The fields are strict by themselves.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=False)

    typography: StrictBool = True
    """Straight quotes become curly, `--` a dash and `...` an ellipsis, by the rules of `language`."""
    language: StrictStr = ""
    """Language tag whose quotation marks are set; empty: the site's language."""
    highlight: StrictBool = True
    """Code blocks that name their language are marked up for the theme's colours."""
    autolink: StrictBool = True
    """A bare address in running text becomes a link."""
    raw_html: StrictBool = True
    """HTML in a text stays HTML; otherwise its tags are shown as typed, and no attribute styles or scripts."""
