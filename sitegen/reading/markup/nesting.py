"""Tags made to nest, so that no body can swallow or close the page around it.

Ends that a writer may leave out are put in where a browser would (HTML Living Standard, section 13.1.2.4); an element
that is never closed is closed with what holds it, and a stray end is left out. Both are warnings.
"""

from sitegen.reading.markup.positions import Notes
from sitegen.reading.markup.tokens import VOID, Form, Tag, Token, end_tag, names

__all__ = ["nest"]

_PAGE = names("base body frame frameset head html meta")
"""Elements of a page, not of a body."""
_CELLS = frozenset({"td", "th"})
_ROWS = _CELLS | {"tr"}
_SECTIONS = _ROWS | {"thead", "tbody", "tfoot", "caption", "colgroup"}
_TERMS = frozenset({"dt", "dd"})
_PARAGRAPH = frozenset({"p"})
_BEFORE_P = names(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table ul"
)
_ENDED_BY = dict.fromkeys(_BEFORE_P, _PARAGRAPH) | {
    "li": frozenset({"li", "p"}),
    "dt": _TERMS | _PARAGRAPH,
    "dd": _TERMS | _PARAGRAPH,
    "td": _CELLS | _PARAGRAPH,
    "th": _CELLS | _PARAGRAPH,
    "tr": _ROWS | _PARAGRAPH,
    "tbody": _SECTIONS | _PARAGRAPH,
    "tfoot": _SECTIONS | _PARAGRAPH,
    "thead": _SECTIONS | _PARAGRAPH,
    "option": frozenset({"option"}),
    "optgroup": frozenset({"option", "optgroup"}),
}
"""The innermost elements that a start tag ends."""
_MAY_LACK_END = _SECTIONS | _TERMS | {"li", "p", "option", "optgroup", "rb", "rp", "rt", "rtc"}


def nest(tokens: list[Token], notes: Notes) -> list[Token]:
    """Return the tokens with each element closed, innermost first; nothing else is changed."""
    nesting = _Nesting(tokens, notes)
    for index, token in enumerate(tokens):
        if isinstance(token, str):
            nesting.done.append(token)
        elif token.name in _PAGE:
            nesting.leave_out(token, index)
        elif token.form is Form.END:
            nesting.end(token, index)
        else:
            nesting.start(token, index)
    nesting.close_down_to(0)
    return nesting.done


class _Nesting:
    def __init__(self, tokens: list[Token], notes: Notes) -> None:
        self.done: list[Token] = []
        self._tokens = tokens
        self._notes = notes
        self._open: list[tuple[str, int]] = []
        """Name of each open element, and which token opened it."""

    def start(self, tag: Tag, index: int) -> None:
        ends = _ENDED_BY.get(tag.name)
        while ends and self._open and self._open[-1][0] in ends:
            self.close_down_to(len(self._open) - 1)
        if tag.form is Form.START:
            self._open.append((tag.name, index))
        self.done.append(tag)

    def end(self, tag: Tag, index: int) -> None:
        if self._open and self._open[-1][0] == tag.name:
            self._open.pop()
            self.done.append(tag)
            return
        depth = len(self._open) - 1
        while depth >= 0 and self._open[depth][0] != tag.name:
            depth -= 1
        if depth >= 0:
            self.close_down_to(depth + 1)
            self._open.pop()
            self.done.append(tag)
        elif tag.name != "p" and tag.name not in VOID:
            # Markdown itself closes a paragraph that a block of HTML within it has ended already.
            line = self._notes.line_of(self._tokens, index)
            hint = "take it out, or open the element before it"
            self._notes.warn(f"</{tag.name}> closes nothing and was left out", line, hint=hint)

    def leave_out(self, tag: Tag, index: int) -> None:
        line = self._notes.line_of(self._tokens, index, f"<{tag.name}")
        self._notes.warn(f"<{tag.name}> belongs to the page, not to a text, and was left out", line, hint="take it out")

    def close_down_to(self, depth: int) -> None:
        while len(self._open) > depth:
            name, index = self._open.pop()
            self.done.append(end_tag(name))
            if name not in _MAY_LACK_END:
                line = self._notes.line_of(self._tokens, index, f"<{name}")
                hint = f"close it with </{name}> in the same block"
                self._notes.warn(f"<{name}> is never closed", line, hint=hint)
