"""From a save to the next edition: what has not changed is neither read nor planned again."""

import gc
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from threading import Thread

from sitegen.build import Edition, convert_remembered, other_faults
from sitegen.collector import without_collector
from sitegen.config import Config, MarkupOptions, read_config
from sitegen.errors import SitegenError, raise_all
from sitegen.freshness import stamp_of
from sitegen.model import Document, Post, Site
from sitegen.planning import Outlines
from sitegen.preview.reopening import Reopening
from sitegen.preview.whole import Edit, Whole
from sitegen.reading import (
    FaultySite,
    Matter,
    Memory,
    Selection,
    convert_each,
    new_title,
    options_for,
    read_post_file,
    read_site,
    reread_posts,
)
from sitegen.store import Store
from sitegen.theme import Theme, check_pages, read_theme

__all__ = ["Follower"]

_CONTENT = "content/"
_CONFIGS = ("sitegen.toml", "pyproject.toml")
_MOST_EDITS = 1000
"""Texts patched, or sites planned, one after another with one store: each leaves some texts in it."""
_FEW = 20
"""Posts that are read one by one rather than with the whole site."""
_LARGE = 1000
"""Posts of a site whose plan is worth freezing."""


class Follower:
    """Plans the site in one folder again and again; to be called in one thread."""

    def __init__(self, root: Path, select: Callable[[], Selection]) -> None:
        """Follow the site in `root`, of which `select` says what is shown."""
        self._root = root
        self._select = select
        self._convert_all = convert_remembered(root / ".sitegen")
        self._memory = Memory()
        self._remembered_for = ""
        self._reopening: Reopening | None = None
        """Of a site that was not read before, what to keep of it."""
        self._preparing: Thread | None = None
        self._prepared: tuple[str, Reopening] | None = None
        """What it is for, and what was read in advance."""
        self._outlines = Outlines()
        self._config: tuple[tuple[str, ...], Config] | None = None
        self._theme: Theme | None = None
        self._store = Store()
        """One for many plans: what renders with it has compiled its templates."""
        self._plans = 0
        self._whole: Whole | None = None

    def prepare(self) -> None:
        """Begin to read what an earlier preview left, in a thread; to be called before the site is asked for.

        There is time for it until it is sure that no save is missed.
        """
        self._preparing = Thread(target=self._prepare, name="preparing", daemon=True)
        self._preparing.start()

    def _prepare(self) -> None:
        # Whatever is the matter is found out again, by who can tell of it.
        with suppress(Exception), without_collector():
            wanted = _wanted(read_config(self._root))
            self._prepared = wanted, Reopening(self._root, wanted)

    def _reopened(self, wanted: str) -> Reopening:
        (known, reopening), self._prepared = self._prepared or ("", None), None
        return reopening if reopening and known == wanted else Reopening(self._root, wanted)

    def __call__(self, paths: Collection[str]) -> Edition:
        """Return the site as it is now, of which these files or folders may have changed; with no path, any may have.

        Raises ConfigError, TemplateError or SourceError with every fault that was found.
        """
        if self._preparing:
            self._preparing.join()
            self._preparing = None
        selection = self._select()
        self._memory.tree.tell(paths)
        before, self._whole = self._whole, None
        whole = self._patched(paths, selection, before) if before and paths else None
        if whole is None:
            if self._plans:
                gc.collect()
            with without_collector():
                whole = self._planned(paths, selection, before)
                if len(whole.site.posts) >= _LARGE:
                    # A plan has no circles: it is gone when the next has replaced it. Else the collector would go
                    # through a million objects while somebody waits for a page.
                    gc.freeze()
        self._whole = whole
        if self._reopening:
            # Now: whoever ends a preview, and be it as soon as it is there, does not wait for this.
            self._reopening.keep()
            self._reopening = None
            Thread(target=_warm_up, name="warming", daemon=True).start()
        return whole.edition

    def _patched(self, paths: Collection[str], selection: Selection, before: Whole) -> Whole | None:
        """Return what is before with other texts of posts, if nothing else can have changed."""
        if before.is_due(selection) or len(before.edits) + len(paths) > _MOST_EDITS:
            return None
        edits = dict(before.edits)
        for path in paths:
            if path.startswith(_CONTENT) and self._memory.tree.is_nothing(self._root, path):
                continue  # an editor had it there for a moment
            post = before.posts.get(path)
            try:
                edit = self._edit(post, before) if post else None
            except SitegenError:
                return None  # whoever reads the whole site finds out what is the matter
            if edit is None:
                return None
            edits[path] = edit
        return before.edited(edits)

    def _edit(self, post: Post, before: Whole) -> Edit | None:
        """Return what a post says now, if its text and its title alone were edited. Raises SitegenError."""
        config = before.planned.config
        matter = read_post_file(self._root, post.source.path)
        (document,) = self._convert_all([matter.text], options_for(matter, config.markup))
        title = _title_of(post, matter, config)
        return before.edit(post, document, title) if title and isinstance(document, Document) else None

    def _planned(self, paths: Collection[str], selection: Selection, before: Whole | None) -> Whole:
        config = self._read_config(paths)
        theme = self._read_theme(config, paths)
        self._plans += 1
        if self._plans % _MOST_EDITS == 0:
            self._store, before = Store(), None
        last = None
        if before and before.planned.config is config and before.planned.theme is theme:
            last = before.edition.plan
        site = self._reread(paths, config, selection, before) if before else None
        if site is None:
            site = self._read(config, theme, selection)
        plan = self._outlines.plan(site, config, theme, self._store, last)
        edition = Edition(config, theme, plan, self._store)
        return Whole(site, edition, selection, edition)

    def _read(self, config: Config, theme: Theme, selection: Selection) -> Site:
        try:
            return read_site(self._root, config, selection, self._store, self._convert_all, self._memory)
        except FaultySite as error:
            raise_all([error, *other_faults(error.site, config, theme)])
            raise

    def _reread(self, paths: Collection[str], config: Config, selection: Selection, before: Whole) -> Site | None:
        """Return the site of before with what some of its posts say now, if nothing else can have changed."""
        changed = {*paths, *before.edits}  # whose edits are not in the site that was planned
        if not paths or before.planned.config is not config or before.is_due(selection) or len(changed) > _FEW:
            return None
        posts = {path: before.posts[path] for path in changed if path in before.posts}
        if len(posts) < len(changed):
            return None
        try:
            return reread_posts(posts, before.site, config, selection, self._memory, self._convert_all)
        except SitegenError:
            return None  # as in `_patched`

    def _read_config(self, paths: Collection[str]) -> Config:
        """Return the configuration: the same as long as its file is."""
        stamps = tuple(stamp_of(self._root / name) for name in _CONFIGS)
        if self._config and self._config[0] == stamps and paths and not any(name in paths for name in _CONFIGS):
            return self._config[1]
        self._config = self._theme = None
        config = read_config(self._root)
        wanted = _wanted(config)
        if wanted != self._remembered_for:
            self._reopening, self._remembered_for = self._reopened(wanted), wanted
            self._memory = self._reopening.memory
        self._config, self._outlines = (stamps, config), Outlines()
        return config

    def _read_theme(self, config: Config, paths: Collection[str]) -> Theme:
        """Return the theme: the same as long as its files and its options are."""
        if self._theme is None or not paths or any(path.startswith("themes") for path in paths):
            self._theme = None
            theme = read_theme(self._root, config.theme, config.theme_options, config.language, config.finding)
            check_pages(theme)
            self._theme = theme
        return self._theme


def _wanted(config: Config) -> str:
    """Return all of a configuration that reading a post depends on."""
    return repr((config.timezone, config.markup))


def _title_of(post: Post, matter: Matter, config: Config) -> str | None:
    """Return the title that front matter gives a post, if nothing else in it was edited."""
    if matter.source.head_digest == post.source.head_digest:
        return post.title
    if config.social_cards:
        return None  # a card may be drawn anew, and which posts have one depends on their titles
    return new_title(matter, post.title, post.source.head_digest, config.zone)


def _warm_up() -> None:
    """Import what converts Markdown, for which the first save would else wait."""
    list(convert_each(["*"], MarkupOptions()))
