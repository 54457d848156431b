"""A preview over real sockets: saves, errors, signs of life."""

import socket
import threading
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import pytest
from previews import PATIENCE_S, SCRIPT, StartPreview, known_by, plan_folder, shown_by

from sitegen.build import Edition
from sitegen.errors import UsageError
from sitegen.preview.events import Failed, PortTaken, Reloaded
from sitegen.preview.server import PreviewServer

PAGE = "<!doctype html><html><head><title>t</title></head><body>{}</body></html>"


def test_a_page_has_its_headers_and_the_script_first_in_its_head(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    response = site.get("/")
    assert response.status == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert not {"access-control-allow-origin", "server", "etag"} & response.headers.keys()
    assert f'<head><script src="/livereload.js?port={site.port}&amp;' in response.text
    assert SCRIPT.sub("", response.text) == PAGE.format("one")


def test_what_is_no_page_is_served_as_it_is(preview: StartPreview):
    site = preview({"content/feed.xml": "<rss><head></head></rss>", "content/x.css": "</head>"})
    assert site.get("/feed.xml").text == "<rss><head></head></rss>"
    assert site.get("/x.css").text == "</head>"
    assert site.get("/x.css").headers["content-type"] == "text/css; charset=utf-8"


def test_head_is_get_without_the_body(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    got, asked = site.get("/"), site.get("/", method="HEAD")
    assert asked.body == b""
    assert asked.status == 200
    assert asked.headers["content-length"] == got.headers["content-length"] == str(len(got.body))


def test_the_root_leads_to_the_base_path(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")}, base="/blog/")
    response = site.get("/")
    assert (response.status, response.headers["location"], response.body) == (302, "/blog/", b"")
    assert "one" in site.get("/blog/").text


def test_a_save_is_in_the_answer_and_reloads_open_pages(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    assert "one" in site.get("/").text
    tabs = site.tab(), site.tab()
    site.write("content/index.html", PAGE.format("two"))
    for tab in tabs:
        order = tab.order()
        assert (order["do"], order["edited"]) == ("reload", True)
    assert "two" in site.get("/").text
    event = site.next_event(Reloaded)
    assert event.changed == ("content/index.html",)
    assert (event.reloaded, event.swapped) == (2, 0)
    assert 0 <= event.seconds < PATIENCE_S


def test_a_page_that_shows_nothing_of_a_change_stays_still(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one"), "content/other.html": PAGE.format("other")})
    still, moved = site.tab("/other.html"), site.tab("/")
    site.write("content/index.html", PAGE.format("two"))
    assert moved.order()["do"] == "reload"
    assert site.next_event(Reloaded).reloaded == 1
    site.write("content/other.html", PAGE.format("another"))  # what it hears first is about itself
    assert still.order()["do"] == "reload"
    assert site.next_event(Reloaded).reloaded == 1


def test_a_stylesheet_alone_is_swapped(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format(""), "content/static/own.css": "a{}"})
    tab = site.tab()
    site.write("content/static/own.css", "b{}")
    order = tab.order()
    assert (order["do"], order["styles"]) == ("styles", [["/static/own.css", "/static/own.css"]])
    assert site.next_event(Reloaded).swapped == 1
    site.write("content/index.html", "BROKEN")
    site.next_event(Failed)
    assert tab.order()["do"] == "errors"
    site.write("content/static/own.css", "c{}")
    site.next_event(Failed)
    assert tab.order()["do"] == "errors"


def test_a_picture_alone_is_swapped(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format(""), "content/static/a.webp": "a"}, base="/blog/")
    tab = site.tab("/blog/")
    site.write("content/static/a.webp", "b")
    order = tab.order()
    assert (order["do"], order["pictures"]) == ("pictures", ["/blog/static/a.webp"])
    assert len(order["stamp"]) > 8


def test_of_many_saves_the_last_one_is_shown(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("0"), "content/other.html": PAGE.format("0")})
    tabs = {path: site.tab(path) for path in ("/", "/other.html")}  # a tab is told of its own page alone
    for n in range(1, 31):
        for name in ("index", "other"):
            site.write(f"content/{name}.html", PAGE.format(n))
        site.get("/")
    for path, tab in tabs.items():
        while "<body>30<" not in site.get(path).text:
            assert tab.order()["do"] == "reload"
            tab.inform(path, shown_by(site.get(path)))


def test_a_page_older_than_the_last_save_is_told_when_it_connects(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    shown = shown_by(site.get("/"))
    site.write("content/index.html", PAGE.format("two"))
    site.next_event(Reloaded)
    order = site.tab(shown=shown).order()
    assert (order["do"], order["edited"]) == ("reload", True)


def test_a_page_of_the_last_save_is_not(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    with pytest.raises(TimeoutError):
        site.tab().receive(timeout=0.3)


def test_the_script_is_livereloads_own_behind_ours(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    response = site.get("/livereload.js?port=1")
    assert response.headers["content-type"].startswith(("application/javascript", "text/javascript"))
    assert response.text.index("LiveReloadPluginSitegen") < response.text.index("official-7")
    assert site.get("/livereload.js", method="HEAD").body == b""


def test_an_error_stands_over_the_last_good_page_until_it_is_mended(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one"), "content/x.css": "a{}"})
    tab = site.tab()
    for text, said in (("\n  <b>BROKEN", "content/index.html:1:7"), ("BUG", "")):
        site.write("content/index.html", text)
        assert site.next_event(Failed).findings
        order = tab.order()
        assert (order["do"], order["findings"][0]["place"]) == ("errors", said)
        response = site.get("/")
        assert response.status == 200
        assert known_by(response)["findings"] == order["findings"]
        assert SCRIPT.sub("", response.text) == PAGE.format("one")
        assert site.get("/x.css").text == "a{}"
        site.write("content/index.html", PAGE.format("one"))
        site.next_event(Reloaded)
        assert tab.order()["do"] == "clear"
    site.write("content/index.html", PAGE.format("two"))
    assert tab.order()["do"] == "reload"


def test_a_page_that_cannot_be_rendered_any_more_stands_as_it_was(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    tab = site.tab()
    for _ in range(2):
        site.write("content/index.html", "FAULTY")
        assert tab.order()["do"] == "errors"
        assert SCRIPT.sub("", site.get("/").text) == PAGE.format("one")
        site.write("content/index.html", PAGE.format("one"))
        assert tab.order()["do"] == "clear"


def test_fifty_times_broken_and_mended(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("0")})
    tab = site.tab()
    for n in range(50):
        site.write("content/index.html", "BROKEN")
        assert tab.order()["do"] == "errors"
        assert site.get("/").status == 200
        site.write("content/index.html", PAGE.format(n % 2))
        assert tab.order()["do"] == ("reload" if n else "clear")
        tab.inform("/", shown_by(site.get("/")))


def test_a_site_that_is_broken_from_the_start_is_shown_once_it_is_not(preview: StartPreview):
    site = preview({"content/index.html": "BROKEN"})
    assert site.get("/").status == 500
    site.next_event(Failed)
    site.write("content/index.html", PAGE.format("whole"))
    site.next_event(Reloaded)
    assert "whole" in site.get("/").text


@pytest.mark.parametrize("text", ["FAULTY", "BUG-IN-RENDERING"])
def test_a_page_that_cannot_be_rendered_is_told_once(preview: StartPreview, text: str):
    site = preview({"content/index.html": PAGE.format("one"), "content/bad.html": text})
    assert [site.get("/bad.html").status for _ in range(3)] == [500] * 3
    assert site.get("/").status == 200
    site.next_event(Failed)
    assert site.events.empty()


def test_deleted_pages_are_gone(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one"), "content/a.html": PAGE.format("a")})
    assert site.get("/a.html").status == 200
    (site.root / "content/a.html").unlink()
    site.next_event(Reloaded)
    assert site.get("/a.html").status == 404


def test_requests_are_answered_while_the_site_is_planned(preview: StartPreview, tmp_path: Path):
    held, going_on = threading.Event(), threading.Event()
    held.set()

    def plan() -> Edition:
        going_on.set()
        held.wait(PATIENCE_S)
        return plan_folder(tmp_path / "site")

    site = preview({"content/index.html": PAGE.format("one")}, plan=plan)
    assert "one" in site.get("/").text
    held.clear()
    going_on.clear()
    site.write("content/index.html", PAGE.format("two"))
    assert going_on.wait(PATIENCE_S)
    assert "one" in site.get("/").text
    held.set()
    site.next_event(Reloaded)
    assert "two" in site.get("/").text


def test_a_taken_port_is_told_and_the_next_one_used(preview: StartPreview):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        site = preview({"content/index.html": PAGE.format("one")}, port=port)
        assert site.before[0] == PortTaken(port, port + 1)
        assert site.port > port
        assert site.get("/").status == 200


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_an_address_of_another_machine_is_refused(tmp_path: Path, host: str):
    server = PreviewServer(tmp_path, lambda _paths: plan_folder(tmp_path), lambda event: None)
    with pytest.raises(UsageError, match="cannot listen on port 0 of"):
        server.run(host, 0)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sitegen")]


def test_when_no_port_is_left_it_says_so(tmp_path: Path):
    with suppress(OSError), socket.create_server(("127.0.0.1", 65535)):
        server = PreviewServer(tmp_path, lambda _paths: plan_folder(tmp_path), lambda event: None)
        with pytest.raises(UsageError, match="the ports 65535 to 65535 are all taken"):
            server.run("127.0.0.1", 65535)


def test_it_ends_at_once_and_leaves_no_thread(preview: StartPreview):
    site = preview({"content/index.html": PAGE.format("one")})
    site.get("/")
    tab = site.tab()
    idle = socket.create_connection(("127.0.0.1", site.port))
    started = perf_counter()
    site.server.stop()
    assert tab.receive() == {}
    while any(thread.name.startswith("sitegen") for thread in threading.enumerate()):
        assert perf_counter() - started < 1
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", site.port))
    idle.close()


def test_a_second_preview_in_one_process_works(preview: StartPreview):
    first = preview({"content/index.html": PAGE.format("one")})
    first.tab()
    first.server.stop()
    second = preview({"content/index.html": PAGE.format("one")})
    assert second.get("/").status == 200
    tab = second.tab()
    second.write("content/index.html", PAGE.format("two"))
    assert tab.order()["do"] == "reload"
