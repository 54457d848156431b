"""The command `serve`."""

from pathlib import Path

from sitegen.cli.terminal import bold, complain, count, dim, mute_unread, paint_finding, safe, say, width_of
from sitegen.config import read_config_file
from sitegen.preview import Event, Failed, PortTaken, Reloaded, Serving, What, serve

__all__ = ["run_serve"]

_DONE = {What.PAGES: "reloaded", What.STYLES: "styles reloaded"}


def run_serve(root: Path, *, host: str, port: int, drafts: bool, open_browser: bool) -> None:
    """Serve the site in the folder `root` until somebody presses Ctrl-C, and print what happens.

    Raises ConfigError when no site is there; later faults are events, since the writer will mend them meanwhile.
    """
    read_config_file(root)
    serve(root, host=host, port=port, drafts=drafts, on_event=_tell, open_browser=open_browser)


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
        case Reloaded():
            say(f"{_changed(event.changed)} {dim(f'{_DONE[event.what]} in {event.seconds * 1000:,.0f} ms')}")
        case Failed():
            width = width_of(err=True)
            complain("\n\n".join(paint_finding(finding, width) for finding in event.findings) + "\n")
        case PortTaken():
            complain(f"port {event.port} is taken, trying {event.next}")


def _changed(paths: tuple[str, ...]) -> str:
    more = f" and {count(len(paths) - 1, 'more file')}" if len(paths) > 1 else ""
    return safe(paths[0]) + more if paths else "Site"
