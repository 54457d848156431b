"""A route: one file that will exist, and all that it is made of."""

from dataclasses import field

from sitegen.records import dataclass
from sitegen.view.files import Copy, FeedPage, RedirectPage, SitemapIndex, SitemapPage, SocialCard, TextFile
from sitegen.view.pages import ArchivePage, FeedsPage, FrontPage, ListPage, NotFoundPage, PagePage, PostPage
from sitegen.view.site import SiteView

__all__ = ["Route", "View"]


@dataclass(frozen=True, slots=True)
class View:
    """All that one output file is made of."""

    site: SiteView | None
    """None for files that show nothing of the site."""
    page: (
        PostPage
        | PagePage
        | FrontPage
        | ListPage
        | ArchivePage
        | FeedsPage
        | NotFoundPage
        | FeedPage
        | SitemapPage
        | SitemapIndex
        | RedirectPage
        | SocialCard
        | TextFile
        | Copy
    )


@dataclass(frozen=True, slots=True)
class Route:
    """One file that will exist."""

    url: str
    """Path below the base path, percent-encoded, starting with `/`: `/2008/09/follow-up.html`, `/tags/pay/`."""
    output: str
    """Path below the output folder, not encoded: `2008/09/follow-up.html`, `tags/pay/index.html`."""
    template: str
    """A template of the theme (`post.html`), or a medium of our own: `rss`, `atom`, `json-feed`, `sitemap`,
    `sitemap-index`, `redirect`, `social-card`, `text`, `copy`."""
    view: View
    sources: tuple[str, ...] = field(default=())
    """Paths of the files it comes from, for messages; below the site's folder."""
