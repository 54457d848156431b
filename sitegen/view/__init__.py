"""What a template sees. Every class is small, frozen and closed; every address is ready to be written into `href`.

A template gets two names: `site` (a `SiteView`) and `page` (one of the `*Page` classes). Fields of type `Markup` are
HTML and are printed as they are; `str` is text and is escaped. A neighbour is a link, never another page.
A `Body` is printed like any other value: `{{ page.content }}`.
"""

from sitegen.view.fields import field_names, field_reader
from sitegen.view.files import (
    CardStyle,
    Copy,
    FeedEntry,
    FeedPage,
    RedirectPage,
    SitemapEntry,
    SitemapIndex,
    SitemapPage,
    SocialCard,
    TextFile,
)
from sitegen.view.pages import ArchivePage, FeedsPage, FrontPage, ListPage, NotFoundPage, PagePage, PageView, PostPage
from sitegen.view.parts import (
    AboutView,
    AuthorView,
    CardView,
    CommentsView,
    CommentView,
    DayGroup,
    MonthView,
    Pager,
    PromoView,
    SeriesView,
    SidebarBlock,
    YearView,
)
from sitegen.view.routes import Route, View
from sitegen.view.site import SiteView
from sitegen.view.small import Body, DateView, EditionView, FeedLink, ImageView, LinkView, Record, TermView
from sitegen.view.titles import retitled, titled_addresses
from sitegen.view.walks import Walk

__all__ = [
    "AboutView",
    "ArchivePage",
    "AuthorView",
    "Body",
    "CardStyle",
    "CardView",
    "CommentView",
    "CommentsView",
    "Copy",
    "DateView",
    "DayGroup",
    "EditionView",
    "FeedEntry",
    "FeedLink",
    "FeedPage",
    "FeedsPage",
    "FrontPage",
    "ImageView",
    "LinkView",
    "ListPage",
    "MonthView",
    "NotFoundPage",
    "PagePage",
    "PageView",
    "Pager",
    "PostPage",
    "PromoView",
    "Record",
    "RedirectPage",
    "Route",
    "SeriesView",
    "SidebarBlock",
    "SiteView",
    "SitemapEntry",
    "SitemapIndex",
    "SitemapPage",
    "SocialCard",
    "TermView",
    "TextFile",
    "View",
    "Walk",
    "YearView",
    "field_names",
    "field_reader",
    "retitled",
    "titled_addresses",
]
