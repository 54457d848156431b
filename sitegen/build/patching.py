"""The common save: a text was edited and nothing else, so nothing is planned again.

What the last build left is still true then, but for the files that show the text: their routes get the new body, and
all other files stay. Wherever that is not certain there is no patch, and the whole site is read and planned.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.build.edition import Edition
from sitegen.build.index import Index, recall_routes
from sitegen.build.memory import Conversion
from sitegen.build.views import bodies_in, decode_view
from sitegen.cache import Cache
from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.freshness import Ledger, Stamps
from sitegen.model import Document
from sitegen.planning import Plan, differs_in_text_alone, patch_route
from sitegen.reading import read_text
from sitegen.report import Report
from sitegen.store import Store
from sitegen.theme import Theme, read_theme
from sitegen.view import Route, SiteView, View

__all__ = ["Before", "patch_edition"]

_MOST = 50
"""Posts: with more of them, planning takes no longer."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build left in the output folder, nothing of it changed since, and where it came from."""

    ledger: Ledger
    index: Index
    cache: Cache


@dataclass(frozen=True, slots=True)
class _Edit:
    """A post whose text was edited."""

    path: str
    old: Document
    new: Document


def patch_edition(
    root: Path, config: Config, before: Before, stamps: Stamps, conversion: Conversion
) -> tuple[Edition, Index] | None:
    """Return the edition that differs from the last one in texts of posts alone, and its index; else None.

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
        routes = tuple(_routes(before, edits, site))
        store = _store(before.index, conversion, [site, *(route.view.page for route in routes)], edits)
    except (SitegenError, _NoPatch, ValueError):
        return None  # whoever reads the whole site finds out what is the matter
    plan = _plan(before.ledger, routes, site, theme)
    kept = tuple(before.ledger.outputs.keys() - {route.output for route in routes})
    index = _patched_index(before.index, edits, conversion)
    return Edition(config, theme, plan, store, index.manuscripts, kept), index


class _NoPatch(Exception):
    """Something else than the text of a post was changed, or what is needed is gone."""


def _changed_posts(before: Before, stamps: Stamps) -> list[str] | None:
    """Return the paths of the files that may have been changed, None if one of them is no post, is new or is gone."""
    old = before.ledger.inputs
    changed = {path for path, _ in old.items() ^ stamps.items()}
    known = old.keys() & stamps.keys() & before.index.manuscripts.keys()
    return sorted(changed) if changed <= known and len(changed) <= _MOST else None


def _edits(root: Path, path: str, config: Config, before: Before, conversion: Conversion) -> Iterator[_Edit]:
    """Yield the edit of a post's text, if it was edited. Raises _NoPatch if more than the text was, or SitegenError."""
    head, body = before.index.manuscripts[path]
    now, text = read_text(root, path)
    (new,) = conversion([text], config.markdown)
    old = conversion.recall([before.index.documents.get(body, "")])
    if now != head or not old or not isinstance(new, Document):
        raise _NoPatch
    (known,) = old.values()
    if new == known:
        return
    same = [path for path, (_, other) in before.index.manuscripts.items() if other == body]
    if same != [path] or _has_findings(before.ledger, path) or not differs_in_text_alone(known, new):
        raise _NoPatch
    yield _Edit(path, known, new)


def _has_findings(ledger: Ledger, path: str) -> bool:
    return any(finding["place"]["path"] == path for finding in ledger.memory["findings"])


def _routes(before: Before, edits: Sequence[_Edit], site: SiteView) -> Iterator[Route]:
    """Yield the routes that show what was edited, patched. Raises _NoPatch when one is not to be had."""
    outputs = {path for edit in edits for path in before.index.outputs.get(edit.old.body.digest, ())}
    marks = {before.ledger.outputs[path][1] for path in outputs}
    recalled = {route.output: route for route in recall_routes(before.cache, marks)}
    if recalled.keys() != outputs:
        raise _NoPatch
    for route in recalled.values():
        shared = site if route.template.endswith(".html") else None
        patched = replace(route, view=View(shared, route.view.page))
        for edit in edits:
            patched = patch_route(patched, edit.old, edit.new)
        yield patched


def _store(index: Index, conversion: Conversion, views: Iterable[object], edits: Iterable[_Edit]) -> Store:
    """Return a store with the bodies that `views` show. Raises _NoPatch when one is not to be had."""
    store = Store()
    for edit in edits:
        store.add_parts(edit.new.body.digest, edit.new.body.parts)
    wanted = {body for view in views for body in bodies_in(view)} - {edit.new.body.digest for edit in edits}
    with suppress(KeyError):
        documents = conversion.recall([index.documents[body] for body in wanted])
        for document in documents.values():
            store.add_parts(document.body.digest, document.body.parts)
        if all(map(store.has_parts, wanted)):
            return store
    raise _NoPatch


def _plan(ledger: Ledger, routes: tuple[Route, ...], site: SiteView, theme: Theme) -> Plan:
    """Return the last plan, as far as it was remembered, with these routes."""
    report = Report.unchanged_since(ledger.memory, Path(), (), 0.0)
    findings = tuple(finding for finding in report.findings if finding not in theme.findings)
    return Plan(routes, site, report.held, findings, report.posts, report.pages, ledger.due)


def _patched_index(index: Index, edits: Iterable[_Edit], conversion: Conversion) -> Index:
    manuscripts: dict[str, Sequence[str]] = dict(index.manuscripts)
    outputs: dict[str, Sequence[str]] = dict(index.outputs)
    for edit in edits:
        old, new = edit.old.body.digest, edit.new.body.digest
        manuscripts[edit.path] = (manuscripts[edit.path][0], new)
        outputs[new] = sorted({*outputs.pop(old, ()), *outputs.get(new, ())})
    return Index(manuscripts, {**index.documents, **conversion.keys}, outputs, index.site)
