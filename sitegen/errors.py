"""Every way a build can go wrong, as data: what happened, where, why, and what to do about it.

A `Finding` is one message to a person. Exceptions carry findings, so that all the faults of a run are collected,
sorted and shown together; warnings and notices are findings that nobody raises.
"""

import enum
from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar, Self

from sitegen.records import dataclass

__all__ = [
    "BusyError",
    "Collision",
    "ConfigError",
    "ExitCode",
    "Finding",
    "OutputError",
    "Place",
    "Severity",
    "SitegenError",
    "SourceError",
    "StrictError",
    "TemplateError",
    "UsageError",
    "as_warning",
    "raise_all",
]


_EXCERPT_WIDTH = 100
# Unicode's control pictures; a tab stays a tab.
_PICTURES = {code: 0x2400 + code for code in range(32) if code != 9} | {127: 0x2421}


class ExitCode(enum.IntEnum):
    """What the process tells the shell that called it."""

    OK = 0
    """The site was built."""
    CONTENT = 1
    """Something that was written is wrong: a post, a page, a template."""
    USAGE = 2
    """The command line or the configuration is wrong."""
    ENVIRONMENT = 3
    """The machine said no: a disk is full, a folder cannot be read, an extra is not installed."""
    PUBLISH = 4
    """The site was built but could not be published."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C, as shells count it: 128 + SIGINT."""


class Severity(enum.Enum):
    """How much a finding matters."""

    ERROR = "error"
    """Stops the build."""
    WARNING = "warning"
    """Stops the build under `--strict` only."""
    NOTICE = "notice"
    """Never stops anything: something a writer may want to know."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a source file, as editors understand it: `path:line:column`."""

    path: str = ""
    """Path below the site's folder with forward slashes; empty when no file is to blame."""
    line: int = 0
    """Line, counted from 1; 0 when the whole file is meant."""
    column: int = 0
    """Column, counted from 1 in characters; 0 when the whole line is meant."""

    def __str__(self) -> str:
        # `path` may hold bytes that are no text (lone surrogates), which no terminal can print.
        path = self.path if self.path.isprintable() else ascii(self.path)[1:-1]
        return ":".join([path, *(str(n) for n in (self.line, self.column) if n)])


@dataclass(frozen=True, slots=True)
class Finding:
    """One message: what is wrong, where, why it matters, and what to do."""

    what: str
    """What is wrong, in one sentence without a full stop, in lower case."""
    place: Place = Place()
    """Where it is wrong."""
    why: str = ""
    """Why it is a fault, where that is not plain from `what`."""
    hint: str = ""
    """What to do about it."""
    excerpt: str = ""
    """The offending line as it stands in the file."""
    severity: Severity = Severity.ERROR
    """How much it matters."""

    @property
    def sort_key(self) -> tuple[Place, str]:
        """Findings are shown by place, then by text."""
        return (self.place, self.what)

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place.path else ""
        lines = [f"{where}{self.severity.value}: {self.what}"]
        if self.excerpt.strip():
            lines.extend(f"    {line}" for line in _quoted(self.excerpt, self.place.column))
        if self.why:
            lines.append(f"  why: {self.why}")
        if self.hint:
            lines.append(f"  fix: {self.hint}")
        return "\n".join(lines)


def as_warning(finding: Finding) -> Finding:
    """Return an error about a file that is held back as the warning it is."""
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def _quoted(excerpt: str, column: int) -> list[str]:
    """Return a source line as it can be shown, and below it the mark under `column`, if there is one.

    Of a long line the part around the column is shown; control characters are shown as their pictures.
    """
    start = max(column - 1 - _EXCERPT_WIDTH // 2, 0) if len(excerpt) > _EXCERPT_WIDTH else 0
    end = start + _EXCERPT_WIDTH
    cut = excerpt[start:end].rstrip().translate(_PICTURES)
    line = ("…" if start else "") + cut + ("…" if end < len(excerpt.rstrip()) else "")
    if not column:
        return [line]
    # A tab in front keeps its width, so that the mark stands below the right character.
    lead = "".join(c if c == "\t" else " " for c in excerpt[start : column - 1])
    return [line, (" " if start else "") + lead + "^"]


class SitegenError(Exception):
    """Root of all errors that sitegen raises on purpose; anything else is a bug of ours."""

    exit_code: ClassVar[ExitCode] = ExitCode.ENVIRONMENT

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings: tuple[Finding, ...] = tuple(sorted(findings, key=lambda finding: finding.sort_key))

    def __str__(self) -> str:
        return "\n\n".join(str(finding) for finding in self.findings)

    @classmethod
    def of(cls, what: str, *, path: str = "", line: int = 0, column: int = 0, why: str = "", hint: str = "") -> Self:
        """Return an error with one finding."""
        return cls(Finding(what, Place(path, line, column), why, hint))


class SourceError(SitegenError):
    """A file below content/ is wrong."""

    exit_code = ExitCode.CONTENT


class TemplateError(SourceError):
    """A template does not parse, or asks for what does not exist."""


class Collision(SourceError):
    """Two sources claim one output path."""


class StrictError(SourceError):
    """Warnings, under `--strict`."""


class UsageError(SitegenError):
    """The command line asks for what cannot be."""

    exit_code = ExitCode.USAGE


class ConfigError(SitegenError):
    """The configuration is wrong."""

    exit_code = ExitCode.USAGE


class OutputError(SitegenError):
    """The output folder, a disk or a permission is in the way."""


class BusyError(OutputError):
    """Another build is running on the same output folder."""


def raise_all(errors: Iterable[SitegenError]) -> None:
    """Raise one error that carries the findings of all `errors`, each once; return if there are none.

    The class, and so the exit code, is that of the first error, or of its nearest base here: subclasses elsewhere
    take more than findings.
    """
    collected = list(errors)
    if collected:
        findings = dict.fromkeys(finding for error in collected for finding in error.findings)
        kind = next((known for known in _KINDS if isinstance(collected[0], known)), SitegenError)
        raise kind(*findings) from collected[0]


_KINDS: tuple[type[SitegenError], ...] = (
    StrictError,
    TemplateError,
    Collision,
    SourceError,
    UsageError,
    ConfigError,
    BusyError,
    OutputError,
)
