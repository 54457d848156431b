"""The library's inline processor, without the work that comes to nothing.

Step by step, and in the same order, it does what `InlineProcessor` of the proven versions does, oddities included:
patterns are given the same texts and the same ancestors, one after the other, for some of them keep a state. Nor does
anything call itself through more frames, so that no text is nested too deeply here that is not there.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, AtomicString

from sitegen.reading.fast_markdown.sieve import Row, Sieve

__all__ = ["FastInlineProcessor"]

Piece = Element | str


class FastInlineProcessor(InlineProcessor):
    """Does what `stock` would.

    Where a pattern matches, a placeholder is put into the text, and what the pattern made into a stash. When all
    patterns had their turn the text is expanded: its placeholders become elements of the tree.
    """

    stashed_nodes: dict[str, Piece]
    """By the number in the placeholder; the library's patterns read it."""

    def __init__(self, stock: InlineProcessor) -> None:
        super().__init__(stock.md)
        self.inlinePatterns = stock.inlinePatterns
        self._sieve = Sieve([])

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put elements into `tree` for all inline markup in it, and return it; `ancestors` are the tags around it."""
        registered: list[object] = list(self.inlinePatterns)
        patterns = [pattern for pattern in registered if isinstance(pattern, InlinePattern)]
        if len(patterns) < len(registered):
            return super().run(tree, ancestors)  # patterns as they were before 3.0 are called in another way
        if not self._sieve.is_of(patterns):
            self._sieve = Sieve(patterns)
        self.stashed_nodes = {}
        waiting = deque([(tree, ancestors or [])])
        while waiting:
            element, path = waiting.popleft()
            self._run_on_children(element, [*path, element.tag.lower()], waiting)
        return tree

    def _run_on_children(self, element: Element, path: list[str], waiting: deque[tuple[Element, list[str]]]) -> None:
        late: list[tuple[Element, list[Element]]] = []
        for child in element:  # and then each that was put in behind it
            if child.text and not isinstance(child.text, AtomicString):
                self.ancestors = [*path, child.tag.lower()]
                child.text, made = self._expanded(self._with_placeholders(child.text))
                if made:
                    waiting.extend((node, self.ancestors) for node in made)
                    late.append((child, made))
            if child.tail:
                self.ancestors = path
                child.tail, made = self._expanded(self._with_placeholders(child.tail))
                if made:
                    _insert(made, element, list(element).index(child) + 1)
            if len(child):
                waiting.append((child, path))
        for child, made in late:
            _insert(made, child, 0)

    def _with_placeholders(self, text: str, first: int = 0) -> str:
        """Return `text` with a placeholder for each match of the patterns from the `first` on."""
        if not isinstance(text, AtomicString):
            for row in self._sieve.rows(text):
                if row.rank >= first:
                    text = self._apply(row, text)
        return text

    def _apply(self, row: Row, text: str) -> str:
        """Return `text` with a placeholder for each match of one pattern."""
        pattern = row.pattern
        for tag in pattern.ANCESTOR_EXCLUDES:
            if tag.lower() in self.ancestors:
                return text
        start = 0
        while found := _next_match(row, text, start):
            node, begin, end = found
            if node is None:
                start = end
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                for part in [node, *node]:
                    if part.text:
                        self.ancestors.append(part.tag.lower())
                        part.text = self._with_placeholders(part.text, row.rank + 1)
                        self.ancestors.pop()
                    if part.tail:
                        part.tail = self._with_placeholders(part.tail, row.rank)
            placeholder = self._stash(node)
            text = f"{text[:begin]}{placeholder}{text[end:]}"
            start = begin + len(placeholder)
        return text

    def _stash(self, node: Piece) -> str:
        number = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[number] = node
        return INLINE_PLACEHOLDER % number

    def _expanded(self, text: str) -> tuple[str | None, list[Element]]:
        """Return the text before the first element, and the elements, with the text between them as their tails."""
        if INLINE_PLACEHOLDER_PREFIX not in text:
            return _plain(text) or None, []
        lead: str | None = None
        made: list[Element] = []
        for piece in self._pieces(text):
            if not isinstance(piece, str):
                for part in [piece, *piece]:
                    if part.tail and part.tail.strip():
                        part.tail, others = self._expanded(part.tail)
                        _insert(others, piece, 0 if part is piece else list(piece).index(part) + 1)
                    if part.text and part.text.strip():
                        part.text, others = self._expanded(part.text)
                        _insert(others, part, 0)
                made.append(piece)
            elif made:
                made[-1].tail = _joined(made[-1].tail, piece)
            else:
                lead = _joined(lead, piece)
        return lead, made

    def _pieces(self, text: str) -> Sequence[Piece]:
        """Return what is between the placeholders of `text`, and what they stand for."""
        pieces: list[Piece] = INLINE_PLACEHOLDER_RE.split(text)
        if text.count(INLINE_PLACEHOLDER_PREFIX) != len(pieces) // 2:
            return list(self._odd_pieces(text))
        for place in range(1, len(pieces), 2):
            node = self.stashed_nodes.get(str(pieces[place]))
            if node is None:
                return list(self._odd_pieces(text))
            pieces[place] = node
        if isinstance(text, AtomicString):
            pieces[-1] = AtomicString(pieces[-1])
        return pieces

    def _odd_pieces(self, text: str) -> Iterator[Piece]:
        """Yield the same where there are placeholders that stand for nothing, which are text."""
        start = 0
        while (at := text.find(INLINE_PLACEHOLDER_PREFIX, start)) >= 0:
            placeholder = INLINE_PLACEHOLDER_RE.search(text, at)
            if placeholder and placeholder[1] in self.stashed_nodes:
                yield text[start:at]
                yield self.stashed_nodes[placeholder[1]]
                start = placeholder.end()
            else:
                unknown = at + len(INLINE_PLACEHOLDER_PREFIX)
                yield text[start:unknown]
                start = unknown
        rest = text[start:]
        yield AtomicString(rest) if isinstance(text, AtomicString) else rest


def _next_match(row: Row, text: str, start: int) -> tuple[Piece | None, int, int] | None:
    """Return what the pattern makes of the next match that it accepts, and from where to where that is."""
    for match in row.search(text, start):
        node, begin, end = row.handler.handleMatch(match, text)
        if begin is not None and end is not None:
            return node, begin, end
    return None


def _plain(text: str) -> str:
    """Return `text` as what the library makes of it: of kinds of strings only its own survives."""
    return text if isinstance(text, AtomicString) else text[:]


def _joined(text: str | None, more: str) -> str | None:
    # An empty string must not take part: it would make an AtomicString a common one.
    return text + more if text and more else more or text


def _insert(nodes: Sequence[Element], parent: Element, place: int) -> None:
    for offset, node in enumerate(nodes):
        parent.insert(place + offset, node)
