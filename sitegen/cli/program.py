"""The program around the commands: every way in which one can end becomes a message and an exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from sitegen.cli.json_report import json_of_failure
from sitegen.cli.terminal import complain, count, paint_finding, say, tolerate_any_text, width_of
from sitegen.errors import ExitCode, Finding, Severity, SitegenError
from sitegen.records import dataclass

__all__ = ["Failure", "Program", "debug_option", "json_option", "read_failure"]

Command = TypeVar("Command", bound=Callable[..., Any])

# Keys of click's own dictionary that a context shares with those nested in it.
_DEBUG: Final = "sitegen.debug"
_JSON: Final = "sitegen.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a command ended before it was done."""

    exit_code: ExitCode
    findings: tuple[Finding, ...]


def read_failure(error: BaseException) -> Failure:
    """Say what an exception means to the person who typed the command."""
    match error:
        case SitegenError():
            return Failure(error.exit_code, error.findings)
        case KeyboardInterrupt():
            return Failure(ExitCode.INTERRUPTED, (Finding("interrupted"),))
        case MemoryError():
            return Failure(ExitCode.ENVIRONMENT, (Finding("out of memory"),))
        case OSError():
            name = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
            return Failure(ExitCode.ENVIRONMENT, (Finding(name + (error.strerror or str(error))),))
    what = " ".join(f"{type(error).__name__}: {error}".split())
    hint = "run the command again with --debug to see where it happened, and report that"
    return Failure(ExitCode.ENVIRONMENT, (Finding(f"this is a bug in sitegen: {what}", hint=hint),))


class Program(click.Group):
    """A group of commands whose exceptions end in a message, and in a traceback only with `--debug`."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click declares it
        """Run the command that was asked for."""
        tolerate_any_text()
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":  # https://no-color.org
            ctx.color = False
        try:
            _check_file_names()
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except (Exception, KeyboardInterrupt) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # the reader of a pipe, such as `head`, has had enough: click ends in silence
            if ctx.meta.get(_DEBUG):
                complain("".join(traceback.format_exception(error)))
            failure = read_failure(error)
            _tell(failure, ctx)
            ctx.exit(failure.exit_code)


def _check_file_names() -> None:
    """Raise where the names of files are not UTF-8: a site has the same names on every machine."""
    if (encoding := sys.getfilesystemencoding()) != "utf-8":
        what = f"the names of files are {encoding} here, not UTF-8"
        raise SitegenError.of(what, hint="set LC_ALL=C.UTF-8 or PYTHONUTF8=1 in the environment")


def _tell(failure: Failure, ctx: click.Context) -> None:
    if ctx.meta.get(_JSON):
        say(json_of_failure(failure.exit_code, failure.findings))
        return
    if failure.exit_code is ExitCode.INTERRUPTED:
        complain()  # the terminal has written ^C
    width = width_of(err=True)
    complain("\n\n".join(paint_finding(finding, width) for finding in failure.findings))
    if summary := _summary(failure, ctx.invoked_subcommand):
        complain(f"\n{summary}")


def _summary(failure: Failure, command: str | None) -> str:
    """Return the line below the findings: how many they are, and that a failed build has changed nothing."""
    strict = [finding for finding in failure.findings if finding.severity is Severity.WARNING]
    number = len(failure.findings)
    what = count(number, "warning") + ", not allowed by --strict" if strict else count(number, "error")
    if command == "build" and failure.exit_code in {ExitCode.CONTENT, ExitCode.USAGE}:
        return f"{what}: nothing was written"
    return what if number > 1 else ""


def _noted(key: str) -> Callable[[click.Context, click.Parameter, bool], bool]:
    """Return a callback that keeps a flag where `Program` finds it, whichever command it was given to."""

    def note(ctx: click.Context, _: click.Parameter, value: bool) -> bool:  # noqa: FBT001  as click calls it
        ctx.meta[key] = value or ctx.meta.get(key, False)
        return value

    return note


def debug_option(*, hidden: bool = False) -> Callable[[Command], Command]:
    """Return the option `--debug`, which stands before or after the name of the command."""
    help_text = "Show a traceback with each error."
    return click.option(
        "--debug", is_flag=True, expose_value=False, hidden=hidden, callback=_noted(_DEBUG), help=help_text
    )


def json_option(command: Command) -> Command:
    """Add the option `--json`, which makes everything on standard output one JSON object, failures too."""
    help_text = "Print a report for machines, and nothing else."
    return click.option("--json", "as_json", is_flag=True, callback=_noted(_JSON), help=help_text)(command)
