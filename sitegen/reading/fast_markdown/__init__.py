"""Python-Markdown, three to five times as fast, with the same bytes.

Three quarters of a cold build are Markdown, and most of that is looking for what is not there: for each stretch of text
each of some thirty patterns is tried, and 97 of 100 find nothing (measured with 3.11.3). So:

- `needles` derives from a pattern's regular expression a literal without which it cannot match;
- `sieve` tells from the `literals` that a text holds which patterns are worth trying, and where;
- `inline` replaces the library's inline processor by one that asks the sieve, and does the rest as the library does;
- `delimiters` makes emphasis of the usual pair of signs at once;
- `typography` puts in quotes, dashes and ellipses in one go over each text;
- `paragraphs` spares a paragraph of plain prose the tests for all other kinds of blocks;
- `blocks` asks only kinds of blocks of which a block has a sign;
- `passes` looks at no line and no element twice that has nothing to be found;
- `proven` knows the versions of the library for which the outcome was shown to be the same. With any other the library
  does its work itself.

Nothing of the library is changed: all is put in its place on one instance, as an extension would do.
`benchmarks/markdown_identity.py` compares the outcome, `benchmarks/markdown_speed.py` the time.
"""

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from sitegen.reading.fast_markdown.blocks import FastBlocks
from sitegen.reading.fast_markdown.inline import FastInlineProcessor
from sitegen.reading.fast_markdown.passes import speed_up_passes
from sitegen.reading.fast_markdown.proven import are_proven
from sitegen.reading.fast_markdown.typography import PROVEN_WITH, FastTypography, plain_rules

__all__ = ["speed_up"]

_INLINE_RUNS = {"inline": 20, "smarty": 6}
"""Priorities of the tree processors that apply inline patterns: the library's own, and the one of its typography."""


def speed_up(markdown: Markdown, *, unseen: bool = False) -> Markdown:
    """Put the fast processors in the place of the library's own, where they are proven, and return the instance.

    Called when everything else is registered: a kind of block that is registered later would not be asked. `unseen`
    takes also releases of the library with which nobody compared the outcome yet, to compare it.
    """
    runs = markdown.treeprocessors
    if are_proven("markdown.treeprocessors", "markdown.inlinepatterns", "markdown.util", unseen=unseen):
        for name, priority in _INLINE_RUNS.items():
            if name in runs and type(stock := runs[name]) is InlineProcessor:
                runs.register(_fast(markdown, stock, name, unseen=unseen), name, priority)
    speed_up_passes(markdown, unseen=unseen)
    blocks = {type(processor).__module__ for processor in markdown.parser.blockprocessors}
    if are_proven("markdown.blockparser", *blocks, unseen=unseen):
        fast = FastBlocks(markdown.parser)
        markdown.parser.parseBlocks = fast.parse  # type: ignore[method-assign]
    return markdown


def _fast(markdown: Markdown, stock: InlineProcessor, name: str, *, unseen: bool) -> FastInlineProcessor:
    """Return what does the work of `stock`, registered under `name`, in its place."""
    if rules := plain_rules(stock):
        place = markdown.treeprocessors.get_index_for_name(name)
        behind = [*list(markdown.treeprocessors)[place + 1 :], *markdown.postprocessors]
        if are_proven(*PROVEN_WITH, *{type(processor).__module__ for processor in behind}, unseen=unseen):
            return FastTypography(stock, rules)
    return FastInlineProcessor(stock)
