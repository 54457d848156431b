"""Links: from an address as written in a source to the address a page shows, or to the error that says why not."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote

from sitegen.errors import Finding, Place
from sitegen.model import Asset, Held, SlotKind, State
from sitegen.planning.addresses import normalise
from sitegen.records import dataclass
from sitegen.text import nearest

__all__ = ["Ground", "Links", "Notes", "Target", "leads_elsewhere"]

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_PARTS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_HELD_BACK = {State.DRAFT: "a draft", State.SCHEDULED: "scheduled", State.EXPIRED: "expired"}
_SHOWN_ANCHORS = 8


def leads_elsewhere(written: str) -> bool:
    """Whether an address is not one of this site, and stands as it was written."""
    return not written or _SCHEME.match(written) is not None


@dataclass(frozen=True, slots=True)
class Target:
    """A page that links can lead to."""

    url: str
    ids: tuple[str, ...]
    """Of its body."""
    parts: tuple[str, ...]
    """What the theme puts round the body and links may lead to."""

    @property
    def anchors(self) -> frozenset[str]:
        """All that a `#part` may name."""
        return frozenset((*self.ids, *self.parts))

    def has(self, anchor: str) -> bool:
        """Whether a `#part` may name `anchor`."""
        return anchor in self.ids or anchor in self.parts


@dataclass(frozen=True)
class Ground:
    """Everything that a link can lead to."""

    sources: Mapping[str, Target]
    """Pages by the path of their source, `content/posts/2008/a.md`."""
    assets: Mapping[str, tuple[Asset, str]]
    """Files by path, with the URL at which each is published when something asks for it."""
    held: Mapping[str, Held]
    """Sources that are held back, by path."""
    held_targets: Mapping[str, Target] = field(default_factory=dict)
    """Pages that posts which are held back will become, by the path of their source."""
    broken: frozenset[str] = frozenset()
    """Sources that cannot be read; what is wrong with them is told elsewhere."""

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Paths of files by URL."""
        return {url: path for path, (_, url) in self.assets.items()}

    def differences(self, other: "Ground") -> set[str]:
        """Return the paths of sources that are not on both grounds, or are something else there."""
        pairs: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
            (self.sources, other.sources),
            (self.held, other.held),
            (self.held_targets, other.held_targets),
        )
        return set(self.broken ^ other.broken).union(
            key
            for ours, theirs in pairs
            for key in ours.keys() | theirs.keys()
            if (one := ours.get(key)) is not (another := theirs.get(key)) and one != another
        )

    def url_of_path(self, path: str) -> str:
        """Return the URL that a path of the site, as written, means; a file without suffix is no folder."""
        as_file = quote(unquote(path))
        return as_file if as_file in self.paths else normalise(path)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link as it was written."""

    written: str
    place: Place
    kind: SlotKind

    def fault(self, what: str, *, why: str = "", hint: str = "") -> Finding:
        return Finding(f"the {self.kind.value} {self.written} {what}", self.place, why, hint)


_Pending = tuple[str, str, _Link]
"""Path of the site, fragment, and where that is written."""


@dataclass(slots=True)
class Notes:
    """What was found out about links."""

    used: set[str] = field(default_factory=set)
    """Paths of files that a published source names."""
    asked: set[str] = field(default_factory=set)
    """Paths of sources or files that links named, whether they are there or not; and of what names them."""
    faults: dict[tuple[str, Finding], None] = field(default_factory=dict)
    """Each with the address as it was written."""
    pending: list[_Pending] = field(default_factory=list)
    """Links to paths of the site, to be checked when all are known."""

    def add(self, other: "Notes") -> None:
        """Take over what other notes say about the links of a plan."""
        if other.used:
            self.used |= other.used
        if other.faults:
            self.faults.update(other.faults)
        if other.pending:
            self.pending += other.pending


@dataclass(slots=True)
class Links:
    """Resolves the addresses of one plan, and collects the files they name and the faults."""

    ground: Ground
    notes: Notes = field(default_factory=Notes)
    _near: dict[str, str | None] = field(default_factory=dict)
    """What was probably meant, by what is not there: many links may lead to one page that is gone."""

    def resolve(self, written: str, place: Place, own: Target | None = None, kind: SlotKind = SlotKind.LINK) -> str:
        """Return the path of the site (or the address elsewhere) that `written` in the file `place.path` leads to.

        `own` is the page that the file becomes, for `#part` links. A broken link is noted as a fault and comes back
        as it was written.
        """
        if leads_elsewhere(written):
            return written
        path, query, fragment = (part or "" for part in _PARTS.fullmatch(written).groups())  # type: ignore[union-attr]
        link = _Link(written, place, kind)
        if not path:
            if own is not None:
                self._check_anchor(own, fragment, link)
            return written
        if path.startswith("/"):
            url = self.ground.url_of_path(path)
            self.notes.pending.append((url, fragment, link))
        else:
            url = self._relative(unquote(path), fragment, link)
        return url + query + fragment if url else written

    def _relative(self, path: str, fragment: str, link: _Link) -> str:
        """Return the path of the site for a path relative to the file, or nothing after noting a fault."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(link.place.path), path))
        names = (file, f"{file}/index.md")
        self.notes.asked.update(names)
        if target := next((self.ground.sources[name] for name in names if name in self.ground.sources), None):
            self._check_anchor(target, fragment, link)
            return target.url
        if file in self.ground.assets:
            self.notes.used.add(file)
            return self.ground.assets[file][1]
        if self.ground.broken.isdisjoint(names):
            if held := next((self.ground.held[name] for name in names if name in self.ground.held), None):
                self._check_held(held, fragment, link)
            else:
                self._note(link, self._leads_nowhere(link, file))
        return ""

    def _leads_nowhere(self, link: _Link, file: str) -> Finding:
        near = self._nearest(file, (*self.ground.sources, *self.ground.assets))
        meant = posixpath.relpath(near, posixpath.dirname(link.place.path)) if near else ""
        hint = f"did you mean {meant}?" if meant else "write a path relative to this file, or one that starts with /"
        what = "leads nowhere" if link.kind is SlotKind.LINK else "is missing"
        return link.fault(what, why=f"there is no {file}", hint=hint)

    def _nearest(self, path: str, known: Iterable[str]) -> str | None:
        if path not in self._near:
            self._near[path] = nearest(path, known)
        return self._near[path]

    def _check_held(self, held: Held, fragment: str, link: _Link) -> None:
        """Note a fault, unless the link stands in what is itself held back, and for as long."""
        self.notes.asked.add(link.place.path)
        own, target = self.ground.held.get(link.place.path), self.ground.held_targets.get(held.path)
        if own is None or not _comes_in_time(held, own):
            self._note(link, _leads_to_held(link, held))
        elif target:
            self._check_anchor(target, fragment, link)

    def _check_anchor(self, target: Target, fragment: str, link: _Link) -> None:
        anchor = unquote(fragment[1:])
        # `:~:` starts a text fragment, which names no part (URL Fragment Text Directives).
        if anchor and not target.has(anchor) and not anchor.startswith(":~:"):
            near = nearest(anchor, target.anchors)
            shown = ", ".join(f"#{name}" for name in sorted(target.anchors)[:_SHOWN_ANCHORS])
            hint = f"did you mean #{near}?" if near else f"its parts are {shown}"
            self._note(link, link.fault("leads to a part that the page does not have", hint=hint))

    def picture(self, written: str, file: str) -> Asset | None:
        """Return the file of this site that a picture's address means, as written in the source `file`."""
        path = unquote(written.partition("#")[0].partition("?")[0])
        if leads_elsewhere(written) or not path:
            return None
        if path.startswith("/"):
            path = self.ground.paths.get(self.ground.url_of_path(path), "")
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        asset, _ = self.ground.assets.get(path, (None, ""))
        return asset

    def finish(self, targets: Iterable[Target], urls: Iterable[str]) -> None:
        """Check the links to paths of the site, now that all are known, and note which files they ask for."""
        by_url, known = {target.url: target for target in targets}, set(urls)
        held = {target.url: self.ground.held[path] for path, target in self.ground.held_targets.items()}
        for url, fragment, link in self.notes.pending:
            if url in by_url:
                self._check_anchor(by_url[url], fragment, link)
            elif url in self.ground.paths:
                self.notes.used.add(self.ground.paths[url])
            elif url in known or self.ground.broken:
                continue
            elif url in held:
                self._check_held(held[url], fragment, link)
            else:
                near = self._nearest(url, known)
                hint = f"did you mean {near}?" if near else "paths that start with / are those of the published site"
                what = "leads nowhere" if link.kind is SlotKind.LINK else "is missing"
                self._note(link, link.fault(what, why=f"the site has no {unquote(url)}", hint=hint))

    def _note(self, link: _Link, fault: Finding) -> None:
        self.notes.faults[link.written, fault] = None

    def faults(self, root: Path) -> tuple[Finding, ...]:
        """Return what is wrong with the links, each with its line, and the column where the address stands in it."""
        lines = {path: _lines(root / path) for path in {fault.place.path for _, fault in self.notes.faults}}
        return tuple(_quoted(fault, written, lines[fault.place.path]) for written, fault in self.notes.faults)


def _leads_to_held(link: _Link, held: Held) -> Finding:
    what = "page" if held.path.startswith("content/pages/") else "post"
    return link.fault(
        f"leads to a {what} that is not published: it is {_HELD_BACK[held.state]}",
        why=f"{held.path}: {held.reason}",
        hint=f"publish that {what} first, or drop the link",
    )


def _comes_in_time(held: Held, own: Held) -> bool:
    """Whether `held` may be on the site when `own` is: a draft's day is not known, that of an expired post is past."""
    if own.state is State.SCHEDULED:
        due = held.date if held.state is State.SCHEDULED else None
        return due is not None and own.date is not None and due <= own.date
    return own.state is State.EXPIRED or held.state is not State.EXPIRED


def _lines(file: Path) -> list[str]:
    """Return the lines of a source; none if it cannot be read any more."""
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeError):
        return []


def _quoted(fault: Finding, written: str, lines: list[str]) -> Finding:
    """Return the fault with its line; reading has no place for the line of every link that is right."""
    if not 0 < fault.place.line <= len(lines):
        return fault
    excerpt = lines[fault.place.line - 1]
    column = fault.place.column or excerpt.find(written) + 1
    return replace(fault, excerpt=excerpt, place=replace(fault.place, column=column))
