"""Links: from an address as written in a source to the address a page shows, or to the error that says why not."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from sitegen.errors import Finding, Place
from sitegen.model import Asset, Held, State
from sitegen.planning.addresses import normalise
from sitegen.text import nearest

__all__ = ["Ground", "Links", "Target", "host_of"]

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_SUFFIX = re.compile(r"^([^?#]*)(\?[^#]*)?(#.*)?$", re.DOTALL)
_HELD_BACK = {State.DRAFT: "a draft", State.SCHEDULED: "scheduled", State.EXPIRED: "expired"}


@dataclass(frozen=True, slots=True)
class Target:
    """A page that links can lead to."""

    url: str
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything that a link can lead to."""

    sources: Mapping[str, Target]
    """Pages by the path of their source, `content/posts/2008/a.md`."""
    assets: Mapping[str, tuple[Asset, str]]
    """Files by path, with the URL at which each is published when something asks for it."""
    held: Mapping[str, Held]

    def asset_urls(self) -> dict[str, str]:
        """Return path by URL of all files."""
        return {url: path for path, (_, url) in self.assets.items()}


@dataclass(frozen=True, slots=True)
class _Pending:
    """A link to a path of the site, checked when all pages are known."""

    url: str
    fragment: str
    written: str
    place: Place


@dataclass(slots=True)
class Links:
    """Resolves the addresses of one plan, and collects the files they name and the faults."""

    ground: Ground
    used: set[str] = field(default_factory=set)
    """Paths of files that a published source names."""
    faults: list[Finding] = field(default_factory=list)
    _pending: list[_Pending] = field(default_factory=list)

    def resolve(self, written: str, place: Place, own: Target | None = None) -> str:
        """Return the path of the site (or the address elsewhere) that `written` in the file `place.path` leads to.

        `own` is the page that the file becomes, for `#fragment` links. A broken link is noted as a fault and comes
        back as it was written.
        """
        if not written or _SCHEME.match(written):
            return written
        match = _SUFFIX.match(written)
        path, query, fragment = (match[1], match[2] or "", match[3] or "") if match else (written, "", "")
        if not path:
            if own is not None and fragment:
                self._check_anchor(own, fragment, written, place)
            return written
        if path.startswith("/"):
            url = normalise(path)
            self._pending.append(_Pending(url, fragment, written, place))
        else:
            url = self._relative(unquote(path), fragment, written, place)
        return url + query + fragment if url else written

    def _relative(self, path: str, fragment: str, written: str, place: Place) -> str:
        """Return the path of the site for a path relative to the file, or nothing after noting a fault."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(place.path), path))
        target = next((found for name in (file, f"{file}/index.md") if (found := self.ground.sources.get(name))), None)
        if target:
            self._check_anchor(target, fragment, written, place)
            return target.url
        if file in self.ground.assets:
            self.used.add(file)
            return self.ground.assets[file][1]
        self._fault(written, file, place)
        return ""

    def _fault(self, written: str, file: str, place: Place) -> None:
        if held := self.ground.held.get(file) or self.ground.held.get(f"{file}/index.md"):
            what = f"the link {written} leads to a post that is not published: it is {_HELD_BACK[held.state]}"
            hint = "publish that post first, or drop the link"
            self.faults.append(Finding(what, place, why=f"{held.path}: {held.reason}", hint=hint))
            return
        near = nearest(posixpath.basename(file), self._names_beside(file))
        hint = f"did you mean {near}?" if near else "write a path relative to this file, or one that starts with /"
        self.faults.append(Finding(f"the link {written} leads nowhere", place, why=f"there is no {file}", hint=hint))

    def _names_beside(self, file: str) -> Iterable[str]:
        folder = posixpath.dirname(file)
        names = (*self.ground.sources, *self.ground.assets)
        return {posixpath.basename(name) for name in names if posixpath.dirname(name) == folder}

    def _check_anchor(self, target: Target, fragment: str, written: str, place: Place) -> None:
        anchor = unquote(fragment[1:])
        if anchor and anchor not in target.anchors and not anchor.startswith((":~:", "comment-")):
            near = nearest(anchor, target.anchors)
            hint = f"did you mean #{near}?" if near else _anchor_hint(target.anchors)
            self.faults.append(
                Finding(f"the link {written} leads to a part that the page does not have", place, hint=hint)
            )

    def finish(self, targets: Mapping[str, Target], urls: Iterable[str]) -> None:
        """Check the links to paths of the site, now that all are known, and note which files they ask for."""
        known, assets = set(urls), self.ground.asset_urls()
        for link in self._pending:
            if link.url in targets:
                self._check_anchor(targets[link.url], link.fragment, link.written, link.place)
            elif link.url in assets:
                self.used.add(assets[link.url])
            elif link.url not in known:
                near = nearest(link.url, known)
                hint = f"did you mean {near}?" if near else "paths that start with / are those of the published site"
                self.faults.append(
                    Finding(f"the link {link.written} leads nowhere", link.place,
                            why=f"the site has no {unquote(link.url)}", hint=hint)
                )  # fmt: skip


def _anchor_hint(anchors: frozenset[str]) -> str:
    shown = ", ".join(f"#{anchor}" for anchor in sorted(anchors)[:8])
    return f"its parts are {shown}" if shown else "it has no headings to link to"


def host_of(address: str) -> str:
    """Return the origin of an address elsewhere, `https://host`, or an empty string for one of this site."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
