"""A post that is read again alone says what it says when the whole site is read, or is not read alone."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.errors import SourceError
from sitegen.model import Site
from sitegen.reading import Memory, Selection, convert_each, read_site, reread_posts
from sitegen.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CONFIG = Config(title="T", url="https://t.example/", author="desk")
HEAD = "title: One\ndate: 2026-01-02\ntags: [a, b]\ncategory: Pay\nauthor: carl\npromos: [guide]"
FILES = {
    "authors/carl.md": "---\nname: Carl Mueller\n---\nWrites.\n",
    "authors/desk.md": "---\nname: The Careers Desk\n---\n",
    "promos/guide.md": "---\ntitle: Guide\n---\nBuy it.\n",
    "comments/one.yaml": '- {id: "1", author: Ann, date: 2026-01-03, body: Thanks.}\n',
    "posts/one.md": f"---\n{HEAD}\n---\nFirst text.\n",
    "posts/two.md": "---\ntitle: Two\ndate: 2026-01-05\n---\nOther text.\n",
    "posts/due.md": "---\ntitle: Due\ndate: 2027-01-05\n---\nLater.\n",
}
PATH = "content/posts/one.md"


@pytest.fixture
def sites(tmp_path: Path):
    """Return a function from the new front matter and text of a post to the site read again alone, and as a whole.

    The latter is None when it cannot be read.
    """
    for name, text in FILES.items():
        file = tmp_path / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def sites(head: str, text: str = "First text.", *, asked: str = PATH) -> tuple[Site | None, Site | None]:
        selection, memory = Selection(now=NOW), Memory()
        before = read_site(tmp_path, CONFIG, selection, Store(), memory=memory)
        (tmp_path / PATH).write_text(f"---\n{head}\n---\n{text}\n")
        posts = {post.source.path: post for post in before.posts if post.source.path == asked}
        alone = reread_posts(posts, before, CONFIG, selection, memory, convert_each)
        try:
            return alone, read_site(tmp_path, CONFIG, selection, Store())
        except SourceError:
            return alone, None

    return sites


@pytest.mark.parametrize(
    "head",
    [
        HEAD,
        HEAD.replace("[a, b]", "[b, c]"),
        HEAD.replace("One", "Another").replace("Pay", "News"),
        HEAD.replace("author: carl", "author: Somebody Else"),
        HEAD.replace("author: carl\n", ""),
        HEAD.replace("promos: [guide]", "promos: [{title: Own, body: 'Some *text*.'}]"),
        HEAD + "\nslug: elsewhere\nsummary: In *short*.\naliases: [/old.html]\nfeatured: true\ncomments: closed",
        HEAD + "\nupdated: 2026-02-01\nseries: Pay Talks\nlang: de\nimage: {src: /a.png, alt: A}\nextra: {a: 1}",
    ],
)
def test_a_post_read_alone_is_as_it_is_in_the_site(sites, head: str):
    alone, whole = sites(head, 'A "new" text with a [link](two.md).')
    assert alone is not None
    assert alone == whole


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (HEAD.replace("2026-01-02", "2026-01-06"), ""),  # another place among the posts
        (HEAD.replace("2026-01-02", "2027-01-06"), ""),  # due later
        (HEAD.replace("date: 2026-01-02\n", ""), ""),
        (HEAD + "\ndraft: true", ""),
        (HEAD + "\nexpires: 2026-02-01", ""),
        (HEAD + "\nexpires: 2028-02-01", ""),
        (HEAD + "\nunlisted: true", ""),
        (HEAD + "\nid: other", ""),
        (HEAD + "\nimage: {src: /a.png}", ""),  # a warning
        (HEAD, "Has an ![](picture.png)."),
    ],
)
def test_what_others_hang_on_is_left_to_the_whole_site(sites, head: str, text: str):
    alone, _ = sites(head, text)
    assert alone is None


@pytest.mark.parametrize("head", [HEAD + "\ntitel: x", HEAD.replace("carl", "carll"), HEAD + "\npromos: [none]"])
def test_faults_are_left_to_the_whole_site(sites, head: str):
    assert sites(head) == (None, None)


@pytest.mark.usefixtures("sites")
def test_a_link_is_left_to_the_whole_site(tmp_path: Path):
    (tmp_path / "elsewhere.md").write_text(FILES["posts/one.md"])
    selection, memory = Selection(now=NOW), Memory()
    before = read_site(tmp_path, CONFIG, selection, Store(), memory=memory)
    (tmp_path / PATH).unlink()
    (tmp_path / PATH).symlink_to(tmp_path / "elsewhere.md")
    posts = {post.source.path: post for post in before.posts if post.source.path == PATH}
    assert reread_posts(posts, before, CONFIG, selection, memory, convert_each) is None


def test_nothing_is_known_of_a_site_that_was_not_read(sites):
    _, whole = sites(HEAD)
    assert reread_posts({}, whole, CONFIG, Selection(now=NOW), Memory(), convert_each) is None
