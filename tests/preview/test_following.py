"""From a save to the next edition: only what a save can have changed is read, planned and rendered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tiny import NOW, SiteFolder, post

from sitegen.errors import Severity, SitegenError, SourceError
from sitegen.planning import Outlines
from sitegen.preview.following import Follower
from sitegen.preview.snapshot import Snapshot
from sitegen.reading import Selection

MakeSite = Callable[..., SiteFolder]
LONG = " ".join(f"This is sentence number {number} of the opening." for number in range(40))
ONE, TWO = "content/posts/one.md", "content/posts/two.md"
SITE = {
    ONE: post("One", "2026-01-01", f"{LONG}\n\nThe end."),
    TWO: post("Two", "2026-01-02", f"{LONG}\n\nAnother."),
    "content/posts/three.md": post("Three", "2026-01-03", "Third."),
    "content/pages/about.md": "---\ntitle: About\n---\nWe are.\n",
}


@pytest.fixture
def folder(site: MakeSite) -> SiteFolder:
    return site(SITE)


class Desk:
    """A follower, what it made last, and which files it read."""

    def __init__(self, folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.now = NOW
        self.follow = Follower(folder.root, lambda: Selection(now=self.now))
        self.read: list[str] = []
        from sitegen.reading import walk, written

        def read_bytes(entry: walk.Entry, *, at_most: int | None = None) -> bytes:
            self.read.append(entry.path)
            return walk.read_bytes(entry, at_most=at_most)

        monkeypatch.setattr(written, "read_bytes", read_bytes)
        self.snapshot = Snapshot("", self.follow(()))
        self.look()

    def look(self) -> dict[str, tuple[object, bytes]]:
        """Return route and bytes of every file, by path of the site."""
        routes = self.snapshot.routes
        return {url: (routes[url], self.snapshot.render(routes[url])) for url in routes}

    def save(self, files: dict[str, str]) -> set[str]:
        """Save files; return the paths of the site whose files are rendered anew."""
        before = self.look()
        self.folder.edit(files)
        self.read.clear()
        self.snapshot = self.snapshot.follow("", self.follow(files.keys()), ())
        after = self.look()
        same = {url for url in before.keys() & after.keys() if before[url][0] is after[url][0]}
        assert all(before[url][1] is after[url][1] for url in same)
        return after.keys() - same


@pytest.fixture
def desk(folder: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(folder, monkeypatch)


def test_a_text_alone_renders_its_page_and_its_feeds(desk: Desk):
    changed = desk.save({ONE: post("One", "2026-01-01", f"{LONG}\n\nThe very end.")})
    assert "/2026/01/one.html" in changed
    assert {url for url in changed if not url.endswith((".xml", ".json"))} == {"/2026/01/one.html"}
    assert b"very end" in desk.look()["/feed.xml"][1]
    assert desk.read == [ONE]


def test_texts_that_follow_each_other_are_all_there(desk: Desk):
    desk.save({ONE: post("One", "2026-01-01", f"{LONG}\n\nFirst save.")})
    changed = desk.save({TWO: post("Two", "2026-01-02", f"{LONG}\n\nSecond save.")})
    assert "/2026/01/one.html" not in changed
    feed = desk.look()["/feed.xml"][1]
    assert b"First save" in feed
    assert b"Second save" in feed
    desk.save({TWO: SITE[TWO]})
    assert b"Second save" not in desk.look()["/feed.xml"][1]
    desk.save({ONE: post("Other", "2026-01-01", f"{LONG}\n\nFirst save.")})
    assert b"First save" in desk.look()["/2026/01/one.html"][1]


def test_a_title_reads_one_file_and_leaves_alone_what_does_not_show_it(desk: Desk):
    desk.save({"sitegen.toml": 'title = "T"\nurl = "https://test.example/"\nsidebar = []\n'})
    changed = desk.save({ONE: post("Other", "2026-01-01", f"{LONG}\n\nThe end.")})
    assert set(desk.read) == {ONE}
    assert b"Other" in desk.look()["/"][1]
    assert b"Other" in desk.look()["/2026/"][1]
    assert "/robots.txt" not in changed


def test_titles_and_texts_plan_nothing_and_are_shown_wherever_they_stand(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    recent = 'sidebar = [{ block = "recent", on = "all" }]'
    desk.save({"sitegen.toml": f'title = "T"\nurl = "https://test.example/"\n{recent}\n'})
    at_first = {url: data for url, (_, data) in desk.look().items()}
    with monkeypatch.context() as patch:
        patch.setattr(Outlines, "plan", None)
        desk.save({ONE: post("Other", "2026-01-01", f"{LONG}\n\nThe end.")})
        desk.save({ONE: post("Other", "2026-01-01", f"{LONG}\n\nThe very end.")})
        desk.save({TWO: post("Newest, in every sidebar", "2026-01-02", f"{LONG}\n\nAnother.")})
        shown = {url: data for url, (_, data) in desk.look().items()}
        assert b"Newest, in every sidebar" in shown["/about.html"]
        assert desk.read == [TWO]
    afresh = Desk(desk.folder, monkeypatch)
    assert shown == {url: data for url, (_, data) in afresh.look().items()}
    with monkeypatch.context() as patch:
        patch.setattr(Outlines, "plan", None)
        afresh.save({ONE: SITE[ONE], TWO: SITE[TWO]})
    assert at_first == {url: data for url, (_, data) in afresh.look().items()}


def test_a_title_that_may_be_drawn_on_a_card_is_planned(desk: Desk):
    pytest.importorskip("PIL")
    desk.save({"sitegen.toml": 'title = "T"\nurl = "https://test.example/"\nsocial_cards = true\n'})
    changed = desk.save({ONE: post("Other", "2026-01-01", f"{LONG}\n\nThe end.")})
    assert any(url.endswith(".png") for url in changed)


def test_saving_what_is_there_changes_nothing(desk: Desk):
    assert desk.save({ONE: SITE[ONE]}) == set()
    assert desk.save({"content/pages/about.md": SITE["content/pages/about.md"]}) == set()


@pytest.mark.parametrize(
    ("files", "url", "text"),
    [
        ({"sitegen.toml": 'title = "New"\nurl = "https://test.example/"\n'}, "/2026/01/one.html", b"New"),
        ({"themes/newspaper/templates/post.html": "mine: {{ page.title }}"}, "/2026/01/one.html", b"mine: One"),
        ({"content/data/x.toml": "a = 1\n"}, "/", b"One"),
        ({"content/authors/ann.md": "---\nname: Ann\n---\nBio.\n"}, "/authors/ann/", b"Ann"),
        ({"content/static/new.txt": "new"}, "/new.txt", b"new"),
    ],
)
def test_all_else_is_shown_without_a_restart(desk: Desk, files: dict[str, str], url: str, text: bytes):
    desk.save(files)
    assert text in desk.look()[url][1]


def test_free_data_that_only_looks_alike_is_another(desk: Desk):
    desk.save(
        {
            "content/data/x.toml": "a = 1\n",
            "themes/newspaper/templates/partials/footer.html": "<i>{{ site.data.x.a }}</i>",
        }
    )
    assert b"<i>1</i>" in desk.look()["/"][1]
    desk.save({"content/data/x.toml": "a = true\n"})
    assert b"<i>True</i>" in desk.look()["/"][1]


def test_an_error_is_raised_until_it_is_mended(desk: Desk):
    desk.folder.edit({ONE: "no front matter"})
    for path in (ONE, TWO):
        with pytest.raises(SitegenError):
            desk.follow({path})
    desk.folder.edit({ONE: post("Mended", "2026-01-01", "Text.")})
    desk.snapshot = desk.snapshot.follow("", desk.follow({ONE}), ())
    assert b"Mended" in desk.look()["/"][1]


def test_a_post_that_moves_into_the_place_of_another_is_a_collision(desk: Desk):
    desk.folder.edit({"content/posts/new/two.md": SITE[TWO]})
    (desk.folder.root / ONE).unlink()
    with pytest.raises(SitegenError, match="would become one file"):
        desk.follow({ONE, "content/posts/new"})


def test_what_an_editor_had_there_for_a_moment_makes_no_plan(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Follower, "_planned", None)
    desk.folder.edit({ONE: post("One", "2026-01-01", f"{LONG}\n\nBy sed.")})
    desk.snapshot = desk.snapshot.follow("", desk.follow({ONE, "content/posts/sedAb12"}), ())
    assert b"By sed" in desk.look()["/2026/01/one.html"][1]


def test_a_post_that_becomes_due_is_shown_with_the_next_change(site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    soon = (NOW + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    desk = Desk(site({**SITE, "content/posts/soon.md": post("Soon", soon, "Later.")}), monkeypatch)
    assert b"Soon" not in desk.look()["/"][1]
    desk.now = NOW + timedelta(hours=2)
    desk.save({ONE: post("One", "2026-01-01", f"{LONG}\n\nThe very end.")})
    assert b"Soon" in desk.look()["/"][1]


def test_an_override_that_is_gone_is_gone(desk: Desk):
    path = "themes/newspaper/templates/partials/byline.html"
    before = desk.look()["/2026/01/one.html"][1]
    desk.save({path: "<p>Another byline.</p>"})
    assert b"Another byline." in desk.look()["/2026/01/one.html"][1]
    desk.folder.remove(path)
    desk.snapshot = desk.snapshot.follow("", desk.follow([path]), ())
    assert desk.look()["/2026/01/one.html"][1] == before


def test_an_edited_text_has_the_quotation_marks_of_its_language(site):
    text = f'{LONG}\n\n"Ja."'
    folder = site({ONE: post("One", "2026-01-01", text, lang="de"), TWO: post("Two", "2026-01-02", '"Yes."')})
    follow = Follower(folder.root, lambda: Selection(now=NOW))
    for said in ("Ja.", "Nein."):
        folder.edit({ONE: post("One", "2026-01-01", text.replace("Ja.", said), lang="de")})
        edition = follow([ONE])
        assert f"„{said}“" in edition.render(edition.plan.by_url["/2026/01/one.html"]).decode()
        assert "“Yes.”" in edition.render(edition.plan.by_url["/2026/01/two.html"]).decode()


def test_a_broken_link_is_told_and_the_page_shown(site):
    folder = site({"content/posts/a.md": post("A", "2008-09-27", "Good."), "content/posts/b.md": post("B")})
    follow = Follower(folder.root, lambda: Selection(now=NOW))
    follow(())
    for text in ("[x](gone.md)", "[x](b.md#gone)", "[x](/gone/)", "![x](gone.png)"):
        folder.edit({"content/posts/a.md": post("A", "2008-09-27", text, image="lost.png")})
        edition = follow(["content/posts/a.md"])
        page = edition.render(edition.plan.by_url["/2008/09/a.html"]).decode()
        assert text.partition("(")[2][:-1].removeprefix("b.md") in page
        with pytest.raises(SourceError) as raised:
            folder.build()
        errors = [finding for finding in edition.findings if finding.severity is Severity.ERROR]
        assert errors == [*raised.value.findings]
        assert "gone" in str(raised.value)
        assert "lost.png" in str(raised.value)
