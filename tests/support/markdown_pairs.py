"""Python-Markdown as it is beside the fast one, for each set of extensions that they are compared with."""

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from markdown import Markdown

from sitegen.config import MarkupOptions
from sitegen.reading.fast_markdown import speed_up
from sitegen.reading.markup.engine import build_markdown

__all__ = ["SETS", "Pair"]

_OPTIONS = ("typography", "highlight", "autolink", "raw_html")


def _ours(chosen: tuple[str, ...]) -> Callable[[], Markdown]:
    switches: dict[str, Any] = {name: name in chosen for name in _OPTIONS}
    options = MarkupOptions(**switches)
    return lambda: build_markdown(options, fast=False)


def _others(names: str, **configs: Mapping[str, Any]) -> Callable[[], Markdown]:
    return lambda: Markdown(extensions=names.split(), extension_configs={name: dict(c) for name, c in configs.items()})


SETS: dict[str, Callable[[], Markdown]] = {
    **{
        " ".join(("ours", *chosen)): _ours(chosen)
        for count in range(len(_OPTIONS), -1, -1)
        for chosen in itertools.combinations(_OPTIONS, count)
    },
    "core": _others(""),
    "extra": _others("extra"),
    "extra smarty toc": _others("extra smarty toc"),
    "without pymdownx": _others(
        "extra admonition codehilite legacy_attrs meta nl2br sane_lists smarty wikilinks",
        smarty={"smart_angled_quotes": True},
    ),
    "legacy": _others("legacy_em legacy_attrs smarty def_list"),
    "pymdownx": _others(
        "pymdownx.extra pymdownx.arithmatex pymdownx.betterem pymdownx.caret pymdownx.critic pymdownx.emoji"
        " pymdownx.escapeall pymdownx.fancylists pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink pymdownx.mark"
        " pymdownx.progressbar pymdownx.saneheaders pymdownx.smartsymbols pymdownx.tabbed pymdownx.tasklist"
        " pymdownx.tilde pymdownx.blocks.admonition pymdownx.blocks.caption pymdownx.blocks.details"
        " pymdownx.blocks.html pymdownx.blocks.tab smarty"
    ),
}
"""Functions that make an instance of the library, with nothing of ours that makes it fast, by what to call them."""


class Pair:
    """Two instances with the same extensions, only one of them fast."""

    def __init__(self, build: Callable[[], Markdown]) -> None:
        self._build = build
        self._renew()

    def _renew(self) -> None:
        self._stock, self._fast = self._build(), speed_up(self._build(), unseen=True)

    def outcomes(self, text: str) -> tuple[str, str]:
        """Return the HTML from both, or the name of what was raised."""
        return self._outcome(self._stock, text), self._outcome(self._fast, text)

    def _outcome(self, markdown: Markdown, text: str) -> str:
        try:
            return markdown.reset().convert(text)
        except Exception as error:  # noqa: BLE001 - whatever the library raises
            self._renew()  # it is not fit for use after an error
            return type(error).__name__
