"""A theme that was saved is tried at once, on pages too that nobody looks at."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from previews import Preview, running
from tiny import NOW, SiteFolder, post

from sitegen.errors import TemplateError
from sitegen.preview.events import Failed, Noticed
from sitegen.preview.following import Follower
from sitegen.preview.rehearsal import rehearsal
from sitegen.preview.snapshot import Snapshot
from sitegen.reading import Selection

E = TypeVar("E", Failed, Noticed)
TEMPLATES = "themes/newspaper/templates/"
POST = "content/posts/follow-up.md"


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site({POST: post("Follow up", "2008-09-27", "The text.", tags="[pay]")})


@pytest.fixture
def preview(folder: SiteFolder) -> Iterator[Preview]:
    with running(folder.root, Follower(folder.root, lambda: Selection(now=NOW))) as preview:
        yield preview


def next_of(preview: Preview, kind: type[E]) -> E:
    """Wait for an event of this kind, whatever comes before it."""
    while not isinstance(event := preview.events.get(timeout=10), kind):
        pass
    return event


@pytest.mark.parametrize(
    ("path", "text", "place", "what"),
    [
        ("feeds.html", "{{ page.nothing }}", "feeds.html:1", "has no nothing"),
        ("partials/unused.html", "\n{% if %}", "partials/unused.html:2", "Expected an expression"),
    ],
)
def test_a_fault_that_no_open_page_shows_is_told_at_the_save(
    preview: Preview, folder: SiteFolder, path: str, text: str, place: str, what: str
):
    tab = preview.tab("/archive/")
    folder.edit({TEMPLATES + path: text})
    (finding,) = next_of(preview, Failed).findings
    assert str(finding.place) == TEMPLATES + place
    assert what in finding.what
    assert (order := tab.order())["do"] == "errors"
    assert [one["place"] for one in order["findings"]] == [TEMPLATES + place]
    assert preview.get().status == 200
    folder.edit({POST: post("Follow up", "2008-09-27", "Another text.", tags="[pay]")})
    assert next_of(preview, Failed).findings == (finding,)  # it is in the way still
    assert tab.order()["do"] == "errors"
    folder.remove(TEMPLATES + path)
    assert tab.order()["do"] == "clear"


def test_of_every_kind_of_page_one_is_rendered(folder: SiteFolder):
    edition = Follower(folder.root, lambda: Selection(now=NOW))(())
    snapshot = Snapshot("1", edition)
    for step in rehearsal(snapshot):
        step()
    rendered = {getattr(one.route.view.page, "kind", "") for one in snapshot._rendered.values()}
    assert rendered == {"front", "post", "category", "tag", "month", "archive", "year", "feeds", "404"}


def test_a_broken_link_is_noticed_once_and_stands_in_nobodys_way(preview: Preview, folder: SiteFolder):
    for text, told in (("[x](gone.md)", "gone.md"), ("More: [x](lost.md) [x](gone.md)", "lost.md")):
        folder.edit({POST: post("Follow up", "2008-09-27", text)})
        (finding,) = next_of(preview, Noticed).findings
        assert finding.what == f"the link {told} leads nowhere"
        assert f'href="{told}"' in preview.get("/2008/09/follow-up.html").text


def test_a_theme_that_lacks_pages_is_an_error_as_in_a_build(site: Callable[..., SiteFolder]):
    folder = site({"themes/small/theme.toml": 'name = "small"\n'}, config='theme = "small"\n')
    with pytest.raises(TemplateError, match="lacks the templates of these pages"):
        Follower(folder.root, lambda: Selection(now=NOW))(())
