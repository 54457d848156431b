"""Trying a theme that was saved: a fault is told at the save, and not when somebody comes to a page that shows it.

It is done in small steps, between which pages are answered: every template compiled, and some pages of each rendered.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial

from sitegen.planning import Plan
from sitegen.preview.snapshot import Snapshot
from sitegen.rendering import check_template

__all__ = ["rehearsal"]

_MOST = 16
"""Pages that are rendered of one template: lists have some seven kinds, posts lie in the folders of years."""
_DIGITS = re.compile("[0-9]+")


def rehearsal(snapshot: Snapshot) -> Iterator[Callable[[], object]]:
    """Yield the steps in which the theme of a snapshot is tried; each raises SitegenError when there is a fault."""
    edition = snapshot.edition
    if edition is None:
        return
    theme, store = edition.theme, edition.store
    for name in theme.templates:
        yield partial(check_template, name, theme, store)
    for url in _some_pages(edition.plan, frozenset(theme.templates)):
        yield partial(_render, snapshot, url)


def _some_pages(plan: Plan, templates: frozenset[str]) -> Iterator[str]:
    """Yield paths of the site: of each template one page of each form of address, which tells the kinds of lists."""
    seen: dict[str, set[tuple[str, int]]] = {template: set() for template in templates}
    for url, template in plan.templates.items():
        forms = seen.get(template)
        form = (_DIGITS.sub("0", url[1:].partition("/")[0]), url.count("/"))
        if forms is not None and form not in forms and len(forms) < _MOST:
            forms.add(form)
            yield url


def _render(snapshot: Snapshot, url: str) -> bytes:
    return snapshot.render(snapshot.edition.plan.by_url[url]) if snapshot.edition else b""
