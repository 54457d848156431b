"""Every key of a site's configuration, with what it means and what it is when it is not given."""

import re
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sitegen.config.file import ConfigFile
from sitegen.config.markup import MarkupOptions
from sitegen.config.permalinks import Permalinks
from sitegen.config.tables import Before
from sitegen.config.toml import KeyPath
from sitegen.config.values import (
    check_authority,
    check_language,
    check_line,
    check_link,
    check_name,
    check_site_url,
    check_zone,
    read_zone,
    suggestion,
)
from sitegen.errors import Finding, Place
from sitegen.records import dataclass

__all__ = ["CommentOptions", "Config", "FeedOptions", "MenuItem", "SidebarItem"]

_DIRECTIVES: Final = (
    *("default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem"),
    *("style-src-attr", "img-src", "font-src", "connect-src", "media-src", "object-src", "frame-src", "child-src"),
    *("worker-src", "manifest-src", "base-uri", "form-action", "frame-ancestors"),
)  # Content Security Policy Level 3, sections 6.1 to 6.4
_MOST: Final = 1000
"""Posts on one page or in one feed."""


def _check_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("must be a date such as 2008-09-27") from error
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("must be a date such as 2008-09-27")
    return value


def _check_count(count: int) -> int:
    if not 1 <= count <= _MOST:
        raise ValueError(f"must be at least 1, not {count}" if count < 1 else f"must be at most {_MOST}, not {count}")
    return count


