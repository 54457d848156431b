"""Emphasis: the usual pair of signs at once, and what is between signs not character by character."""

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import DelimiterProcessor
from markdown.inlinepatterns import InlineProcessor as InlinePattern

__all__ = ["FastDelimiters", "fast_pattern"]


def fast_pattern(stock: InlinePattern) -> InlinePattern:
    """Return what handles the matches of `stock` as it does, and faster where that is known."""
    if type(stock) is DelimiterProcessor and all(len(sign) == 1 for sign in stock.delimiters):
        return FastDelimiters(stock)
    return stock


class FastDelimiters(DelimiterProcessor):
    """Works on the state of `stock`, so that each may go on where the other stopped."""

    def __init__(self, stock: DelimiterProcessor) -> None:
        self.__dict__ = stock.__dict__

    def search(self, data: str, start: int) -> re.Match[str] | None:
        """Return the next run of signs that may open or close something."""
        for sign in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[sign[0]]
            run = delimiter.boundary.match(data, sign.start())
            if run and (delimiter.stack or run.lastgroup != "end"):
                return run
        return None

    def handleMatch(  # type: ignore[override] # noqa: N802 - the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the element that starts at a sign, and from where to where it is."""
        return (None if self.regions else self._pair(m[0], m.start(), data)) or super().handleMatch(m, data)

    def _pair(self, sign: str, start: int, data: str) -> tuple[Element, int, int] | None:
        """Return `*a*` or `**a**`, if the next run of signs closes what the one at `start` opens, and does only that.

        Nothing is open then before and behind it, so there is no state to keep.
        """
        delimiter = self.delimiters[sign]
        opening = delimiter.boundary.match(data, start)
        if not opening or opening.lastgroup != "start" or delimiter.tag_count != 2 or len(opening[0]) > 2:
            return None
        for other in self.compiled_re.finditer(data, opening.end()):
            run = self.delimiters[other[0]].boundary.match(data, other.start())
            if run and (other[0] == sign or run.lastgroup != "end"):
                break
        else:
            return None
        if run[0] != opening[0] or run.lastgroup != "end":
            return None
        element = Element(delimiter.tags[2 - len(run[0])])
        element.text = data[opening.end() : run.start()]
        return element, start, run.end()
