"""Views of a small site, made by hand: each function returns one with the changes that a test asks for."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from sitegen.rendering import render
from sitegen.store import Store, digest_of
from sitegen.theme import Theme, read_theme
from sitegen.view import (
    AboutView,
    ArchivePage,
    AuthorView,
    Body,
    CardView,
    CommentsView,
    CommentView,
    DateView,
    DayGroup,
    EditionView,
    FeedLink,
    FeedsPage,
    FrontPage,
    ImageView,
    LinkView,
    ListPage,
    MonthView,
    NotFoundPage,
    PagePage,
    Pager,
    PostPage,
    PromoView,
    Record,
    Route,
    SeriesView,
    SidebarBlock,
    SiteView,
    TermView,
    View,
    YearView,
)

STORE = Store()
ORIGIN = "https://example.org"
CSP = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

_OPENING = (
    "<p>Most people send their follow-up too late, and then they send too much of it. A note that arrives within a "
    "day, thanks one person for one thing, and adds a single fact they did not have is read; the rest is filed.</p>"
    "<p>Write it the same evening, while you still remember the questions. Say what you learned, correct the one "
    "answer you would give differently now, and name the day on which you will call.</p>"
)
_TEXT = (
    f"{_OPENING}<h2 id='five'>Five things to say</h2><ul><li>Thank the person by name.</li><li>Name what you talked "
    "about.</li><li>Add one fact.</li></ul><h2 id='when'>When to call</h2><p>On the day you said, at the hour you "
    'said. <a href="',
    '">The guide to phone calls</a> has the words.</p><blockquote><p>“Nobody was ever turned down for a short thank '
    "you.”</p></blockquote><h3 id='n'>By the numbers</h3><div class='table' role='region' tabindex='0' "
    "aria-label='Answers'><table><thead><tr><th>Sent</th><th class='align-right'>Answered</th></tr></thead><tbody>"
    "<tr><td>Same day</td><td class='align-right'>62 %</td></tr><tr><td>Next week</td><td class='align-right'>11 %"
    "</td></tr></tbody></table></div><div class='highlight'><pre tabindex='0'><code><span class='k'>def</span> "
    "<span class='nf'>thank</span>(name): <span class='c1'># short</span>\n    <span class='k'>return</span> "
    "<span class='s1'>'Thank you, '</span> + name</code></pre></div><div class='admonition note'>"
    "<p class='admonition-title'>Note</p><p>Never attach the résumé again.</p></div>"
    "<p>That is all.<sup id='r1'><a href='#f1'>1</a></sup></p><div class='footnote'><hr><ol><li id='f1'><p>Nearly "
    "all. <a href='#r1'>↩</a></p></li></ol></div>",
)


def body(*parts: str, fills: tuple[str, ...] = ()) -> Body:
    """A body whose parts are in `STORE`."""
    digest = digest_of(*parts)
    STORE.add_parts(digest, parts)
    return Body(digest, fills)


def day(number: int = 27, **changes: Any) -> DateView:
    """A day of September 2008."""
    weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[(number - 1) % 7]
    return replace(
        DateView(
            iso=f"2008-09-{number:02}T08:30:00-04:00",
            day=f"2008-09-{number:02}",
            full=f"{weekday}, September {number}, 2008",
            medium=f"Sep {number}, 2008",
            url="/2008/09/",
            year=2008,
        ),
        **changes,
    )


def site_view(theme: Theme, **changes: Any) -> SiteView:
    """The Career Gazette with two sections, three labels and two years."""
    sections = (LinkView("Interviews", "/sections/interviews/"), LinkView("Pay", "/sections/pay/"))
    values: dict[str, Any] = {
        "title": "The Career Gazette",
        "tagline": "Plain advice about work, since 2008",
        "description": "Practical advice, one post at a time.",
        "url": f"{ORIGIN}/",
        "base": "/",
        "language": "en",
        "direction": "ltr",
        "menu": (),
        "sections": sections,
        "about": AboutView(Markup("Practical advice, <em>one post</em> at a time."), "/about.html"),
        "recent": (LinkView("The follow-up guide", "/2008/09/follow-up.html", day()),),
        "labels": (TermView("C++", "/tags/c-plus-plus/", 1), TermView("phone", "/tags/phone/", 12)),
        "archive": (
            YearView("2008", "/2008/", 14, (MonthView("September", "/2008/09/", 12), MonthView("May", "/2008/05/", 2))),
            YearView("2007", "/2007/", 1, (MonthView("December", "/2007/12/", 1),)),
        ),
        "sidebar": (SidebarBlock("about", ""),),
        "feeds": (
            FeedLink("RSS", "/feed.xml", f"{ORIGIN}/feed.xml", "application/rss+xml"),
            FeedLink("Atom", "/atom.xml", f"{ORIGIN}/atom.xml", "application/atom+xml"),
            FeedLink("JSON Feed", "/feed.json", f"{ORIGIN}/feed.json", "application/feed+json"),
        ),
        "feeds_url": "/feeds/",
        "archive_url": "/archive/",
        "credit": Markup("Set in Newsreader and printed by sitegen."),
        "copyright": "© 2007–2008 The Career Gazette",
        "comments": "archive",
        "assets": Record({path: f"/{file.output}" for path, file in theme.assets.items()}),
        "options": theme.options,
        "words": theme.words,
        "data": Record({}),
        "generator": "sitegen 0.1.0",
        "tokens": theme.tokens,
    }
    values |= changes
    if "list_sidebar" not in changes:
        values["list_sidebar"] = (
            SidebarBlock("recent", "", posts=values["recent"]),
            SidebarBlock("labels", "", labels=values["labels"]),
            SidebarBlock("archive", "", years=values["archive"]),
        )
    return SiteView(**values)


def comments(count: int = 0, **changes: Any) -> CommentsView:
    """A comment line; -1 is an unknown number."""
    text = {-1: "Comments", 1: "1 comment"}.get(count, f"{count} comments")
    values = CommentsView("/2008/09/follow-up.html#comments", text, count, open=True, id="2008/follow-up")
    return replace(values, **changes)


def comment(id: str = "comment-1", replies: tuple[CommentView, ...] = (), **changes: Any) -> CommentView:  # noqa: A002
    """A comment by Ann."""
    text = Markup("<p>I called on Monday, as you said. It worked.</p>")
    return replace(CommentView(id, "Ann", "https://ann.example/", day(28), "14:05", text, replies), **changes)


def picture(**changes: Any) -> ImageView:
    """A picture with caption and credit."""
    values = ImageView(
        "/2008/09/desk.svg", "A desk", f"{ORIGIN}/2008/09/desk.svg", 1200, 800, "The desk.", "C. Mueller"
    )
    return replace(values, **changes)


def card(title: str = "The follow-up guide", **changes: Any) -> CardView:
    """A post on a list."""
    url = f"/2008/09/{re.sub('[^a-z]+', '-', title.lower())[:60]}.html"
    values = CardView(
        title=title,
        url=url,
        date=day(),
        summary=Markup(
            "When the answer is “not this year”, the useful conversation <em>starts</em>: what can be promised."
        ),
        authors=(LinkView("Carl Mueller", "/authors/carl-mueller/"),),
        section=LinkView("Interviews", "/sections/interviews/"),
        comments=comments(url=f"{url}#comments"),
    )
    return replace(values, **changes)


def lead(**changes: Any) -> CardView:
    """A card with opening paragraphs."""
    return replace(card("How to ask for a raise when the budget is frozen", opening=body(_OPENING)), **changes)


def author(**changes: Any) -> AuthorView:
    """Carl Mueller, with a bio."""
    bio = body("<p>Carl Mueller has recruited for thirty years and wrote <em>Recruiter Secrets Revealed</em>.</p>")
    return replace(AuthorView("carl", "Carl Mueller", "/authors/carl-mueller/", bio, role="Recruiter"), **changes)


def promo(**changes: Any) -> PromoView:
    """The book."""
    text = body("<p>The questions that decide, and the answers that recruiters hope to hear. By Carl Mueller.</p>")
    return replace(
        PromoView("book", "Recruiter Secrets Revealed", text, "Promotion", "https://book.example/"), **changes
    )


def head(**changes: Any) -> dict[str, Any]:
    """The fields that every page has."""
    values: dict[str, Any] = {
        "title": "The follow-up guide",
        "url": "/2008/09/follow-up.html",
        "canonical": f"{ORIGIN}/2008/09/follow-up.html",
        "description": "What to write after an interview, and when.",
        "lang": "en",
        "direction": "ltr",
        "csp": CSP,
        "edition": EditionView(day(), "Vol. 2, No. 271"),
        "crumbs": (LinkView("The Career Gazette", "/"),),
    }
    return values | changes


def post_page(**changes: Any) -> PostPage:
    """The follow-up guide."""
    values: dict[str, Any] = {
        "id": "2008/follow-up",
        "date": day(),
        "updated": None,
        "modified": day(),
        "authors": (author(),),
        "section": LinkView("Interviews", "/sections/interviews/"),
        "tags": (LinkView("phone", "/tags/phone/"), LinkView("C++", "/tags/c-plus-plus/")),
        "content": body(*_TEXT, fills=("/2008/09/phone.html?a=1&amp;b=2",)),
        "summary": Markup("What to <em>write</em> after an interview, and when."),
        "social_image": None,
        "drop_cap": True,
        "promos": (promo(),),
        "comments": comments(),
        "newer": LinkView("A fair way to say no", "/2008/09/no.html", day(28)),
        "older": LinkView("Seven questions before you resign", "/2008/09/seven.html", day(20)),
        "related": (LinkView("The phone call", "/2008/09/phone.html", day(12)),),
        "series": None,
        "toc": (LinkView("Five things to say", "#five"), LinkView("When to call", "#when")),
        "words": 160,
        "minutes": 1,
        "age": 0,
        "extra": Record({}),
    }
    return PostPage(**head() | values | changes)


def page_page(**changes: Any) -> PagePage:
    """The page `about`."""
    values: dict[str, Any] = {
        "content": body("<p>We write about work.</p>"),
        "updated": day(),
        "toc": (),
        "extra": Record({}),
    }
    own = head(title="About", url="/about.html", canonical=f"{ORIGIN}/about.html", edition=None)
    return PagePage(**own | values | changes)


def pager(url: str = "/", number: int = 0, total: int = 0, *, newer: str = "", older: str = "") -> Pager:
    """A pager with the given neighbours."""
    newer_link, older_link = (LinkView("", there) if there else None for there in (newer, older))
    return Pager(newer_link, older_link, number, total, LinkView("", url))


def front_page(**changes: Any) -> FrontPage:
    """A front page with a lead, four stories and two days."""
    stories = ("The quiet art of the second interview", "Why your CV needs a one-line summary",
               "Returning to work after a year away", "What hiring managers read in the first ten seconds")  # fmt: skip
    rest = ("A fair way to say no to a counter-offer", "Mentors, sponsors and the difference that pays",
            "Seven questions to ask before you resign", "The probation period is a negotiation too",
            "Learning to delegate when you are the youngest in the room")  # fmt: skip
    values: dict[str, Any] = {
        "lead": lead(),
        "secondary": tuple(card(title, date=day(26 - number)) for number, title in enumerate(stories)),
        "days": (
            DayGroup(day(), (card("Another story of that day"),)),
            DayGroup(day(21, url="/2008/09/21/"), tuple(card(title, date=day(21)) for title in rest[:3])),
            DayGroup(day(20), tuple(card(title, date=day(20)) for title in rest[3:])),
        ),
        "pager": pager(total=3, older="/page/3/"),
        "promo": promo(),
    }
    own = head(title="The Career Gazette", url="/", canonical=f"{ORIGIN}/", crumbs=(), next_url=f"{ORIGIN}/page/3/")
    return FrontPage(**own | values | changes)


def list_page(kind: str = "category", **changes: Any) -> ListPage:
    """The section Interviews."""
    url = "/sections/interviews/"
    days = tuple(DayGroup(day(n), (card(f"Story of the {n}th", date=day(n)),)) for n in (27, 21, 20, 12))
    values: dict[str, Any] = {
        "kind": kind,
        "days": days,
        "pager": pager(url, total=2, older=f"{url}page/2/"),
        "count": 31,
    }
    feed = FeedLink("Interviews feed", f"{url}feed.xml", f"{ORIGIN}{url}feed.xml", "application/rss+xml")
    return ListPage(**head(title="Interviews", url=url, canonical=f"{ORIGIN}{url}", feed=feed) | values | changes)


def archive_page(kind: str = "archive", **changes: Any) -> ArchivePage:
    """The archive of all years, or that of 2008."""
    posts = (
        LinkView("The follow-up guide", "/2008/09/follow-up.html", day()),
        LinkView("No", "/2008/09/no.html", day(2)),
    )
    year = YearView("2008", "/2008/", 2, (MonthView("September", "/2008/09/", 2, posts),))
    own = head(title="Archive" if kind == "archive" else "2008", url="/archive/", canonical=f"{ORIGIN}/archive/")
    older = LinkView("2007", "/2007/") if kind == "year" else None
    return ArchivePage(**own | {"kind": kind, "years": (year,), "count": 2, "older": older} | changes)


def feeds_page(**changes: Any) -> FeedsPage:
    """The page about feeds."""
    section = FeedLink("Pay feed", "/sections/pay/feed.xml", f"{ORIGIN}/sections/pay/feed.xml", "application/rss+xml")
    own = head(title="Feeds", url="/feeds/", canonical=f"{ORIGIN}/feeds/")
    return FeedsPage(**own | {"sections": (section,), "tags": (), "authors": ()} | changes)


def not_found_page(**changes: Any) -> NotFoundPage:
    """404.html."""
    own = head(title="Page not found", url="/404.html", canonical=f"{ORIGIN}/404.html", noindex=True, crumbs=())
    return NotFoundPage(**own | {"content": None, "latest": (LinkView("The guide", "/g.html", day()),)} | changes)


def series() -> SeriesView:
    """Two parts; this is the second."""
    parts = (LinkView("Before the interview", "/1.html"), LinkView("After the interview", "/2.html", current=True))
    return SeriesView("The interview", parts, 2)


def newspaper(**options: object) -> Theme:
    """The bundled theme as it is."""
    return read_theme(Path("/no such site"), "newspaper", options, "en")


def page_html(page: Any, theme: Theme, site: SiteView | None = None, template: str = "") -> str:
    """The page as a template of `theme` makes it."""
    template = template or {"category": "list", "tag": "list", "author": "list", "day": "list", "month": "list",
                            "posts": "list", "year": "archive"}.get(page.kind, page.kind) + ".html"  # fmt: skip
    route = Route(page.url, "x.html", template, View(site or site_view(theme), page), ("content/x.md",))
    return render(route, theme, STORE).decode()
