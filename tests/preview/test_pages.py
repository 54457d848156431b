"""From a target to an answer: what is in the table is answered, all else is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from previews import REFUSED, plan_folder

from sitegen.errors import Finding
from sitegen.preview.media_types import media_type
from sitegen.preview.pages import answer
from sitegen.preview.snapshot import Snapshot

FILES = {
    "index.html": "front",
    "about.html": "about",
    "tags/pay/index.html": "tag",
    "2008/09/grüße.html": "umlaut",
    "a b+c.html": "blank",
    "styles.css": "css",
    ".well-known/x.txt": "well known",
    "404.html": "not here",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pages")
    for path, text in FILES.items():
        (root / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / path).write_text(text)
    (root / "secret.html").write_text("SECRET")
    return root


@pytest.fixture(scope="module")
def site(root: Path) -> Snapshot:
    return Snapshot("1", plan_folder(root))


@pytest.fixture(scope="module")
def blog(root: Path) -> Snapshot:
    return Snapshot("1", plan_folder(root, "/blog/"))


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("/", "front"),
        ("/index.html", "front"),
        ("/?x=../secret.html", "front"),
        ("/about.html?a=b?c=%zz", "about"),
        ("/tags/pay/", "tag"),
        ("/tags/pay/index.html", "tag"),
        ("/t%61gs/pay/", "tag"),
        ("/2008/09/gr%C3%BC%C3%9Fe.html", "umlaut"),
        ("/a%20b+c.html", "blank"),
        ("/.well-known/x.txt", "well known"),
    ],
)
def test_what_is_planned_is_answered(site: Snapshot, target: str, text: str):
    found = answer(site, target)
    assert (found.status, found.body.decode()) == (200, text)


def test_a_folder_without_its_slash_leads_to_it(site: Snapshot, blog: Snapshot):
    assert answer(site, "/tags/pay?x").location == "/tags/pay/"
    assert answer(blog, "/blog/tags/pay").location == "/blog/tags/pay/"


@pytest.mark.parametrize("target", ["/", "/blog", "/blog?x=//evil.example"])
def test_outside_the_base_path_the_way_leads_in(blog: Snapshot, target: str):
    assert (answer(blog, target).status, answer(blog, target).location) == (302, "/blog/")


@pytest.mark.parametrize("target", ["/about.html", "/blogabout.html", "/BLOG/", "/tags/pay/", "//blog/"])
def test_below_no_base_path_is_nothing(blog: Snapshot, target: str):
    assert answer(blog, target).status == 404


def test_below_the_base_path_is_the_site(blog: Snapshot):
    assert answer(blog, "/blog/about.html").body == b"about"
    assert answer(blog, "/blog/index.html").body == b"front"


@pytest.mark.parametrize(
    "target", ["/no", "/tags/", "/tags", "/about", "/about.html/", "/ABOUT.HTML", "//", "/tags//pay/"]
)
def test_what_is_not_planned_is_the_sites_own_404(site: Snapshot, target: str):
    found = answer(site, target)
    assert (found.status, found.body) == (404, b"not here")


def test_a_site_without_a_404_page_has_one(tmp_path: Path):
    found = answer(Snapshot("1", plan_folder(tmp_path)), "/x")
    assert found.status == 404
    assert b"Nothing is published here" in found.body


@pytest.mark.parametrize("target", REFUSED, ids=lambda target: ascii(target)[:40])
def test_attacks_are_refused(site: Snapshot, blog: Snapshot, target: str):
    for snapshot, base in ((site, ""), (blog, "/blog")):
        found = answer(snapshot, base + target if target.startswith("/") else target)
        assert found.status in {400, 404}
        assert found.body in {b"not here", b"This address is not valid.\n"}
        assert found.location == ""


@given(st.text(alphabet="/.%2eEfF\\about.htmlSECRET\x00?#:~ü") | st.text())
def test_no_target_gets_more_than_the_table_has(site: Snapshot, text: str):
    found = answer(site, "/" + text)
    assert found.status in {200, 302, 400, 404}
    assert b"SECRET" not in found.body
    assert found.location in {"", "/tags/pay/"}


def test_behind_errors_everything_stays_as_it_was(site: Snapshot):
    broken = Snapshot("2", site.edition, (Finding("broken"),))
    for target in ("/", "/about.html", "/nowhere", "/tags/pay/"):
        assert answer(broken, target) == answer(site, target)
    assert answer(broken, "/styles.css").body == b"css"
    assert answer(broken, "/no.css").status == 404


def test_errors_are_shown_when_there_never_was_a_site():
    broken = Snapshot("1", None, (Finding("broken"),))
    assert answer(broken, "/").status == 500
    assert answer(broken, "/styles.css").status == 404


@pytest.mark.parametrize(("text", "said"), [("FAULTY", "Not to be rendered"), ("BUG-IN-RENDERING", "a bug in sitegen")])
def test_a_page_that_cannot_be_rendered_says_so(tmp_path: Path, text: str, said: str):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.html").write_text(text)
    found = answer(Snapshot("1", plan_folder(tmp_path)), "/a.html")
    assert found.status == 500
    assert said in found.body.decode()
    assert found.findings


def test_a_page_is_rendered_once(site: Snapshot):
    assert answer(site, "/about.html").body is answer(site, "/about.html").body


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("theme-0a1b.CSS", "text/css; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/json"),
        ("x.woff2", "font/woff2"),
        ("CNAME", "application/octet-stream"),
        ("x.exe", "application/octet-stream"),
    ],
)
def test_content_types_are_ours(name: str, kind: str):
    assert media_type(name) == kind
