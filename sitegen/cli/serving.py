"""The command `serve`."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

from sitegen.cli.terminal import bold, complain, count, dim, mute_unread, paint_finding, safe, say, width_of
from sitegen.config import read_config, read_config_file
from sitegen.desk.editor import editor_command
from sitegen.errors import Finding, OutputError, UsageError
from sitegen.preview import Event, Failed, Noticed, PortTaken, Reloaded, Serving, Unsure, serve
from sitegen.reading import read_moment

__all__ = ["run_serve"]

_MOST = 10
"""Faults that are named at a time: an imported site may have thousands."""


def run_serve(
    root: Path, *, host: str, port: int, lan: bool, drafts: bool, at: str | None, polling: bool, open_browser: bool
) -> None:
    """Serve the site in the folder `root` until somebody presses Ctrl-C, and print what happens.

    Raises ConfigError when no site is there; later faults are events, since the writer will mend them meanwhile.
    Raises UsageError for options that cannot be met.
    """
    read_config_file(root)
    if lan:
        _check_lan(host)
    moment = _moment(root, at) if at is not None else None
    serve(
        root,
        host=host,
        port=port,
        lan=lan,
        drafts=drafts,
        at=moment,
        polling=polling,
        edit=_edit,
        on_event=_tell,
        open_browser=open_browser,
    )


def _check_lan(host: str) -> None:
    if host != "127.0.0.1":
        raise UsageError.of("--lan and --host exclude each other", hint="--lan listens at all addresses")
    try:
        import segno  # noqa: F401  it is there, or not
    except ImportError as error:
        raise UsageError.of(
            '--lan prints a QR code for the phone, which the extra "lan" brings',
            hint='install it: pip install "sitegen[lan]"',
        ) from error


def _moment(root: Path, text: str) -> datetime:
    """Return the moment that --at names, in the site's zone."""
    try:
        return read_moment(text, read_config(root).zone)
    except ValueError as error:
        raise UsageError.of(f"--at {text!r} {error}") from error


def _edit(configured: str, file: Path, line: int) -> None:
    """Start the editor, and leave it alone."""
    command = editor_command(configured, os.environ, file, line)
    try:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    except OSError as error:
        raise OutputError.of(f"the editor `{command[0]}` does not start: {error.strerror}") from error


def _tell(event: Event) -> None:
    """Print what happens; the preview goes on when nobody can read it any more."""
    try:
        _print(event)
    except OSError:
        mute_unread()


def _print(event: Event) -> None:
    match event:
        case Serving():
            say(f"Serving at {bold(event.url)} (Ctrl-C ends it)")
            if event.lan_url:
                say(f"On the phone: {bold(event.lan_url)}\n{_code_of(event.lan_url)}")
        case Reloaded():
            say(f"{_changed(event.changed)} {dim(f'{_done(event)} in {event.seconds * 1000:,.0f} ms')}")
        case Failed():
            width = width_of(err=True)
            complain("\n\n".join(paint_finding(finding, width) for finding in event.findings) + "\n")
        case Noticed():
            _notice(event.findings)
        case PortTaken():
            complain(f"port {event.port} is taken, trying {event.next}")
        case Unsure():
            complain(f"the site lies on a file system ({event.kind}) that may not tell of saves; if so, use --poll")


def _notice(findings: Sequence[Finding]) -> None:
    """Print what is wrong with what was written in two lines each: the page that shows it is there to be looked at."""
    for finding in findings[:_MOST]:
        complain(paint_finding(replace(finding, excerpt="", why=""), width_of(err=True)))
    if len(findings) > _MOST:
        complain(f"{count(len(findings) - _MOST, 'more fault')}; `sitegen build` names them all")


def _code_of(url: str) -> str:
    import segno

    drawn = StringIO()
    segno.make(url, micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def _done(event: Reloaded) -> str:
    parts = [
        f"{count(event.reloaded, 'page')} reloaded" if event.reloaded else "",
        f"{count(event.swapped, 'page')} renewed in place" if event.swapped else "",
    ]
    return ", ".join(filter(None, parts)) or "no open page shows it;"


def _changed(paths: tuple[str, ...]) -> str:
    more = f" and {count(len(paths) - 1, 'more file')}" if len(paths) > 1 else ""
    return safe(paths[0]) + more if paths else "Site"
