"""The common save: a text or a title was edited and nothing else, so nothing is planned again.

What the last build left is still true then, but for the files that show the text or the title: their routes get the new
one, and all other files stay. Wherever that is not certain there is no patch, and the whole site is read and planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.build.index import Index, index_file, read_index, recall_routes
from sitegen.build.memory import Conversion
from sitegen.build.views import bodies_in, decode_view
from sitegen.cache import Cache
from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.freshness import Ledger, Stamps, changed_paths
from sitegen.model import Document
from sitegen.planning import Plan, differs_in_text_alone, patch_route
from sitegen.reading import Matter, new_title, options_for, read_post_file
from sitegen.records import dataclass
from sitegen.report import Report
from sitegen.store import Store
from sitegen.theme import Theme, read_theme
from sitegen.view import PostPage, Route, SiteView, View, retitled, titled_addresses

__all__ = ["Before", "patch_edition", "read_before"]

_MOST = 50
"""Posts: with more of them, planning takes no longer."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build left in the output folder, nothing of it changed since, and where it came from."""

    ledger: Ledger
    report: Report
    """Of that build, as far as it was remembered."""
    index: Index
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Edit:
    """A post whose text or front matter was edited."""

    path: str
    old: str
    """Digest of the body that it had."""
    new: Document
    matter: Matter
    former: str
    """Digest of the front matter that it had."""

    @property
    def is_retitled(self) -> bool:
        """Whether the front matter was edited."""
        return self.matter.source.head_digest != self.former


def read_before(ledger: Ledger, file: Path, output: Path, cache: Cache) -> Before | None:
    """Return what the build left whose `ledger` lies in `file`, if every file in the `output` folder is as it was."""
    index = read_index(index_file(file))
    if index is None or not ledger.stands(output):
        return None
    return Before(ledger, Report.unchanged_since(ledger.memory, output, tuple(ledger.outputs), 0.0), index, cache)


def patch_edition(
    root: Path, config: Config, before: Before, stamps: Stamps, conversion: Conversion
) -> tuple[Edition, Index] | None:
    """Return the edition that differs from the last one in texts and titles of posts alone, and its index; else None.

    `stamps` are those of the inputs now. Of the routes, the plan has only those that show what was edited; the other
    files are `Edition.kept`.
    """
    changed = _changed_posts(before, stamps)
    if changed is None:
        return None
    try:
        edits = [edit for path in changed for edit in _edits(root, path, config, before, conversion)]
        theme = read_theme(root, config.theme, config.theme_options, config.language, config.finding)
        site: SiteView = decode_view(before.index.site)
        routes = tuple(_routes(before, edits, site, config))
        store = _store(before.index, conversion, [site, *(route.view.page for route in routes)], edits)
    except (SitegenError, _NoPatch, ValueError):
        return None  # whoever reads the whole site finds out what is the matter
    kept = tuple(before.ledger.outputs.keys() - {route.output for route in routes})
    index = _patched_index(before.index, edits, conversion)
    return Edition(config, theme, _plan(before, routes, site, theme), store, index.manuscripts, kept), index


class _NoPatch(Exception):
    """Something else than the text or the title of a post was changed, or what is needed is gone."""


def _changed_posts(before: Before, stamps: Stamps) -> list[str] | None:
    """Return the paths of the files that may have been changed, None if one of them is no post, is new or is gone."""
    old = before.ledger.inputs
    changed = changed_paths(old, stamps)
    known = old.keys() & stamps.keys() & before.index.manuscripts.keys()
    return sorted(changed) if changed <= known and len(changed) <= _MOST else None


def _edits(root: Path, path: str, config: Config, before: Before, conversion: Conversion) -> Iterator[_Edit]:
    """Yield the edit of a post, if it was edited. Raises _NoPatch if it plans anything anew, or SitegenError."""
    head, body = before.index.manuscripts[path]
    matter = read_post_file(root, path)
    (new,) = conversion([matter.text], options_for(matter, config.markup))
    (old,) = conversion.recall([before.index.documents.get(body, "")]).values() or (None,)
    if old is None or not isinstance(new, Document):
        raise _NoPatch
    edit = _Edit(path, body, new, matter, head)
    if new == old and not edit.is_retitled:
        return
    if any(finding.place.path == path for finding in before.report.findings):
        raise _NoPatch
    same = [path for path, (_, other) in before.index.manuscripts.items() if other == body]
    if new != old and (same != [path] or not differs_in_text_alone(old, new)):
        raise _NoPatch
    yield edit