def _check_output(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: name the folder that is published")
    if not text.isprintable():
        raise ValueError("must not contain control characters")
    if text.startswith("~") or "$" in text or re.search(r"%\w+%", text):
        raise ValueError(
            "must be a plain path: `~`, `$NAME` and `%NAME%` are never expanded, so that a build is the same everywhere"
        )
    return text


def _check_editor(command: str) -> str:
    for name in re.findall(r"\{([^{}]*)\}", command):
        if name not in {"file", "line"}:
            raise ValueError(f"has an unknown placeholder `{{{name}}}`: one of: {{file}}, {{line}}")
    if "{file}" not in command:
        raise ValueError("must contain `{file}`, such as `code --goto {file}:{line}`")
    return check_line(command)


def _check_directive(name: str) -> str:
    if name not in _DIRECTIVES:
        raise ValueError(f"is no directive: {suggestion(name, _DIRECTIVES) or 'see Content Security Policy Level 3'}")
    return name


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


def _check_source(source: str) -> str:
    if not re.fullmatch(r"[!-+\--:<-~]+", source):  # printable ASCII but `,` and `;`, which part policies
        raise ValueError("must be one source without blanks, `,` and `;`, such as `https://example.org`")
    return source


Line = Annotated[str, check_line]
Directive = Annotated[str, _check_directive]
Sources = Annotated[tuple[Annotated[str, _check_source], ...], Before(_split)]
Link = Annotated[str, check_link]


@dataclass(frozen=True, slots=True)
class CommentOptions:
    """The table `comments`."""

    provider: Literal["archive", "none"] = "archive"
    """Who keeps comments: `archive` shows those in content/comments/, `none` has no comment line at all."""
    default: Literal["open", "closed", "off"] = "open"
    """What a post that does not say has: comments, no new ones, or no comment line."""


@dataclass(frozen=True, slots=True)
class FeedOptions:
    """The table `feeds`."""

    limit: Annotated[int, _check_count] = 20
    """How many posts a feed has."""
    content: Literal["full", "summary"] = "full"
    """Whether a feed carries whole posts or their summaries."""
    authority: Annotated[str, check_authority] | None = None
    """Host name or e-mail address in the ids of posts; by default the host of `url`. Give the old one when the site
    moves, and no reader sees old posts as new."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the list `menu`."""

    title: Line
    """What the link says."""
    url: Link
    """Where it leads: a path of the site (`/about.html`) or an address."""


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """An entry of the list `sidebar`."""

    block: Literal["about", "recent", "labels", "archive", "text", "promo"]
    """What stands there."""
    title: str = ""
    """Heading of the block; empty: the theme's own words."""
    body: str = ""
    """Of a `text` block: its text, Markdown. Of a `promo` block: the id of the promo, empty: the site picks one."""
    on: Literal["all", "lists"] = "all"
    """Where it stands: on all pages, or on lists only. By default `recent`, `labels` and `archive` stand on lists
    only, since on posts each new post would change every page."""

    @classmethod
    def complete(cls, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the table with `on`, where that is not the same for all blocks."""
        return {"on": "lists", **table} if table.get("block") in ("recent", "labels", "archive") else table

    def __post_init__(self) -> None:
        """Raise ValueError if the block needs a `body`, or takes none."""
        if self.block == "text" and not self.body.strip():
            raise ValueError("of the block `text` needs a `body`")
        if self.body and self.block not in {"text", "promo"}:
            raise ValueError(f"of the block `{self.block}` takes no `body`")


_SIDEBAR: Final = (
    SidebarItem(block="about", on="all"),
    SidebarItem(block="recent", on="lists"),
    SidebarItem(block="labels", on="lists"),
    SidebarItem(block="archive", on="lists"),
)


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration of a site. Only `title` and `url` must be given."""

    title: Line = field(metadata={"hint": 'write the name of the site: title = "My Paper"'})
    """Name of the site."""
    url: Annotated[str, check_site_url] = field(
        metadata={"hint": 'write the address of the front page: url = "https://example.org/"'}
    )
    """Address of the front page: `https://example.org/` or, below a base path, `https://example.org/blog/`."""
    tagline: str = ""
    """What stands below the title, one line."""
    description: str = ""
    """What the site is about, for the About block and for search engines."""
    language: Annotated[str, check_language] = "en"
    """Language of the site, a BCP 47 tag: `en`, `pt-BR`."""
    timezone: Annotated[str, check_zone] = "UTC"
    """The zone in which dates without an offset are meant, by its IANA name: `America/Toronto`."""
    theme: Annotated[str, check_name] = "newspaper"
    """Name of the theme: a folder of themes/, or one that comes with sitegen."""
    output: Annotated[str, _check_output] = "output"
    """Folder that is published, below the site's folder or absolute."""
    author: str = ""
    """Author of posts that name none: id of a file in content/authors/, or a name. Empty: no byline."""
    founded: Annotated[date | None, Before(_check_date)] = None
    """Day the site was founded, for volume numbers; by default that of the first post."""
    posts_per_page: Annotated[int, _check_count] = 10
    """Number of posts on a numbered page of a list."""
    comments: CommentOptions = CommentOptions()
    """Comments."""
    feeds: FeedOptions = FeedOptions()
    """Feeds."""
    permalinks: Permalinks = Permalinks()
    """Where pages lie."""
    menu: tuple[MenuItem, ...] = ()
    """The menu; empty: the theme shows the sections."""
    sidebar: tuple[SidebarItem, ...] = _SIDEBAR
    """Blocks of the sidebar, in this order."""
    theme_options: Mapping[str, Any] = field(default_factory=dict)
    """What the theme lets a site choose; the theme says what there is."""
    markdown: MarkupOptions = MarkupOptions()
    """How Markdown becomes HTML."""
    csp: Mapping[Directive, Sources] = field(default_factory=dict)
    """Sources to add to the Content-Security-Policy, per directive: `img-src = ["https://images.example"]`."""
    editor: Annotated[str, _check_editor] | None = None
    """Command that opens a file for writing, with `{file}` and `{line}`: `code --goto {file}:{line}`."""
    social_cards: bool = False
    """Draw a picture of the title of each post that has none of its own, for where it is shared."""
    credit: str = ""
    """The colophon line at the foot of every page."""

    _file: ConfigFile | None = field(default=None, repr=False, compare=False)

    @property
    def markup(self) -> MarkupOptions:
        """How Markdown becomes HTML, in the site's language unless `markdown` names another."""
        return replace(self.markdown, language=self.markdown.language or self.language)

    @property
    def source(self) -> str:
        """Name of the file that this was read from: `sitegen.toml` or `pyproject.toml`."""
        return self._file.name if self._file else "sitegen.toml"

    def finding(self, key: KeyPath, what: str, *, why: str = "", hint: str = "") -> Finding:
        """Return an error about the value at `key`, with its place: `("menu", 0, "url")`."""
        if self._file is None:
            return Finding(what, Place(self.source), why, hint)
        return self._file.finding(key, what, why=why, hint=hint)

    @property
    def address(self) -> str:
        """The front page, absolute, with a slash at its end: `https://example.org/blog/`."""
        return self.url

    @property
    def base(self) -> str:
        """Path of the front page: `/` or `/blog/`."""
        return urlsplit(self.url).path

    @property
    def authority(self) -> str:
        """Who gives out the ids of posts: `example.org`."""
        return self.feeds.authority or urlsplit(self.url).hostname or ""

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone, from the package tzdata."""
        return read_zone(self.timezone)
