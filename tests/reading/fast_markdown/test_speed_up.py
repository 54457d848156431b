"""The fast processors take the place of those that they were proven for, and of no others."""

import re
from typing import Any

import pytest
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown_pairs import SETS

from sitegen.reading.fast_markdown import proven, speed_up
from sitegen.reading.fast_markdown.inline import FastInlineProcessor
from sitegen.reading.fast_markdown.paragraphs import PlainParagraphProcessor

TEXT = 'It\'s *plain*.\n\n- "One"\n- Two\n'


def fast_parts(markdown: Markdown) -> set[str]:
    runs = {name for name in ("inline", "smarty") if isinstance(runs_of(markdown).get(name), FastInlineProcessor)}
    blocks = {"blocks"} if isinstance(markdown.parser.blockprocessors[0], PlainParagraphProcessor) else set()
    return runs | blocks
