"""The commands `init`, `new` and `list`."""

import os
import shlex
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import click

from sitegen.build import read_clock
from sitegen.cli.json_report import json_of_list
from sitegen.cli.site import shown_path
from sitegen.cli.summary import reason_of
from sitegen.cli.terminal import bold, is_terminal, safe, say, width_of, with_note
from sitegen.config import read_config
from sitegen.desk.editor import editor_command, open_editor
from sitegen.desk.init import write_site
from sitegen.desk.listing import Entry, list_content
from sitegen.desk.new import Form, plan_draft, write_draft
from sitegen.errors import UsageError
from sitegen.model import State

__all__ = ["run_init", "run_list", "run_new"]

_HELD = (State.DRAFT, State.SCHEDULED, State.EXPIRED)
_STATES = {"drafts": State.DRAFT, "scheduled": State.SCHEDULED, "expired": State.EXPIRED, "live": State.LIVE}
_NOTHING = {
    None: "Nothing is held back.",
    "drafts": "There is no draft.",
    "scheduled": "Nothing is scheduled.",
    "expired": "Nothing has expired.",
    "live": "Nothing is published.",
}
_COLOURS = {State.DRAFT: "yellow", State.SCHEDULED: "cyan", State.EXPIRED: "red", State.LIVE: "green"}


def run_init(folder: Path) -> None:
    """Write a new site into `folder` and print what to do next."""
    files = write_site(folder, read_clock(os.environ))
    name = safe(shown_path(folder))
    say(bold(f"A new site is in {name}/") + ":")
    for path in files:
        say(f"  {path}")
    say()
    say("Next:")
    if name != ".":
        say(f"  cd {shlex.quote(name)}")
    say("  sitegen serve              look at it, and see each change as you save it")
    say('  sitegen new "First post"   begin a post')
    say("  sitegen build              make output/, the folder to publish")
    say()
    say("Name, address and time zone of the site are in sitegen.toml.")


def run_new(root: Path, title: str, *, is_page: bool, is_bundle: bool, edit: bool) -> None:
    """Write a draft into the site in the folder `root`, print its path, and open it if that is asked for."""
    if is_page and is_bundle:
        raise UsageError.of("a page is no bundle", hint="put its files into content/static/, or leave out one option")
    form = Form.PAGE if is_page else Form.BUNDLE if is_bundle else Form.POST
    config = read_config(root)
    draft = plan_draft(title, form, config, read_clock(os.environ))
    file = write_draft(root, draft)
    say(safe(shown_path(file)))
    if edit:
        open_editor(editor_command(config.editor, os.environ, file, draft.line))


def run_list(root: Path, state: str | None, *, as_json: bool) -> None:
    """Print the posts and pages of the site in the folder `root` that are held back, or in one state."""
    now = read_clock(os.environ)
    config = read_config(root)
    entries = list_content(root, config, now, [_STATES[state]] if state else _HELD)
    if as_json:
        say(json_of_list(entries))
    else:
        lines = _lines if is_terminal() else _rows
        for line in lines(entries, config.zone, now):
            say(line)
        if not entries and is_terminal():
            say(_NOTHING[state])


def _rows(entries: Iterable[Entry], zone: tzinfo, now: datetime) -> Iterator[str]:
    """Yield a line per entry for other programs: state, date, path, title and reason with tabs between them."""
    for entry in entries:
        texts = (entry.state.value, _when(entry, zone), entry.path, entry.title, reason_of(entry, now))
        yield "\t".join(safe(" ".join(text.split())) for text in texts)


def _lines(entries: Iterable[Entry], zone: tzinfo, now: datetime) -> Iterator[str]:
    """Yield two lines per entry for people: the title, and below it, whole at any width, the path."""
    for entry in entries:
        state = click.style(f"{entry.state.value:<9}", fg=_COLOURS[entry.state])
        when = _when(entry, zone) if entry.state in {State.DRAFT, State.LIVE} else ""  # the others' reason says it
        why = ", ".join(filter(None, (reason_of(entry, now), when)))
        yield f"{state}  {bold(safe(entry.title))}"
        yield with_note(f"{'':11}{safe(entry.path)}", safe(why), indent=11, width=width_of())


def _when(entry: Entry, zone: tzinfo) -> str:
    return f"{entry.date.astimezone(zone):%Y-%m-%d %H:%M}" if entry.date else ""
