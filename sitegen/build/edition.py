"""An edition: a site as it was read and planned at one moment, ready to be rendered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from sitegen.build.stopwatch import Stopwatch
from sitegen.config import Config, read_config
from sitegen.errors import Finding, SitegenError, raise_all
from sitegen.model import Site
from sitegen.planning import Plan
from sitegen.reading import ConvertAll, FaultySite, Selection, convert_each, read_site
from sitegen.records import dataclass
from sitegen.rendering import render
from sitegen.store import Store
from sitegen.theme import Theme, check_pages, read_theme
from sitegen.view import Route

__all__ = ["Edition", "other_faults", "plan_edition"]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything that rendering needs, and nothing that changes."""

    config: Config
    theme: Theme
    plan: Plan
    store: Store
    manuscripts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By path of the file of each post on the site: digest of its front matter, digest of its body."""
    kept: tuple[str, ...] = ()
    """Output paths of files that stay as the last build left them, beside those of the plan."""

    @property
    def is_whole(self) -> bool:
        """Whether it has every file of the site, and not only those that differ from the last one."""
        return not self.kept

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Warnings and notices of the theme, of reading and of planning; in the preview broken links too."""
        return (*self.theme.findings, *self.plan.findings)

    def render(self, route: Route) -> bytes:
        """Return the bytes of one file. Raises TemplateError or SourceError."""
        return render(route, self.theme, self.store)


def plan_edition(
    root: Path,
    selection: Selection,
    config: Config | None = None,
    convert_all: ConvertAll = convert_each,
    watch: Stopwatch | None = None,
) -> Edition:
    """Read the site in the folder `root` and plan it; `config` spares reading the configuration again.

    `convert_all` turns Markdown into documents: one after another, over a pool, or only what it has not seen yet;
    `watch` takes the time.

    Raises ConfigError, TemplateError or SourceError with every fault that was found. Writes nothing.
    """
    from sitegen.planning import plan_site

    watch = watch or Stopwatch()
    config = config or read_config(root)
    theme = read_theme(root, config.theme, config.theme_options, config.language, config.finding)
    check_pages(theme)
    store = Store()
    try:
        with watch.phase("reading"):
            site = read_site(root, config, selection, store, convert_all)
    except FaultySite as error:
        raise_all([error, *other_faults(error.site, config, theme)])
        raise
    manuscripts = {post.source.path: (post.source.head_digest, post.document.body.digest) for post in site.posts}
    with watch.phase("planning"):
        plan = plan_site(site, config, theme, store)
        return Edition(config, theme, plan, store, manuscripts)


def other_faults(site: Site, config: Config, theme: Theme) -> Iterator[SitegenError]:
    """Yield what planning says of the files that could be read, so that a writer sees all faults in one run."""
    from sitegen.planning import plan_site

    try:
        plan_site(site, config, theme, Store())
    except SitegenError as error:
        yield error
