"""A small crawler, and a server that answers below a path as GitHub Pages does for a project."""

import re
from collections import deque
from http.server import SimpleHTTPRequestHandler
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from selectolax.lexbor import LexborHTMLParser

__all__ = ["ADDRESS", "BelowAPath", "crawl"]

ADDRESS = "https://example.org/blog/"
"""What the site says its address is; links to that host are followed on the server at hand."""

_HOST = "https://example.org/"


class BelowAPath(SimpleHTTPRequestHandler):
    """Answers `/blog/x` with the file `x`, and nothing else."""

    def translate_path(self, path: str) -> str:
        below = path.removeprefix(urlsplit(ADDRESS).path)
        return super().translate_path(f"/{below}" if below != path else "/nothing/is/here")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def crawl(front: str, *more: str) -> tuple[set[str], list[str]]:
    """Follow every link of a site from its front page and `more` paths; return what answers, and what does not."""
    origin = urljoin(front, "/")
    waiting = deque([front, *(front + path for path in more)])
    met, answered, lost = set(waiting), set(), []
    while waiting:
        address = waiting.popleft()
        try:
            links = _read_links(address)
        except OSError as error:
            lost.append(f"{address}: {error}")
            continue
        answered.add(address)
        here = (urljoin(address, link).replace(_HOST, origin).partition("#")[0] for link in links)
        found = {target for target in here if target.startswith(origin)} - met
        met |= found
        waiting.extend(sorted(found))
    return answered, lost


def _read_links(address: str) -> list[str]:
    """The addresses that a page, a feed, a sitemap, a style sheet or a robots.txt names."""
    with urlopen(address) as answer:  # noqa: S310  the test's own server
        media_type, body = answer.headers.get_content_type(), answer.read().decode(errors="replace")
    match media_type:
        case "text/html":
            page = LexborHTMLParser(body)
            named = [node.attributes[name] or "" for name in ("href", "src") for node in page.css(f"[{name}]")]
            return named + re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', body)
        case "text/css":
            return re.findall(r"""url\(["']?([^"')]+)""", body)
        case "text/xml" | "application/xml" | "application/json" | "text/plain":
            styles = re.findall(r'<\?xml-stylesheet [^>]*href="([^"]+)"', body)
            return styles + re.findall(rf"{_HOST}[^\s<>\"'\\&?]*", body)
    return []
