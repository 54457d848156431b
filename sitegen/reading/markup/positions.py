"""Where in a text something was written: Markdown's parser gives no positions.

A line is found by looking for what was written, outside code, and by counting: the third link to `a.md` in the HTML
is the third in the text. Links by reference count where they are used, but have the line of their definition.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from sitegen.errors import Finding, Place, Severity
from sitegen.reading.markup.tokens import Tag, Token

__all__ = ["Notes", "Written"]

_FENCED = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t>]*(?P=fence)[`~]*[ \t]*$", re.DOTALL | re.MULTILINE
)
_TICKS = re.compile("`+")
_END_OF_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTAINER = re.compile(r" {0,3}(?:[-*+:]|\d+[.)]|!!!|\?\?\?|\[\^)")
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
_END_OF_FOOTNOTE = re.compile(r"\n[ \t]*\n(?! {4}|\t|[ \t]*\n)|\n(?= {0,3}\[\^)|\Z")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]+)\]:\s*<?$")
_EMPTY = re.compile(r"\]\(\s*(?:<>)?\s*\)|=\s*(?:\"\"|'')")
_ADDRESS_LIKE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|www\.|.*@", re.DOTALL)
_END_OF_BARE = re.compile(r"[?!.,:;*_~^'\")\]]*(?:[\s<]|$)")
_NOT_NEWLINE = re.compile(r"[^\n]")
_EXCERPT = 200


class Written:
    """A text as it was written, to look for lines in."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._text = text
        self._lines_left: dict[tuple[str, str], list[int]] = {}
        self._places: dict[str, list[int]] = {}

    def line(self, number: int) -> str:
        """Return a line, or nothing for line 0; a very long one is cut."""
        return self._lines[number - 1][:_EXCERPT] if number else ""

    def line_of_address(self, target: str, footnote: str = "") -> int:
        """Return the line of the next address that reads `target`; 0 when none was written so.

        Called in the order of the HTML. Footnotes stand at its end, so theirs are counted by themselves.
        """
        if (target, footnote) not in self._lines_left:
            hits = [(self._footnote_at(at), line) for at, line in self._find(target)]
            lines = [line for where, line in hits if where == footnote] or [line for _, line in hits]
            self._lines_left[target, footnote] = lines[::-1]
        left = self._lines_left[target, footnote]
        return (left.pop() if len(left) > 1 else left[0]) if left else 0

    def line_of(self, source: str, nth: int = 0) -> int:
        """Return the line of `source`, exactly as written, after `nth` others; of the last one when there are fewer."""
        if source not in self._places:
            self._places[source] = [match.start() for match in re.finditer(re.escape(source), self._prose)]
        places = self._places[source]
        return self._number(places[min(nth, len(places) - 1)]) if places else 0

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], int]]:
        """Yield each match of `pattern` outside code, with the line that it starts on."""
        return ((match, self._number(match.start())) for match in pattern.finditer(self._prose))

    @cached_property
    def _prose(self) -> str:
        """The text with code and comments blanked out."""
        text = self._text
        for pattern, sign in ((_COMMENT, "<!--"), (_FENCED, "```"), (_FENCED, "~~~")):
            if sign in text:
                text = pattern.sub(_blank, text)
        text = _blank_spans(text) if "`" in text else text
        return _blank_indented(text) if "\n    " in text or "\n\t" in text else text

    @cached_property
    def _footnotes(self) -> list[tuple[int, int, str]]:
        """Start, end and name of each footnote's definition."""
        found = []
        for match in _FOOTNOTE.finditer(self._prose) if "[^" in self._text else ():
            end = _END_OF_FOOTNOTE.search(self._prose, match.end())
            found.append((match.start(), end.start() if end else len(self._prose), match[1]))
        return found

    def _footnote_at(self, at: int) -> str:
        return next((name for start, end, name in self._footnotes if start <= at < end), "")

    def _number(self, at: int) -> int:
        """Return the line of an offset, which is the same in the text and without its code."""
        return self._text.count("\n", 0, at) + 1

    def _find(self, target: str) -> list[tuple[int, int]]:
        """Return (where it is used, line on which it is written) of each `target`, in the order of use."""
        if not target:
            return [(match.start(), line) for match, line in self.matches(_EMPTY)]
        for written in dict.fromkeys(_spellings(target)):
            found = _addresses(self._text, written)
            if len(found) > 1:
                found = _addresses(self._prose, written) or found
            if found:
                return self._used(found)
        return []

    def _used(self, found: Sequence[int]) -> list[tuple[int, int]]:
        """Put the uses of a definition in its place, where it is not the only way in which an address is written."""
        if len(found) == 1:
            return [(found[0], self._number(found[0]))]
        uses: list[tuple[int, int]] = []
        for at in found:
            lead = self._prose[self._prose.rfind("\n", 0, at) + 1 : at]
            definition = _DEFINITION.fullmatch(lead)
            number = self._number(at)
            uses.extend((use, number) for use in (self._uses(definition[1]) if definition else (at,)))
        return sorted(uses)

    def _uses(self, label: str) -> Iterator[int]:
        words = r"\s+".join(map(re.escape, label.split()))
        return (match.start() for match in re.finditer(rf"\[\s*{words}\s*\](?![:(])", self._prose, re.IGNORECASE))


