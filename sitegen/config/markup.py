"""What a site may decide about its Markdown: the table `markdown` of the configuration."""

from sitegen.records import dataclass

__all__ = ["MarkupOptions"]


@dataclass(frozen=True, slots=True)
class MarkupOptions:
    """How text becomes HTML. Its `repr` names every field, so a digest over it tells when to convert again."""

    typography: bool = True
    """Straight quotes become curly, `--` a dash and `...` an ellipsis, by the rules of `language`."""
    language: str = ""
    """Language tag whose quotation marks are set; empty: the site's language."""
    highlight: bool = True
    """Code blocks that name their language are marked up for the theme's colours."""
    autolink: bool = True
    """A bare address in running text becomes a link."""
    raw_html: bool = True
    """HTML in a text stays HTML; otherwise its tags are shown as typed, and no attribute styles or scripts."""