def _routes(before: Before, edits: Sequence[_Edit], site: SiteView, config: Config) -> Iterator[Route]:
    """Yield the routes that show what was edited, patched. Raises _NoPatch when one is not to be had."""
    index = before.index
    outputs = {path for edit in edits for path in index.outputs.get(edit.old, ())}
    outputs |= {index.showing[at] for edit in edits if edit.is_retitled for at in index.titles.get(edit.path, ())}
    marks = {path: before.ledger.outputs[path][1] for path in outputs}
    recalled = {route.output: route for route in recall_routes(before.cache, marks)}
    if recalled.keys() != outputs:
        raise _NoPatch
    bodies = {edit.old: edit.new for edit in edits}
    titles = _titles(edits, recalled.values(), config)
    if not titles.keys().isdisjoint(titled_addresses(site)):
        raise _NoPatch  # all pages show it
    for route in recalled.values():
        shared = site if route.template.endswith(".html") else None
        page = retitled(route.view.page, titles)
        yield patch_route(replace(route, view=View(shared, page)), bodies)


def _titles(edits: Iterable[_Edit], routes: Iterable[Route], config: Config) -> dict[str, str]:
    """Return the new titles by the addresses at which views name their posts, if only titles were edited, or texts."""
    pages = {route.sources[0]: route.view.page for route in routes if isinstance(route.view.page, PostPage)}
    titles: dict[str, str] = {}
    for edit in edits:
        if edit.is_retitled:
            if config.social_cards:
                raise _NoPatch  # a card may be drawn anew, and which posts have one depends on their titles
            page = pages.get(edit.path)
            title = page and new_title(edit.matter, page.title, edit.former, config.zone)
            if not page or not title:
                raise _NoPatch
            titles |= dict.fromkeys((page.url, page.canonical), title)
    return titles


def _store(index: Index, conversion: Conversion, views: Iterable[object], edits: Iterable[_Edit]) -> Store:
    """Return a store with the bodies that `views` show. Raises _NoPatch when one is not to be had."""
    wanted = {body for view in views for body in bodies_in(view)}
    bodies = {edit.new.body.digest: edit.new.body for edit in edits}
    documents = conversion.recall([index.documents.get(body, "") for body in wanted - bodies.keys()])
    bodies.update((document.body.digest, document.body) for document in documents.values())
    if not wanted <= bodies.keys():
        raise _NoPatch
    store = Store()
    for body in bodies.values():
        store.add_parts(body.digest, body.parts)
    return store


def _plan(before: Before, routes: tuple[Route, ...], site: SiteView, theme: Theme) -> Plan:
    """Return the last plan, as far as it was remembered, with these routes."""
    report = before.report
    findings = tuple(finding for finding in report.findings if finding not in theme.findings)
    return Plan(routes, site, report.held, findings, report.posts, report.pages, before.ledger.due)


def _patched_index(index: Index, edits: Sequence[_Edit], conversion: Conversion) -> Index:
    manuscripts: dict[str, Sequence[str]] = dict(index.manuscripts)
    outputs: dict[str, Sequence[str]] = dict(index.outputs)
    shown = [outputs.pop(edit.old, ()) for edit in edits]  # all go before any comes: see `patch_route`
    for edit, paths in zip(edits, shown, strict=True):
        new = edit.new.body.digest
        manuscripts[edit.path] = (edit.matter.source.head_digest, new)
        outputs[new] = sorted({*paths, *outputs.get(new, ())})
    documents = {**index.documents, **conversion.keys}
    return Index(manuscripts, documents, outputs, index.showing, index.titles, index.site)
