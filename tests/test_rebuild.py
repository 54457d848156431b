"""Per kind of change: the text is right, and exactly these files were rendered again."""

import pytest
from tiny import post

SITE = {
    "content/posts/one.md": post("One", "2026-01-01", "First text.", tags="[pay]", category="Money"),
    "content/posts/two.md": post("Two", "2026-02-01", "Second text.", tags="[jobs]", category="Money"),
    "content/posts/three.md": post("Three", "2026-03-01", "Third text.", tags="[pay]", author="desk"),
    "content/pages/about.md": "---\ntitle: About\n---\n\nAbout us.\n",
    "content/authors/desk.md": "---\nname: The Desk\n---\n\nA bio.\n",
    "content/static/robots.txt": "User-agent: *\n",
}
ONE, TWO, THREE = (f"2026/0{number}/{name}.html" for number, name in ((1, "one"), (2, "two"), (3, "three")))
FEEDS = {"feed.xml", "atom.xml", "feed.json"}


@pytest.fixture
def paper(site):
    made = site(SITE)
    made.build()
    return made


def test_nothing_changed_renders_nothing(paper):
    paper.build()
    assert paper.rendered == set()


def test_a_body_changes_its_page_its_feeds_and_the_lists_that_show_its_opening(paper):
    paper.edit({"content/posts/one.md": post("One", "2026-01-01", "New text.", tags="[pay]", category="Money")}).build()
    assert "New text." in paper.text(f"/{ONE}")
    assert paper.rendered == {
        ONE, *FEEDS, "tags/pay/feed.xml", "sections/money/feed.xml",
        # Without a summary of its own, a post's opening sentences are its dek.
        "index.html", "tags/pay/index.html", "sections/money/index.html", "2026/01/index.html",
    }  # fmt: skip


def test_a_body_behind_a_summary_changes_its_page_and_feeds_alone(site):
    with_summary = {"content/posts/a.md": post("A", summary="Short."), "content/posts/b.md": post("B", "2026-02-01")}
    paper = site(with_summary)
    paper.build()
    paper.edit({"content/posts/a.md": post("A", summary="Short.", body="Other text.")}).build()
    assert paper.rendered == {"2026/01/a.html", *FEEDS, "sections/general/feed.xml"}


def test_a_title_changes_neighbours_lists_and_feeds(paper):
    paper.edit({"content/posts/two.md": post("Zwei", "2026-02-01", "Second text.", tags="[jobs]", category="Money")})
    paper.build()
    assert "Zwei" in paper.text(f"/{ONE}")
    assert paper.rendered >= {ONE, TWO, THREE, "index.html", "tags/jobs/index.html", *FEEDS}
    assert not paper.rendered & {"about.html", "authors/desk/feed.xml", "tags/pay/feed.xml", "robots.txt"}
    assert paper.report.reasons[THREE].startswith("the older post")


def test_a_new_post_leaves_the_pages_of_other_posts_alone(site):
    paper = site({f"content/posts/p{n}.md": post(f"P{n}", f"2026-01-0{n}") for n in range(1, 7)})
    paper.build()
    paper.edit({"content/posts/p7.md": post("P7", "2026-01-07")}).build()
    pages = {path for path in paper.rendered if path.startswith("2026/01/p")}
    assert pages == {"2026/01/p6.html", "2026/01/p7.html"}  # the neighbour, and the post itself


def test_an_authors_bio_changes_the_pages_that_show_it(paper):
    paper.edit({"content/authors/desk.md": "---\nname: The Desk\n---\n\nAnother bio.\n"}).build()
    assert paper.rendered == {THREE, "authors/desk/index.html"}


def test_a_deleted_post_is_gone_and_so_are_its_lists(paper):
    paper.remove("content/posts/two.md").build()
    assert TWO not in paper.files
    assert "tags/jobs/index.html" not in paper.files
    assert set(paper.report.deleted) >= {TWO, "tags/jobs/index.html", "2026/02/index.html"}


def test_a_static_file_changes_alone(paper):
    paper.edit({"content/static/robots.txt": "User-agent: none\n"}).build()
    assert paper.rendered == {"robots.txt"}


def test_a_partial_of_the_theme_changes_the_pages_that_use_it(paper):
    partial = "themes/newspaper/templates/partials/bio.html"
    paper.edit({partial: "<p>overridden</p>\n"}).build()
    assert "about.html" not in paper.rendered
    assert THREE in paper.rendered


def test_what_was_tampered_with_is_repaired(paper):
    good = paper.files
    (paper.output / ONE).unlink()
    (paper.output / TWO).write_text("gone")
    paper.build()
    assert paper.files == good
    assert paper.rendered == {ONE, TWO}
    assert set(paper.report.written) == {ONE, TWO}


def test_verify_finds_what_no_stamp_shows(paper):
    good = paper.files
    report = paper.build(verify=True)
    assert report.written == ()
    (paper.output / THREE).write_text("gone")
    assert paper.build(verify=True).written == (THREE,)
    assert paper.files == good


def test_a_lost_ledger_costs_time_and_nothing_else(paper):
    good = paper.files
    for ledger in (paper.root / ".sitegen").glob("ledger-*"):
        ledger.write_bytes(ledger.read_bytes()[:-7])
    assert paper.build().written == ()
    assert len(paper.rendered) == len(good)


def test_a_post_becomes_due_by_time_alone(site):
    paper = site({"content/posts/a.md": post("A"), "content/posts/b.md": post("B", "2026-12-01")})
    paper.build()
    paper.now = paper.now.replace(month=12, day=2)
    paper.build()
    assert "2026/12/b.html" in paper.files
    paper.now = paper.now.replace(month=11, day=2)
    paper.build()
    assert "2026/12/b.html" not in paper.files


def test_data_that_is_null_differs_from_data_that_is_not_there(site):
    footer = "{{ 'yes' if site.data.x is defined else 'no' }} {{ site.title }}\n"
    paper = site(SITE | {"themes/newspaper/templates/partials/footer.html": footer, "content/data/x.json": "null"})
    paper.build()
    assert "yes The Test Post" in paper.text("/about.html")
    paper.remove("content/data/x.json").build()
    assert "no The Test Post" in paper.text("/about.html")
