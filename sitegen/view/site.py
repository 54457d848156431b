"""What all pages share."""

from typing import Literal

from markupsafe import Markup

from sitegen.records import dataclass
from sitegen.view.parts import AboutView, SidebarBlock, YearView
from sitegen.view.small import FeedLink, LinkView, Record, TermView

__all__ = ["SiteView"]

_NO_TOKENS = Record({"light": Record({}), "dark": Record({})})


@dataclass(frozen=True, slots=True)
class SiteView:
    """What all pages share, made once per plan."""

    title: str
    """Name of the site."""
    tagline: str
    """One line below the name; may be empty."""
    description: str
    """A sentence or two about the site; may be empty."""
    url: str
    """Front page, absolute: `https://example.org/blog/`."""
    base: str
    """Front page, root-relative: `/blog/` or `/`."""
    language: str
    """Of the site, a BCP 47 tag: `en`, `de-AT`."""
    direction: Literal["ltr", "rtl"]
    """In which the site's language is written."""
    menu: tuple[LinkView, ...]
    """Configured menu; empty when there is none (then themes show `sections`)."""
    sections: tuple[LinkView, ...]
    """At most seven categories, those with most posts first."""
    about: AboutView
    """What the block "About This Blog" says."""
    recent: tuple[LinkView, ...]
    """The newest ten posts."""
    labels: tuple[TermView, ...]
    """All tags by name."""
    archive: tuple[YearView, ...]
    """All years with months and counts, newest first, without titles."""
    sidebar: tuple[SidebarBlock, ...]
    """Blocks on every page."""
    list_sidebar: tuple[SidebarBlock, ...]
    """Blocks on lists only."""
    feeds: tuple[FeedLink, ...]
    """The site's own feeds: RSS, Atom, JSON."""
    feeds_url: str
    """The page about feeds for people."""
    archive_url: str
    """The page of all years."""
    credit: Markup
    """Line at the foot: the configured credit, else the theme's own."""
    copyright: str
    """`© 2008–2026 The Career Gazette`: years of the first and the newest post."""
    comments: Literal["archive", "none"]
    """Who keeps comments."""
    assets: Record
    """Static files of the theme by path below its static/ folder: `site.assets["theme.css"]` is the URL."""
    options: Record
    """The theme's options."""
    words: Record
    """The words of the user interface in the site's language, from the theme's i18n/."""
    data: Record
    """content/data/ by file name."""
    generator: str
    """`sitegen 0.1.0`."""
    tokens: Record = _NO_TOKENS
    """The theme's tokens as this site has them, by scheme and name: `site.tokens.light.paper`,
    `site.tokens.dark["ink-2"]`."""
