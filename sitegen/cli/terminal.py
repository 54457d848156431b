"""Printing: what a command says, on terminals in colour, in pipes and files as plain text.

click drops the colours where no terminal is; `Program` has it drop them for NO_COLOR too.
"""

import enum
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from io import TextIOWrapper

import click

from sitegen.errors import Finding, Severity

__all__ = [
    "Detail",
    "bold",
    "complain",
    "count",
    "cut",
    "dim",
    "is_terminal",
    "joined",
    "mute_unread",
    "paint_finding",
    "safe",
    "say",
    "tolerate_any_text",
    "width_of",
    "with_note",
]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_ADVICE = re.compile(r"  (why|fix): ")


class Detail(enum.Enum):
    """How much a command says."""

    QUIET = "quiet"
    """Errors alone."""
    NORMAL = "normal"
    VERBOSE = "verbose"
    """Every line of every list."""


def tolerate_any_text() -> None:
    """Have what the terminal's encoding lacks printed as an escape; printing it would end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Print a line that was asked for."""
    click.echo(text)


def complain(text: str = "") -> None:
    """Print a line about how it goes, or why it does not."""
    click.echo(text, err=True)


def mute_unread() -> None:
    """Send to nowhere what nobody can read any more: the window is closed, or `head` has had enough."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal(*, err: bool = False) -> bool:
    """Whether a person reads standard output, or standard error."""
    return (sys.stderr if err else sys.stdout).isatty()


def width_of(*, err: bool = False) -> int:
    """Return how many columns a line may have; 0 where no terminal cuts it."""
    return shutil.get_terminal_size().columns if is_terminal(err=err) else 0


def safe(text: str) -> str:
    """Return `text` with what could steer a terminal, or is no text, as an escape: `\\x1b`, `\\udce9`.

    Line ends and tabs stay. Those of the Unicode categories Cc and Cs are escaped, and the marks that reverse the
    order of reading (UAX 9), with which a name can pass for another.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(ascii(c)[1:-1] if _is_unsafe(c) else c for c in text)


def _is_unsafe(character: str) -> bool:
    return character not in "\n\t" and (
        unicodedata.category(character) in {"Cc", "Cs"}
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
    )


def bold(text: str) -> str:
    """Return `text` in the weight of what matters most."""
    return click.style(text, bold=True)


def dim(text: str) -> str:
    """Return `text` in the colour of what matters less."""
    return click.style(text, dim=True)


def paint_finding(finding: Finding, width: int = 0) -> str:
    """Return `str(finding)` in colours; sentences are folded to `width` columns, 0 for never."""
    first, *others = safe(str(finding)).split("\n")
    return "\n".join([_paint_first(first, finding.severity, width), *(_paint_line(line, width) for line in others)])


def _paint_first(line: str, severity: Severity, width: int) -> str:
    kind = f"{severity.value}: "
    where = line.partition(kind)[0]
    folded = _folded(line, width, 4)
    if not folded.startswith(where + kind):  # a path that is longer than a line
        return folded
    return bold(where) + click.style(kind, fg=_COLOURS[severity], bold=True) + folded[len(where + kind) :]


def _paint_line(line: str, width: int) -> str:
    if label := _ADVICE.match(line):
        return click.style(label[0], fg="green", bold=True) + _folded(line, width, label.end())[label.end() :]
    return click.style(line, fg="red", bold=True) if line.strip() == "^" else dim(line)


def _folded(line: str, width: int, indent: int) -> str:
    """Return `line` cut between words into lines of `width` columns, all but the first with `indent` blanks."""
    if not 2 * indent < width < len(line):
        return line
    blanks = " " * indent
    return "\n".join(
        textwrap.wrap(line, width, subsequent_indent=blanks, break_long_words=False, break_on_hyphens=False)
    )


def with_note(text: str, note: str, *, indent: int, width: int) -> str:
    """Return `text` and behind it `note` in parentheses; below it, where both do not fit into `width` columns."""
    if not note:
        return text
    fits = not width or len(text) + len(note) + 3 <= width
    return text + (" " if fits else "\n" + " " * indent) + dim(f"({note})")


def count(number: int, noun: str) -> str:
    """Return how many: `1 post`, `1,204 posts`. Takes nouns whose plural ends in s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(parts: Sequence[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def cut(lines: Sequence[str], most: int) -> list[str]:
    """Return the first `most` lines, and one more that says how many are left out."""
    left_out = len(lines) - most
    return [*lines[:most], dim(f"  … and {left_out:,} more (--verbose shows all)")] if left_out > 1 else list(lines)
