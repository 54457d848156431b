"""Every key of a site's configuration, with what it means and what it is when it is not given."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from sitegen.config.file import ConfigFile
from sitegen.config.markup import MarkupOptions
from sitegen.config.permalinks import Permalinks
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

__all__ = ["CommentOptions", "Config", "FeedOptions", "MenuItem", "SidebarItem"]

_DIRECTIVES: Final = (
    *("default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem"),
    *("style-src-attr", "img-src", "font-src", "connect-src", "media-src", "object-src", "frame-src", "child-src"),
    *("worker-src", "manifest-src", "base-uri", "form-action", "frame-ancestors"),
)  # Content Security Policy Level 3, sections 6.1 to 6.4


def _check_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("must be a date such as 2008-09-27") from error
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("must be a date such as 2008-09-27")
    return value


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


Line = Annotated[str, AfterValidator(check_line)]
Directive = Annotated[str, AfterValidator(_check_directive)]
Sources = Annotated[tuple[Annotated[str, AfterValidator(_check_source)], ...], BeforeValidator(_split)]
Link = Annotated[str, AfterValidator(check_link)]


class _Table(BaseModel):
    """A table of the file: no key that is not declared, no conversion, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CommentOptions(_Table):
    """The table `comments`."""

    provider: Literal["archive", "none"] = "archive"
    """Who keeps comments: `archive` shows those in content/comments/, `none` has no comment line at all."""
    default: Literal["open", "closed", "off"] = "open"
    """What a post that does not say has: comments, no new ones, or no comment line."""


class FeedOptions(_Table):
    """The table `feeds`."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 20
    """How many posts a feed has."""
    content: Literal["full", "summary"] = "full"
    """Whether a feed carries whole posts or their summaries."""
    authority: Annotated[str, AfterValidator(check_authority)] | None = None
    """Host name or e-mail address in the ids of posts; by default the host of `url`. Give the old one when the site
    moves, and no reader sees old posts as new."""


class MenuItem(_Table):
    """An entry of the list `menu`."""

    title: Line
    """What the link says."""
    url: Link
    """Where it leads: a path of the site (`/about.html`) or an address."""


class SidebarItem(_Table):
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

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, table: Any) -> Any:  # noqa: ANN401  whatever stands in the file
        if isinstance(table, Mapping) and table.get("block") in ("recent", "labels", "archive"):
            return {"on": "lists", **table}
        return table

    @model_validator(mode="after")
    def _check(self) -> "SidebarItem":
        if self.block == "text" and not self.body.strip():
            raise ValueError("of the block `text` needs a `body`")
        if self.body and self.block not in {"text", "promo"}:
            raise ValueError(f"of the block `{self.block}` takes no `body`")
        return self


_SIDEBAR: Final = (
    SidebarItem(block="about", on="all"),
    SidebarItem(block="recent", on="lists"),
    SidebarItem(block="labels", on="lists"),
    SidebarItem(block="archive", on="lists"),
)


class Config(_Table):
    """The configuration of a site. Only `title` and `url` must be given."""

    title: Line
    """Name of the site."""
    url: Annotated[str, AfterValidator(check_site_url)]
    """Address of the front page: `https://example.org/` or, below a base path, `https://example.org/blog/`."""
    tagline: str = ""
    """What stands below the title, one line."""
    description: str = ""
    """What the site is about, for the About block and for search engines."""
    language: Annotated[str, AfterValidator(check_language)] = "en"
    """Language of the site, a BCP 47 tag: `en`, `pt-BR`."""
    timezone: Annotated[str, AfterValidator(check_zone)] = "UTC"
    """The zone in which dates without an offset are meant, by its IANA name: `America/Toronto`."""
    theme: Annotated[str, AfterValidator(check_name)] = "newspaper"
    """Name of the theme: a folder of themes/, or one that comes with sitegen."""
    output: Annotated[str, AfterValidator(_check_output)] = "output"
    """Folder that is published, below the site's folder or absolute."""
    author: str = ""
    """Author of posts that name none: id of a file in content/authors/, or a name. Empty: no byline."""
    founded: Annotated[date | None, BeforeValidator(_check_date)] = None
    """Day the site was founded, for volume numbers; by default that of the first post."""
    posts_per_page: Annotated[int, Field(ge=1, le=1000)] = 10
    """Number of posts on a numbered page of a list."""
    comments: CommentOptions = CommentOptions()
    """Comments."""
    feeds: FeedOptions = FeedOptions()
    """Feeds."""
    permalinks: Permalinks = Permalinks.model_validate({})
    """Where pages lie."""
    menu: tuple[MenuItem, ...] = ()
    """The menu; empty: the theme shows the sections."""
    sidebar: tuple[SidebarItem, ...] = _SIDEBAR
    """Blocks of the sidebar, in this order."""
    theme_options: Mapping[str, Any] = {}
    """What the theme lets a site choose; the theme says what there is."""
    markdown: MarkupOptions = MarkupOptions()
    """How Markdown becomes HTML."""
    csp: Mapping[Directive, Sources] = {}
    """Sources to add to the Content-Security-Policy, per directive: `img-src = ["https://images.example"]`."""
    editor: Annotated[str, AfterValidator(_check_editor)] | None = None
    """Command that opens a file for writing, with `{file}` and `{line}`: `code --goto {file}:{line}`."""
    social_cards: bool = False
    """Draw a picture of the title of each post that has none of its own, for where it is shared."""
    credit: str = ""
    """The colophon line at the foot of every page."""

    _file: ConfigFile | None = PrivateAttr(None)

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
