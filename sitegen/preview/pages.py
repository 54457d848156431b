"""From a request's target to an answer, out of a table. No path of a request ever reaches the file system."""

import re
from urllib.parse import unquote_to_bytes

from sitegen.errors import Finding
from sitegen.preview.error_page import error_page, notice_page
from sitegen.preview.media_types import HTML, TEXT, media_type
from sitegen.preview.snapshot import Snapshot, findings_of
from sitegen.records import dataclass
from sitegen.view import Route

__all__ = ["Answer", "answer"]

_INDEX = "index.html"
# A path as in RFC 3986 section 3.3, and what browsers leave unencoded besides (URL Standard, path percent-encode set).
_TARGET = re.compile(r"/(?:%[0-9A-Fa-f]{2}|[]!$&-;=@A-Z[^_a-z|~])*")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets."""

    status: int
    """Of HTTP (RFC 9110 section 15)."""
    media_type: str = TEXT
    body: bytes = b""
    location: str = ""
    """Where to go instead, percent-encoded."""
    findings: tuple[Finding, ...] = ()
    """Why the page that was asked for could not be rendered."""
    route: Route | None = None
    """What is shown."""

    @property
    def is_page(self) -> bool:
        """Whether a browser shows it as a page."""
        return self.media_type == HTML


def answer(snapshot: Snapshot, target: str) -> Answer:
    """Return the answer to a request for `target`: path and query as they stand in the request line."""
    path = _decode(target)
    if path is None:
        return Answer(400, body=b"This address is not valid.\n")
    if snapshot.edition is None and media_type(_file_name(path)) == HTML:
        return Answer(500, HTML, error_page(snapshot.findings))
    if not path.startswith(snapshot.base):
        return _outside(snapshot, path)
    below = path[len(snapshot.base) - 1 :]
    if route := _find(snapshot, below):
        return _file(snapshot, route)
    if folder := snapshot.routes.get(below + "/"):
        return _redirect(snapshot, folder.url)
    return _not_found(snapshot)


def _decode(target: str) -> str | None:
    """Return the path of a target, percent-decoded once, or None if it is none."""
    path = target.partition("?")[0]
    if not _TARGET.fullmatch(path):
        return None
    try:
        decoded = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(decoded) else decoded


def _file_name(path: str) -> str:
    """Return the name of the file that would answer; an address without a suffix is a folder's."""
    name = path.rsplit("/", 1)[-1]
    return name if "." in name else _INDEX


def _outside(snapshot: Snapshot, path: str) -> Answer:
    """Answer outside the base path: the root of the server and the base path without its slash lead to the site."""
    return _redirect(snapshot, "/") if path in {"/", snapshot.base[:-1]} else _not_found(snapshot)


def _find(snapshot: Snapshot, path: str) -> Route | None:
    if route := snapshot.routes.get(path):
        return route
    return snapshot.routes.get(path.removesuffix(_INDEX)) if path.endswith(f"/{_INDEX}") else None


def _redirect(snapshot: Snapshot, url: str) -> Answer:
    # The address is the table's, never the request's: nothing that was asked for can lead to another host.
    return Answer(302, location=snapshot.base[:-1] + url)


def _file(snapshot: Snapshot, route: Route, status: int = 200) -> Answer:
    try:
        kind = media_type(route.output, route.template)
        return Answer(status, kind, snapshot.render(route), route=route)
    except Exception as error:  # noqa: BLE001  a fault of ours is shown, and the preview lives on
        findings = findings_of(error)
        return Answer(500, HTML, error_page(findings), findings=findings)


def _not_found(snapshot: Snapshot) -> Answer:
    if route := snapshot.not_found:
        return _file(snapshot, route, 404)
    return Answer(404, HTML, notice_page("Nothing is published here", "The site has no page at this address."))
