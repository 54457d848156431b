"""Archived comments: a list in YAML per post, at the post's path (CONTENT.md section 1)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from sitegen.config.toml import KeyPath, Spot
from sitegen.config.values import suggestion
from sitegen.errors import Finding, Place, Severity, SourceError
from sitegen.model import Comment
from sitegen.reading.fields import read_moment
from sitegen.reading.fields.convert import Converter, to_id, to_required_line, to_text
from sitegen.reading.front_matter import decode, finding_at
from sitegen.reading.manuscripts import Manuscript
from sitegen.reading.names import stem_of
from sitegen.reading.sanitise import sanitise
from sitegen.reading.walk import TEXT_LIMIT, Entry, read_bytes
from sitegen.reading.written import as_warning
from sitegen.reading.yaml import Fault, Raw, YamlFaults, read_yaml
from sitegen.text import nearest

__all__ = ["read_threads"]

_LINK = re.compile(r"https?://[^\s/?#@\\]\S*", re.IGNORECASE)
_REQUIRED: Final = ("id", "author", "date", "body")
_DEEPEST: Final = 16
"""How deeply replies nest; those below stand side by side."""


def read_threads(
    entries: Iterable[Entry], manuscripts: Iterable[Manuscript], zone: tzinfo
) -> tuple[Mapping[str, tuple[Comment, ...]], tuple[Finding, ...]]:
    """Return the comments of each post by the post's path, oldest first.

    Faults in the comments of a post that is held back are warnings, and so are comments without a post.
    """
    posts = {manuscript.name.id: manuscript for manuscript in manuscripts}
    threads: dict[str, tuple[Comment, ...]] = {}
    findings: list[Finding] = []
    for entry in entries:
        thread, faults = _read_thread(entry, zone)
        name = stem_of(entry.path).removesuffix("/index")
        post = posts.get(name)
        if post is None:
            findings.extend((*faults, _orphan(entry, name, posts)))
            continue
        if post.path in threads:
            faults = (*faults, Finding(f"the comments of {post.path} are in another file too", Place(entry.path)))
        findings.extend(faults if post.taken else map(as_warning, faults))
        threads[post.path] = thread
    return threads, tuple(findings)


def _orphan(entry: Entry, name: str, posts: Iterable[str]) -> Finding:
    known = sorted(posts)
    moved = [post for post in known if post.rpartition("/")[2] == name.rpartition("/")[2]]
    meant = moved[0] if len(moved) == 1 else nearest(name, known)
    what = "comments without a post"
    hint = f"did you mean {meant}.yaml?" if meant else f"they belong to content/posts/{name}.md: was it renamed?"
    return Finding(what, Place(entry.path), hint=hint, severity=Severity.WARNING)


def _read_thread(entry: Entry, zone: tzinfo) -> tuple[tuple[Comment, ...], tuple[Finding, ...]]:
    try:
        text = decode(read_bytes(entry, at_most=TEXT_LIMIT), entry.path)
        document = read_yaml(text)
    except YamlFaults as error:
        return (), tuple(finding_at(entry.path, text, fault) for fault in error.faults)
    except SourceError as error:
        return (), error.findings
    reader = _Reader(entry.path, text, document.spots, zone)
    return reader.thread(document.value), tuple(reader.findings)


class _Reader:
    """Goes over one file of comments and collects what is wrong with it."""

    def __init__(self, path: str, text: str, spots: Mapping[KeyPath, Spot], zone: tzinfo) -> None:
        self.path = path
        self.text = text
        self.spots = spots
        self.findings: list[Finding] = []
        self._converters: Mapping[str, Converter] = {
            "id": to_id,
            "author": to_required_line,
            "url": to_text,
            "date": lambda raw: read_moment(to_text(raw), zone),
            "body": to_text,
            "reply_to": to_text,
        }

    def thread(self, raw: Raw) -> tuple[Comment, ...]:
        """Return the comments that can be read, oldest first; replies to what is not there stand on their own."""
        if not isinstance(raw, tuple):
            if raw is not None:
                self._note((), "comments must be a list", hint="start each comment with `- id: ...`")
            return ()
        found = [(number, comment) for number, item in enumerate(raw) if (comment := self._comment(item, number))]
        comments: dict[str, Comment] = {}
        for number, comment in found:
            if comment.id in comments:
                self._note((number, "id"), f"the id `{comment.id}` is given twice", hint="give each comment its own")
            comments.setdefault(comment.id, comment)
        parents = self._parents({comment.id: (number, comment.reply_to) for number, comment in found})
        nested = (replace(comment, reply_to=_parent(comment.id, parents)) for comment in comments.values())
        return tuple(sorted(nested, key=lambda comment: (comment.date, comment.id)))

    def _comment(self, raw: Raw, number: int) -> Comment | None:
        """Return a comment; None, and what is wrong, when it lacks what each must have."""
        if not isinstance(raw, Mapping):
            self._note((number,), "a comment must be a mapping", hint="such as `- id: ...`")
            return None
        values = {key: value for key, item in raw.items() if (value := self._value(number, key, item)) is not None}
        for key in _REQUIRED:
            if raw.get(key) is None:
                self._note((number,), f"`{key}` is missing")
        if any(key not in values for key in _REQUIRED):
            return None
        return Comment(
            id=values["id"],
            author=values["author"],
            url=self._link(number, values.get("url", "")),
            date=values["date"],
            body=sanitise(values["body"]),
            reply_to=values.get("reply_to", ""),
        )

    def _value(self, number: int, key: str, raw: Raw) -> Any:  # noqa: ANN401  as many types as there are keys
        if key not in self._converters:
            self._note((number, key), f"unknown key `{key}`", hint=suggestion(key, self._converters), at_key=True)
            return None
        try:
            return None if raw is None else self._converters[key](raw)
        except ValueError as error:
            what, _, hint = str(error).partition(": ")  # as the converters write them
            self._note((number, key), f"`{key}` {what}", hint=hint)
            return None

    def _link(self, number: int, url: str) -> str:
        if not url or _LINK.fullmatch(url):
            return url
        hint = "only addresses that start with https:// or http:// are shown"
        self._note((number, "url"), f"the address `{url}` is left out", hint=hint, severity=Severity.WARNING)
        return ""

    def _parents(self, replies: Mapping[str, tuple[int, str]]) -> Mapping[str, str]:
        """Return the comment that each replies to, with a warning for what cannot be, which stands on its own."""
        parents = {reply: parent for reply, (_, parent) in replies.items()}
        for reply, (number, parent) in replies.items():
            if parent and (parent not in parents or reply in _ancestors(reply, parents)):
                what = "replies to itself" if parent in parents else f"replies to `{parent}`, which is not there"
                self._note((number, "reply_to"), what, hint="it is shown on its own", severity=Severity.WARNING)
                parents[reply] = ""
        return parents

    def _note(
        self, path: KeyPath, what: str, *, hint: str = "", at_key: bool = False, severity: Severity = Severity.ERROR
    ) -> None:
        spot = self.spots.get(path, Spot(0, 0))
        finding = finding_at(self.path, self.text, Fault(what, spot.key if at_key else spot.value, hint))
        self.findings.append(replace(finding, severity=severity))


def _parent(reply: str, parents: Mapping[str, str]) -> str:
    """Return the comment below which a reply is shown: the one it replies to, or the last that is not too deep."""
    above = _ancestors(reply, parents)
    return above[-_DEEPEST] if len(above) > _DEEPEST else parents[reply]


def _ancestors(reply: str, parents: Mapping[str, str]) -> list[str]:
    """Return what a comment replies to, nearest first; once round where that leads in a circle."""
    above: dict[str, None] = {}
    parent = parents.get(reply, "")
    while parent and parent not in above:
        above[parent] = None
        parent = parents.get(parent, "")
    return list(above)
