"""Which names a preview answers to, and which pages may open its socket."""

import pytest

from sitegen.preview.access import Access

OURS = Access.of("127.0.0.1", 8000)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000"])
def test_its_own_names_are_admitted(host: str):
    assert OURS.admits_host([host])


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["localhost", "localhost"],
        ["localhost", "evil.example"],
        [""],
        ["evil.example"],
        ["127.0.0.1.evil"],
        ["localhost.evil:8000"],
        ["evil@localhost"],
        ["localhost."],
        ["localhost:8001"],
        ["localhost:"],
        ["localhost:08000"],
        ["2130706433"],
        ["0x7f.1"],
        ["127.1"],
        ["::1"],
        ["[::ffff:127.0.0.1]:8000"],
        ["localhost, evil.example"],
    ],
)
def test_other_names_are_not(values: list[str]):
    assert not OURS.admits_host(values)


def test_the_address_it_listens_at_is_one_of_its_names():
    assert Access.of("192.168.1.5", 80).admits_host(["192.168.1.5"])
    assert Access.of("fe80::1", 80).admits_host(["[fe80::1]:80"])
    assert not Access.of("::", 80).admits_host(["[::]"])


@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_its_own_pages_may_open_a_socket(origin: str):
    assert OURS.admits_origin([origin], "same-origin")


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://evil.example:8000",
        "null",
        "",
        "https://localhost:8000",
        "http://localhost",
        "http://localhost:8001",
        "http://localhost:8000.evil.example",
        "http://127.0.0.2:8000",
        "http://2130706433:8000",
        "http://localhost:8000/",
        "HTTP://LOCALHOST:8000",
    ],
)
def test_other_pages_may_not(origin: str):
    assert not OURS.admits_origin([origin], None)


def test_an_origin_leaves_out_the_port_of_http():
    assert Access.of("127.0.0.1", 80).admits_origin(["http://localhost"], None)


@pytest.mark.parametrize(
    ("fetch_site", "admitted"),
    [(None, True), ("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False), ("x", False)],
)
def test_without_an_origin_the_browser_may_still_say_where_it_comes_from(fetch_site: str | None, admitted: bool):
    assert OURS.admits_origin([], fetch_site) is admitted


def test_with_a_name_in_the_network_it_answers_under_that_one_too():
    access = Access.of("0.0.0.0", 8000, "192.168.1.5")  # noqa: S104  not bound
    assert access.admits_host(["192.168.1.5:8000"])
    assert access.admits_origin(["http://192.168.1.5:8000"], None)
    assert not access.admits_host(["192.168.1.6:8000"])
    assert not access.admits_host(["0.0.0.0:8000"])