def _addresses(text: str, written: str) -> list[int]:
    """Return where `text` says `written` as an address."""
    found = []
    at = text.find(written)
    while at >= 0:
        if _is_address(text, at, at + len(written)):
            found.append(at)
        at = text.find(written, at + 1)
    return found


def _is_address(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    lead = text[max(0, start - 40) : start].rstrip().removesuffix("<").rstrip()
    if before in {'"', "'"}:
        lead = lead[:-1].rstrip()
    if lead.endswith(("](", "]:", "=")) or before == "<":
        return text[end : end + 1] in {"", " ", "\t", "\n", ")", ">", '"', "'", ","}
    is_bare = bool(_ADDRESS_LIKE.match(text, start, end)) and not before.isalnum() and before not in {"[", "/"}
    return is_bare and bool(_END_OF_BARE.match(text, end))


def _spellings(target: str) -> Iterator[str]:
    """Yield how an address may have been written, likeliest first."""
    yield target
    yield target.replace("&", "&amp;")
    yield target.removeprefix("mailto:")
    yield target.removeprefix("http://").removeprefix("https://")


def _blank(match: re.Match[str]) -> str:
    return _NOT_NEWLINE.sub(" ", match[0])


def _blank_spans(text: str) -> str:
    """Blank out code between backticks."""
    done: list[str] = []
    position = 0
    for start, end in _spans(text):
        if start >= position:
            done += (text[position:start], _NOT_NEWLINE.sub(" ", text[start:end]))
            position = end
    return "".join((*done, text[position:]))


def _spans(text: str) -> list[tuple[int, int]]:
    """Return start and end of what may be code: up to the next run of as many backticks in the same paragraph."""
    found: list[tuple[int, int]] = []
    ends: dict[str, int] = {}
    behind = len(text)
    for run in reversed(list(_TICKS.finditer(text))):
        if _END_OF_PARAGRAPH.search(text, run.end(), behind):
            ends.clear()
        behind = run.start()
        if run[0] in ends and text[behind - 1 : behind] != "\\":
            found.append((behind, ends[run[0]]))
        ends[run[0]] = run.end()
    return found[::-1]


def _blank_indented(text: str) -> str:
    """Blank out code blocks by indentation: behind an empty line, and not within a list or a note."""
    lines = text.split("\n")
    is_code = in_container = False
    for number, line in enumerate(lines):
        if line.startswith(("    ", "\t")) and line.strip():
            is_code = not in_container and (is_code or number == 0 or not lines[number - 1].strip())
            if is_code:
                lines[number] = " " * len(line)
        elif line.strip():
            is_code = False
            in_container = bool(_CONTAINER.match(line)) or (in_container and bool(number and lines[number - 1].strip()))
    return "\n".join(lines)


class Notes:
    """Warnings about one text, with their lines."""

    def __init__(self, text: str) -> None:
        self.written = Written(text)
        self.findings: list[Finding] = []
        self._counted: Sequence[Token] = ()
        self._ordinals: list[int] = []

    def warn(self, what: str, line: int, *, why: str = "", hint: str = "") -> None:
        """Note a warning."""
        excerpt = self.written.line(line)
        self.findings.append(Finding(what, Place("", line), why, hint, excerpt, Severity.WARNING))

    def line_of(self, tokens: Sequence[Token], index: int, *others: str) -> int:
        """Return the line of the tag at `index` as it was written, else of the first of `others` that was."""
        if tokens is not self._counted:
            self._counted, self._ordinals = tokens, _ordinals(tokens)
        token = tokens[index]
        source = token.source if isinstance(token, Tag) else token
        lines = (self.written.line_of(text, self._ordinals[index]) for text in (source, *others) if text)
        return next((line for line in lines if line), 0)


def _ordinals(tokens: Sequence[Token]) -> list[int]:
    """Return for each token how many before it are written alike."""
    seen: Counter[str] = Counter()
    ordinals = []
    for token in tokens:
        source = token.source if isinstance(token, Tag) else ""
        ordinals.append(seen[source])
        seen[source] += 1
    return ordinals
