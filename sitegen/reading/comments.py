"""Archived comments: a list in YAML per post, at the post's path (CONTENT.md section 1)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from sitegen.config.toml import KeyPath, Spot
from sitegen.config.values import split_hint, suggestion
from sitegen.errors import Finding, Place, Severity, SourceError, as_warning
from sitegen.memo import Memo
from sitegen.model import Comment
from sitegen.reading.fields import read_moment
from sitegen.reading.fields.convert import Converter, to_id, to_required_line, to_text
from sitegen.reading.front_matter import decode, finding_at
from sitegen.reading.manuscripts import Manuscript
from sitegen.reading.names import stem_of
from sitegen.reading.sanitise import sanitise
from sitegen.reading.walk import TEXT_LIMIT, Entry, read_bytes
from sitegen.reading.yaml import MAX_FAULTS, Fault, Raw, YamlFaults, read_yaml
from sitegen.text import nearest

__all__ = ["read_threads"]

_LINK = re.compile(r"https?://[^\s/?#@\\]\S*", re.IGNORECASE)
_REQUIRED: Final = ("id", "author", "date", "body")
_DEEPEST: Final = 16
"""How deeply replies nest; those below stand side by side."""
_LONGEST: Final = 1 << 16
"""Characters of a comment: the time that making one harmless takes grows with the square of its depth."""


def read_threads(
    entries: Iterable[Entry], manuscripts: Iterable[Manuscript], zone: tzinfo, memo: Memo[str, Any]
) -> tuple[Mapping[str, tuple[Comment, ...]], tuple[Finding, ...]]:
    """Return the comments of each post by the post's path, oldest first.

    Faults in the comments of a post that is held back are warnings, and so are comments without a post. `memo` has
    the threads of the last reading by path.
    """
    posts = {manuscript.name.id: manuscript for manuscript in manuscripts}
    threads: dict[str, tuple[Comment, ...]] = {}
    files: dict[str, str] = {}
    findings: list[Finding] = []
    for entry in entries:
        thread, faults = memo.recall(entry.path, (entry, zone), _read_thread)
        name = stem_of(entry.path).removesuffix("/index")
        post = posts.get(name)
        if post is None:
            findings.extend((*faults, _orphan(entry, name, posts)))
            continue
        if files.setdefault(post.path, entry.path) != entry.path:
            what = f"the comments of {post.path} are in {files[post.path]} too"
            faults = (*faults, Finding(what, Place(entry.path), hint="join the two"))
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
            "body": _to_body,
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
        above = _above(parents)
        nested = (replace(comment, reply_to=above[comment.id][-1]) for comment in comments.values())
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
            what, hint = split_hint(str(error))
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
        checked: set[str] = set()
        for reply, (number, parent) in replies.items():
            if parent and (parent not in parents or _is_in_circle(reply, parents, checked)):
                what = "replies to itself" if parent in parents else f"replies to `{parent}`, which is not there"
                self._note((number, "reply_to"), what, hint="it is shown on its own", severity=Severity.WARNING)
                parents[reply] = ""
        return parents

    def _note(
        self, path: KeyPath, what: str, *, hint: str = "", at_key: bool = False, severity: Severity = Severity.ERROR
    ) -> None:
        if sum(found.severity is severity for found in self.findings) >= MAX_FAULTS:
            return
        spot = self.spots.get(path, Spot(0, 0))
        finding = finding_at(self.path, self.text, Fault(what, spot.key if at_key else spot.value, hint))
        self.findings.append(replace(finding, severity=severity))


def _to_body(raw: Raw) -> str:
    text = to_text(raw)
    if len(text) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST:,} characters")
    return text


def _is_in_circle(reply: str, parents: Mapping[str, str], checked: set[str]) -> bool:
    """Whether a comment replies to itself, by way of others; those that lead to the end are noted in `checked`."""
    way: dict[str, None] = {}
    while reply and reply not in checked and reply not in way:
        way[reply] = None
        reply = parents.get(reply, "")
    if reply in way:
        return reply == next(iter(way))
    checked.update(way)
    return False


def _above(parents: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return the comments above each, outermost first: an empty id, then those whose replies may nest deeper."""
    above: dict[str, tuple[str, ...]] = {"": ()}
    for reply in parents:
        way = [reply]
        while way[-1] not in above:
            way.append(parents.get(way[-1], ""))
        for one in reversed(way[:-1]):
            parent = parents.get(one, "")
            above[one] = (*above[parent], parent)[: _DEEPEST + 1]
    return above
