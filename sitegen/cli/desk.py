"""The commands `init`, `new` and `list`."""

import os
import shlex
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sitegen.build import read_clock
from sitegen.cli.json_report import json_of_list
from sitegen.cli.site import shown_path
from sitegen.cli.summary import time_left
from sitegen.cli.terminal import bold, is_terminal, safe, say
from sitegen.config import Config, read_config
from sitegen.desk.editor import editor_command, open_editor
from sitegen.desk.init import write_site
from sitegen.desk.listing import Entry, list_content
from sitegen.desk.new import Form, plan_draft, write_draft
from sitegen.errors import UsageError
from sitegen.model import State

__all__ = ["run_init", "run_list", "run_new"]

_HELD = (State.DRAFT, State.SCHEDULED, State.EXPIRED)
_STATES = {
    "drafts": (State.DRAFT,),
    "scheduled": (State.SCHEDULED,),
    "expired": (State.EXPIRED,),
    "live": (State.LIVE,),
}


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
    entries = list_content(root, config, now, _STATES[state] if state else _HELD)
    if as_json:
        say(json_of_list(entries))
    elif not is_terminal():
        for entry in entries:
            say("\t".join(_cells(entry, config, now)))
    elif entries:
        _draw_table(entries, config, now)
    else:
        say(f"Nothing is {state}." if state else "Nothing is held back.")


def _cells(entry: Entry, config: Config, now: datetime) -> tuple[str, ...]:
    """Return what a line of the list says: state, date in the site's zone, path, title, reason."""
    when = f"{entry.date.astimezone(config.zone):%Y-%m-%d %H:%M}" if entry.date else ""
    left = f", {time_left(entry.date - now)}" if entry.state is State.SCHEDULED and entry.date else ""
    texts = (entry.state.value, when, entry.path, entry.title, entry.reason + left)
    return tuple(safe(" ".join(text.split())) for text in texts)


def _draw_table(entries: Sequence[Entry], config: Config, now: datetime) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in ("State", "Date", "Title and path", "Why"):
        table.add_column(title, overflow="fold", no_wrap=title in {"State", "Date"})
    for entry in entries:
        state, when, path, title, reason = _cells(entry, config, now)
        table.add_row(state, when, Text.assemble(title, "\n", (path, "dim")), Text(reason))
    Console(highlight=False).print(table)
