"""An edition holds what its pages show, and nothing else of what it was made from."""

import gc
import weakref

from small_site import SMALL

from sitegen.build import edition
from sitegen.reading import Selection, read_site


def test_the_site_is_gone_when_it_is_planned(site, monkeypatch):
    paper = site(SMALL)
    read = []

    def watched(*args):
        made = read_site(*args)
        read.append(weakref.ref(made))
        return made

    monkeypatch.setattr(edition, "read_site", watched)
    gc.disable()  # as a build does
    try:
        plan = edition.plan_edition(paper.root, Selection(now=paper.now)).plan
        assert plan.routes
        assert [made() for made in read] == [None]
    finally:
        gc.enable()
