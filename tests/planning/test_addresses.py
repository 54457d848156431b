"""One function turns a URL into an output path; whatever is asked of it stays inside the output folder."""

import posixpath
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.planning.addresses import Addresses, _segment_fault, collision_key, fault_of, normalise, output_path

ADDRESSES = Addresses("https://example.org", "/blog/")


@pytest.mark.parametrize(
    ("path", "url", "output"),
    [
        ("/", "/", "index.html"),
        ("/about", "/about/", "about/index.html"),
        ("/about/", "/about/", "about/index.html"),
        ("/about.html", "/about.html", "about.html"),
        ("/2008/09/café.html", "/2008/09/caf%C3%A9.html", "2008/09/café.html"),
        ("/a%20b", "/a%20b/", "a b/index.html"),
        ("/e\u0301.html", "/%C3%A9.html", "é.html"),
        ("/日本語/", "/%E6%97%A5%E6%9C%AC%E8%AA%9E/", "日本語/index.html"),
    ],
)
def test_one_form_and_one_file(path, url, output):
    assert normalise(path) == url
    assert normalise(url) == url
    assert output_path(url) == output
    assert not fault_of(url)


@pytest.mark.parametrize(
    "path",
    [
        "/../x", "/a/../../x", "/%2e%2e/x", "/a/%2E%2E/b", "/..%2fx", "/a\\..\\x", "/%5c..%5cx", "//x", "/a//b",
        "/C:/x", "/x:y.html", "/\x00.html", "/a\nb.html", "/CON", "/con.html", "/sub/NUL.txt", "/aux.tar.gz",
        "/COM¹.html", "/a./", "/a /", "/.git/config", "/.htaccess.html", "/.sitegen", "/a/./b",
        "/" + "é" * 128 + ".html",
        "/a\u202eb.html", "/\ud800.html", "/x?.html", "/x*.html", '/x".html', "/a|b.html", "relative.html",
    ],
)  # fmt: skip
def test_paths_that_no_file_may_have(path):
    assert fault_of(normalise(path))


def test_static_files_may_start_with_a_dot_but_not_be_git_or_ours():
    assert not fault_of("/.well-known/security.txt", dots=True)
    assert fault_of("/.git/config", dots=True)
    assert fault_of("/.sitegen", dots=True)


@given(st.text(max_size=40))
def test_whatever_is_published_stays_inside(path):
    url = normalise("/" + path)
    if fault_of(url):
        return
    output = output_path(url)
    assert not PurePosixPath(output).is_absolute()
    assert not PureWindowsPath(output).is_absolute()
    assert ".." not in PurePosixPath(output).parts
    assert ".." not in PureWindowsPath(output).parts
    assert posixpath.normpath(output) == output
    output.encode()


@given(st.text(max_size=40))
def test_normalising_twice_changes_nothing(path):
    once = normalise("/" + path)
    assert normalise(once) == once or "%25" in once  # a percent sign that stood encoded stands for itself once


SEGMENTS = st.sampled_from(
    ["con", "NUL.txt", "com1", "COM", "a.", ".a", "a", "", ".", "..", "a b", "%20", "é", "a~b", "aux-", "A.b"]
)
PATHS = st.lists(SEGMENTS | st.text("aA.-_~/%:K", max_size=3) | st.just("x" * 256), max_size=4).map("/".join)


@given(PATHS)
def test_the_short_ways_lead_to_the_same(path):
    decoded = unicodedata.normalize("NFC", unquote("/" + path))
    if not decoded.endswith("/") and "." not in decoded.rsplit("/", 1)[-1]:
        decoded += "/"
    url = normalise("/" + path)
    assert url == quote(decoded, safe="/!$&'()*+,;=:@-._~", errors="surrogatepass")
    for dots in (True, False):
        faults = [_segment_fault(segment, dots=dots) for segment in output_path(url).split("/")]
        assert fault_of(url, dots=dots) == next(filter(None, faults), "")
    output = output_path(url)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", output).casefold())
    assert collision_key(output) == folded


@pytest.mark.parametrize(("a", "b"), [("É.html", "E\u0301.html"), ("Foo", "foo"), ("straße", "STRASSE")])
def test_names_that_some_file_system_holds_for_one(a, b):
    assert collision_key(a) == collision_key(b)


def test_base_path_is_in_every_link_and_elsewhere_stays():
    assert ADDRESSES.link("/a.html") == "/blog/a.html"
    assert ADDRESSES.absolute("/a.html") == "https://example.org/blog/a.html"
    assert ADDRESSES.link("https://other.example/") == "https://other.example/"
    assert ADDRESSES.link("#part") == "#part"
