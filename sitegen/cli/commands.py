"""The commands and their options, as `--help` shows them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import __version__
from sitegen.cli.program import Program, debug_option, json_option
from sitegen.cli.terminal import Detail

if TYPE_CHECKING:
    from datetime import datetime

    from sitegen.report import Report

__all__ = ["main"]

_FOLDER = click.Path(file_okay=False, path_type=Path)
_SITE_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

site_option = click.option(
    *("--site", "site"),
    type=_SITE_FOLDER,
    metavar="DIR",
    help="The site's folder. Default: the current folder, or the nearest one above it that has a sitegen.toml, or a "
    "pyproject.toml with [tool.sitegen].",
)


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sitegen %(version)s")
@debug_option()
def main() -> None:
    """Turn a folder of Markdown posts into a dated, newspaper-style blog.

    \b
    Start a site and read it in the browser:
      sitegen init my-paper
      cd my-paper
      sitegen serve

    \b
    Exit codes: 0 done, 1 something that was written is wrong, 2 the command
    line or the configuration is wrong, 3 the machine is in the way (or sitegen
    has a bug), 130 interrupted.
    """


@main.command()
@site_option
@click.option("--output", type=_FOLDER, metavar="DIR", help="Write there, not into the configured folder.")
@click.option("--drafts", is_flag=True, help="Publish drafts too.")
@click.option("--future", is_flag=True, help="Publish scheduled posts too.")
@click.option("--expired", is_flag=True, help="Publish expired posts too.")
@click.option("--clean", is_flag=True, help="Write every file again, also what has not changed.")
@click.option("--verify", is_flag=True, help="Compare every published file with what it should be; repair and name it.")
@click.option("--no-cache", is_flag=True, help="Convert every text again; use and keep nothing of earlier builds.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--explain", is_flag=True, help="Say of each file that was rendered why it was.")
@click.option(
    "--profile", is_flag=True, help="Say which texts, templates and files took longest; works in one process."
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes for large sites; default: one per processor."
)
@click.option("--quiet", "detail", flag_value=Detail.QUIET, type=Detail, help="Say nothing but errors.")
@click.option("--verbose", "detail", flag_value=Detail.VERBOSE, type=Detail, help="Cut no list short, name every file.")
@json_option
@debug_option(hidden=True)
def build(
    *,
    site: Path | None,
    as_json: bool,
    detail: Detail | None,
    explain: bool,
    drafts: bool,
    future: bool,
    expired: bool,
    **options: Any,  # noqa: ANN401
) -> None:
    """Build the site into its output folder.

    Nothing is written before everything is rendered: when a build fails, the output folder is as it was.

    \b
    Examples:
      sitegen build
      sitegen build --strict --output /tmp/preview --drafts

    \b
    Keys of --json: ok, exit_code, findings (severity, path, line, column, what,
    why, hint); after a build also output, posts, pages, files, written,
    unchanged, deleted, held (state, date, path, title, reason), recovered,
    reasons, seconds, profile.
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.summary import print_report
    from sitegen.clock import read_clock

    wanted = {"drafts": drafts, "future": future, "expired": expired}
    now, detail = read_clock(os.environ), detail or Detail.NORMAL
    report = _report_of_build(find_site(site), now, wanted, quiet=as_json or detail is Detail.QUIET, **options)
    print_report(report, now, detail, as_json=as_json, explain=explain, verify=options["verify"])


def _report_of_build(
    root: Path,
    now: "datetime",
    wanted: dict[str, bool],
    *,
    quiet: bool,
    **options: Any,  # noqa: ANN401
) -> "Report":
    """Build unless there is nothing to do, and import what builds only then."""
    from sitegen.cli.unchanged import report_unchanged
    from sitegen.freshness import request_of

    if not any(options[name] for name in ("clean", "verify", "no_cache", "profile")):
        request = request_of(**wanted, strict=options["strict"])
        if report := report_unchanged(root, options["output"], request, now):
            return report
    from sitegen.collector import without_collector

    with without_collector(freeze=True):
        from sitegen.cli.building import run_build
        from sitegen.reading import Selection

    return run_build(root, Selection(now=now, **wanted), quiet=quiet, **options)


@main.command()
@site_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
@click.option("--lan", is_flag=True, help="Let phones and others of the local network in; prints a QR code.")
@click.option("--no-drafts", is_flag=True, help="Show the site as a build would publish it now.")
@click.option("--at", metavar="DATE", help="Show the site as a build would publish it on that day.")
@click.option("--poll", is_flag=True, help="Look at every file again and again, where saves give no sign.")
@debug_option(hidden=True)
def serve(*, site: Path | None, no_drafts: bool, poll: bool, **options: Any) -> None:  # noqa: ANN401  as click passes them
    """Show the site in the browser while you write.

    Pages are rendered when they are asked for and reloaded when you save; the output folder is not touched. Drafts,
    scheduled and expired posts are shown too, with a ribbon. Ctrl-C ends it.

    \b
    Example:
      sitegen serve --open
    """
    from sitegen.collector import without_collector

    with without_collector(freeze=True):
        from sitegen.cli.serving import run_serve
        from sitegen.cli.site import find_site

    run_serve(find_site(site), drafts=not no_drafts, polling=poll, **options)


@main.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@debug_option(hidden=True)
def init(*, folder: Path) -> None:
    """Start a site: a configuration, two posts, an author, a promo and a page.

    DIR is made if it is missing; one that holds anything but a .git is refused.

    \b
    Example:
      sitegen init my-paper
    """
    from sitegen.cli.desk import run_init

    run_init(folder)


@main.command()
@click.argument("title")
@site_option
@click.option("--page", "is_page", is_flag=True, help="Write a page, which is not dated, not a post.")
@click.option("--bundle", "is_bundle", is_flag=True, help="Give the post a folder for its pictures and files.")
@click.option("--edit", is_flag=True, help="Open it: with the configured `editor`, else $VISUAL, else $EDITOR.")
@debug_option(hidden=True)
def new(*, title: str, site: Path | None, is_page: bool, is_bundle: bool, edit: bool) -> None:
    """Write a new draft and print its path.

    A post goes to content/posts/YEAR/YEAR-MONTH-DAY-SLUG.md, a page to content/pages/SLUG.md. It is held back until
    you delete its line `draft: true`. Nothing is ever overwritten.

    \b
    Examples:
      sitegen new "What the strike changed"
      sitegen new "About us" --page --edit
    """
    from sitegen.cli.desk import run_new
    from sitegen.cli.site import find_site

    run_new(find_site(site), title, is_page=is_page, is_bundle=is_bundle, edit=edit)


@main.command("list")
@click.argument("state", type=click.Choice(["drafts", "scheduled", "expired", "live"]), required=False)
@site_option
@json_option
@debug_option(hidden=True)
def list_(*, state: str | None, site: Path | None, as_json: bool) -> None:
    """List what is held back, and why; or one kind of posts and pages.

    Into a pipe go lines of state, date, path, title and reason with tabs between them.

    \b
    Examples:
      sitegen list
      sitegen list scheduled --json
    """
    from sitegen.cli.desk import run_list
    from sitegen.cli.site import find_site

    run_list(find_site(site), state, as_json=as_json)
