"""The commands `theme list`, `theme info`, `theme copy`, `theme diff` and `theme check`, as `--help` shows them."""

from pathlib import Path

import click

from sitegen.cli.commands import main, site_option
from sitegen.cli.program import debug_option, json_option

__all__ = ["theme"]

_name_argument = click.argument("name", required=False)


@main.group()
@debug_option(hidden=True)
def theme() -> None:
    """See what a theme offers, change parts of it, and check it.

    \b
    Your first override:
      sitegen theme info
      sitegen theme copy partials/footer.html
      sitegen theme diff
      sitegen theme check
    """


@theme.command("list")
@site_option
@json_option
@debug_option(hidden=True)
def list_(*, site: Path | None, as_json: bool) -> None:
    """List the themes that come with sitegen, and those of the site.

    \b
    Example:
      sitegen theme list

    \b
    Keys of --json: ok, exit_code, findings; themes, each with name, description,
    parent, skins, bundled, own, used.
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.themes import run_list

    run_list(find_site(site), as_json=as_json)


@theme.command()
@_name_argument
@site_option
@json_option
@debug_option(hidden=True)
def info(*, name: str | None, site: Path | None, as_json: bool) -> None:
    """Show what a theme offers.

    That is where its files come from, its skins, tokens, options, languages and templates. Without NAME, those of the
    site's own theme.

    \b
    Examples:
      sitegen theme info
      sitegen theme info letter --json

    \b
    Keys of --json: ok, exit_code, findings; name, description, engine, chain
    (theme, path, bundled), skins (name, doc, used), options (name, type,
    choices, default, value, doc), tokens (light, dark), languages, templates.
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.themes import run_info

    run_info(find_site(site), name, as_json=as_json)


@theme.command()
@click.argument("template")
@click.option("--theme", "name", metavar="NAME", help="The theme to copy from; default: the site's own.")
@site_option
@debug_option(hidden=True)
def copy(*, template: str, name: str | None, site: Path | None) -> None:
    """Copy a file of the theme, to change it.

    It goes into the site's folder for the theme, where it overrides the theme's. TEMPLATE is a template such as
    post.html or partials/footer.html, or the path of another file below the theme's folder, such as i18n/en.toml.
    Nothing is ever overwritten.

    \b
    Example:
      sitegen theme copy partials/footer.html
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.themes import run_copy

    run_copy(find_site(site), name, template)


@theme.command()
@_name_argument
@site_option
@json_option
@debug_option(hidden=True)
def diff(*, name: str | None, site: Path | None, as_json: bool) -> None:
    """Show what the site changes of the theme.

    Each of the site's files is compared with the one of the theme that it overrides.

    \b
    Example:
      sitegen theme diff

    \b
    Keys of --json: ok, exit_code, findings; files, each with path, state
    (changed, same, new), diff.
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.themes import run_diff

    run_diff(find_site(site), name, as_json=as_json)


@theme.command()
@_name_argument
@site_option
@json_option
@debug_option(hidden=True)
def check(*, name: str | None, site: Path | None, as_json: bool) -> None:
    """Check a theme in every state of a site.

    Its pages are made of sites with no post and with 1,000, with texts of every kind, and from right to left. Found
    are names that do not exist, templates and pages that are missing, what screen readers stumble over, what the
    Content-Security-Policy stops, colours that cannot be told apart, and words that a language lacks. Nothing is
    written.

    \b
    Examples:
      sitegen theme check
      sitegen theme check letter --json

    \b
    Keys of --json: ok, exit_code, findings; theme, states, pages.
    """
    from sitegen.cli.site import find_site
    from sitegen.cli.themes import run_check

    run_check(find_site(site), name, as_json=as_json)
