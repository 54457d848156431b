"""Pages of other origins in a real browser: of a preview they read nothing, and they change nothing in it (E1)."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from output_folders import stamps
from playwright.sync_api import Browser, Page, expect, sync_playwright
from previews import Preview, running
from tiny import NOW, SiteFolder, post

from sitegen.build import plan_edition
from sitegen.reading import Selection

pytestmark = pytest.mark.browser

SITE = {
    "content/posts/plans.md": post("Zqx plans", "2020-01-01", "Zqx not yet.", draft="true"),
    "content/static/own.css": "body { color: rgb(1, 2, 3) }",
    "content/static/own.js": "window.stolen = true",
    "content/static/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>',
    "content/static/film.webm": "film",
}
# Another port of the same host is another origin of the same site; another name is another site.
ELSEWHERE = ("127.0.0.1", "localhost", "evil.example")

READING = """async address => {
  const got = {};
  const attempt = async (name, work) => { try { got[name] = await work() } catch { got[name] = "refused" } };
  const load = (tag, settings) => new Promise(done => {
    const element = Object.assign(document.createElement(tag), settings);
    element.onload = element.onloadeddata = () => done("loaded"); element.onerror = () => done("refused");
    document.body.append(element);
  });
  const page = address + "/2020/01/plans.html";
  await attempt("fetch", async () => (await fetch(page)).text());
  await attempt("fetch with credentials", async () => (await fetch(page, {credentials: "include"})).text());
  await attempt("fetch blindly", async () => (await fetch(page, {mode: "no-cors"})).type);
  await attempt("fetch a part", async () => (await fetch(page, {headers: {Range: "bytes=0-9"}})).text());
  await attempt("ask for a header", async () => (await fetch(page, {method: "HEAD", mode: "no-cors"})).type);
  await attempt("request", () => new Promise(done => {
    const request = new XMLHttpRequest(); request.open("GET", page);
    request.onload = () => done(request.responseText); request.onerror = () => done("refused"); request.send();
  }));
  await attempt("import", () => import(address + "/own.js").then(() => "loaded"));
  await attempt("worker", () => new Promise(done => {
    new Worker(address + "/own.js").onerror = () => done("refused");
  }));
  for (const path of ["/own.js", "/livereload.js", "/feed.json", "/2020/01/plans.html"])
    await attempt("script " + path, () => load("script", {src: address + path}));
  await attempt("image", () => load("img", {src: address + "/dot.svg"}));
  await attempt("image with permission", () => load("img", {src: address + "/dot.svg", crossOrigin: "anonymous"}));
  await attempt("film", () => load("video", {src: address + "/film.webm"}));
  await attempt("style", () => load("link", {rel: "stylesheet", href: address + "/own.css"}));
  await attempt("object", () => load("object", {data: address + "/dot.svg", type: "image/svg+xml"}));
  await attempt("events", () => new Promise(done => {
    const source = new EventSource(page);
    source.onopen = () => done("loaded"); source.onerror = () => { source.close(); done("refused") };
  }));
  for (const path of ["/livereload", "/", "/2020/01/plans.html"])
    await attempt("socket " + path, () => new Promise(done => {
      const socket = new WebSocket(address.replace("http", "ws") + path);
      socket.onopen = () => done("loaded"); socket.onerror = () => done("refused");
    }));
  got.colour = getComputedStyle(document.body).color;
  got.stolen = String(window.stolen);
  const told = performance.getEntriesByType("resource").filter(entry => entry.name.startsWith(address));
  got.timing = String(told.some(entry => entry.decodedBodySize || entry.responseStatus));
  return got;
}"""

CHANGING = """async address => {
  const body = JSON.stringify({command: "reload", path: "*"});
  for (const path of ["/", "/livereload", "/livereload/edit?path=content/posts/plans.md&line=1", "/forcereload?path=*"])
    for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"])
      for (const mode of ["no-cors", "cors"])
        await fetch(address + path, {method, mode, body: method === "GET" ? undefined : body}).catch(() => 0);
  navigator.sendBeacon(address + "/livereload", body);
  for (const enctype of ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"]) {
    const frame = Object.assign(document.createElement("iframe"), {name: enctype});
    const form = Object.assign(document.createElement("form"), {method: "post", action: address + "/", enctype});
    form.target = enctype;
    document.body.append(frame, form);
    const loaded = new Promise(done => { frame.onload = done });
    form.submit();
    await loaded;
  }
}"""

FRAMED = """async address => {
  const frame = Object.assign(document.createElement("iframe"), {src: address + "/"});
  const loaded = new Promise(done => { frame.onload = done });
  document.body.append(frame);
  await loaded;
  try { return frame.contentDocument.body.innerText } catch { return "refused" }
}"""

OPENED = """async address => {
  const opened = window.open(address + "/2020/01/plans.html");
  for (let n = 0; n < 50; n++) {
    await new Promise(done => setTimeout(done, 20));
    try { if (opened.location.href !== "about:blank") return opened.document.body.innerText } catch { return "refused" }
  }
  return "nothing came";
}"""


class Elsewhere(BaseHTTPRequestHandler):
    """Another program's site on this machine: an empty page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><body style='color: rgb(9, 9, 9)'></body>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser for which evil.example is this machine, as a name server can say that it is (DNS rebinding)."""
    switches = ("--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP evil.example 127.0.0.1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=switches)
        yield browser
        browser.close()


@pytest.fixture
def folder(site: Callable[..., SiteFolder]) -> SiteFolder:
    return site(SITE)


@pytest.fixture
def preview(folder: SiteFolder) -> Iterator[Preview]:
    selection = Selection(now=NOW, drafts=True)
    with running(folder.root, lambda: plan_edition(folder.root, selection)) as preview:
        assert "Zqx" in preview.get("/2020/01/plans.html").text
        yield preview


@pytest.fixture(params=ELSEWHERE)
def elsewhere(page: Page, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        page.goto(f"http://{request.param}:{server.server_port}/")
        yield page
        server.shutdown()


@pytest.fixture
def address(preview: Preview) -> str:
    return f"http://127.0.0.1:{preview.port}"


def test_nothing_is_readable(elsewhere: Page, address: str):
    got = elsewhere.evaluate(READING, address)
    rest = {"colour": "rgb(9, 9, 9)", "stolen": "undefined", "timing": "false"}
    assert got == dict.fromkeys(got, "refused") | rest
    assert len(got) > 20


def test_nothing_is_shown_in_a_frame(elsewhere: Page, address: str):
    assert elsewhere.evaluate(FRAMED, address) == "refused"
    (frame,) = elsewhere.frames[1:]
    frame.wait_for_function("location.protocol === 'chrome-error:'")
    assert "Zqx" not in frame.content()


def test_a_window_that_it_opens_tells_it_nothing(elsewhere: Page, address: str):
    with elsewhere.expect_popup() as opened:
        assert elsewhere.evaluate(OPENED, address) == "refused"
    expect(opened.value.get_by_text("Zqx not yet.").first).to_be_visible()  # it is there, for who sits before it


def test_nothing_is_changed(elsewhere: Page, address: str, preview: Preview, folder: SiteFolder):
    tab = elsewhere.context.browser.new_context().new_page()  # type: ignore[union-attr]
    with tab.expect_websocket() as opened:
        tab.goto(f"{address}/2020/01/plans.html")
    told: list[str] = []
    opened.value.on("framereceived", lambda data: told.append(str(data)))
    tab.evaluate("window.kept = true")
    before = stamps(folder.root)
    elsewhere.evaluate(CHANGING, address)
    assert stamps(folder.root) == before
    assert [data for data in told if '"reload"' in data] == []
    assert tab.evaluate("window.kept") is True
    folder.edit({"content/posts/plans.md": post("Zqx plans", "2020-01-01", "Zqx edited.", draft="true")})
    expect(tab.get_by_text("Zqx edited.").first).to_be_visible()  # it still hears what it shall hear
    tab.context.close()


def test_another_name_for_this_machine_gets_nothing(page: Page, preview: Preview):
    """DNS rebinding: its own page is gone, and the same address has become this machine's."""
    response = page.goto(f"http://evil.example:{preview.port}/2020/01/plans.html")
    assert response
    assert response.status == 403
    assert "Zqx" not in page.content()
    fetched = page.evaluate(
        "() => fetch('/2020/01/plans.html').then(async found => [found.status, await found.text()])"
    )
    assert fetched[0] == 403
    assert "Zqx" not in fetched[1]
    socket = """() => new Promise(done => {
      const socket = new WebSocket(`ws://${location.host}/livereload`);
      socket.onopen = () => done("open"); socket.onerror = () => done("refused");
    })"""
    assert page.evaluate(socket) == "refused"
