"""The recipes of docs/publishing.md, run as they stand there, as far as that goes without the hosts.

Not run, since they need what is not here: `aws` and its S3 (tried by hand against moto), Caddy (tried by hand),
`pip wheel`, which fetches a build tool (test_wheel.py builds the wheel without), and the hosts themselves.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from crawler import ADDRESS, BelowAPath, crawl
from documents import CHECKOUT, blocks, sections
from nginx import can_run, serving
from tiny import NOW, post

from sitegen import __version__

pytestmark = pytest.mark.untraced

PAGE = CHECKOUT / "docs/publishing.md"
POSTS = {
    "content/posts/plan/index.md": post("Plan", "2026-01-01", body="![a chart](chart.png)", tags="[Pay & more]"),
    "content/posts/plan/chart.png": b"\x89PNG",
    "content/posts/next.md": post("Next", "2026-01-01", body="[The plan](plan/index.md)", aliases="[/old/name.html]"),
    "content/posts/third.md": post("Third", "2026-02-01", tags="[Pay & more, 日本]", series="Threes"),
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/static/.well-known/security.txt": "Contact: mailto:us@test.example\n",
}


@pytest.fixture
def paper(site):
    """A site that is not built yet."""
    return site(POSTS, config="posts_per_page = 1\n")


def recipe(section, *, language="sh", number=0):
    """The code of a section, as text."""
    return [block.text for block in blocks(PAGE, language) if block.section == section][number]


# `sitegen` is the one that is tested; what `pip install` would do has been done.
SHELL = f"sitegen() {{ '{sys.executable}' -m sitegen \"$@\"; }}\npip() {{ :; }}\n"
# Git has somebody who commits, and none of the machine's settings: it must not ask, sign or warn.
ENVIRONMENT = {
    "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
    **dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "A Writer"),
    **dict.fromkeys(("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "writer@test.example"),
    **dict.fromkeys(("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"), os.devnull),
}


def run(commands, folder):
    """Run shell commands in a folder and return what they print."""
    command = ["bash", "-euc", SHELL + commands]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tree(folder):
    """The files below a folder, without what git keeps there."""
    files = (path for path in Path(folder).rglob("*") if path.is_file())
    below = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in below.items() if not name.startswith(".git/")}


# ---- all recipes ----


@pytest.mark.parametrize("language", ["yaml", "toml"])
def test_what_is_to_be_copied_can_be_read(language):
    read = yaml.safe_load if language == "yaml" else tomllib.loads
    assert all(isinstance(read(block.text), dict) for block in blocks(PAGE, language))


def test_the_wheel_that_is_named_is_this_version():
    (wheel,) = recipe("sitegen on a host that builds", language="text").split()
    assert wheel == f"./sitegen-{__version__}-py3-none-any.whl"


@pytest.mark.parametrize("command", [line for line in recipe("S3").splitlines() if "sync output/ " in line])
def test_the_manifest_is_not_sent_to_s3(command):
    assert '--exclude ".sitegen"' in command or '--exclude "*"' in command


# ---- hosts that build ----


def steps_of_github():
    job = yaml.safe_load(recipe("GitHub Pages", language="yaml"))["jobs"]["publish"]
    folder = next(step["with"]["path"] for step in job["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    return "\n".join(step["run"] for step in job["steps"] if "run" in step), folder


def steps_of_gitlab():
    job = yaml.safe_load(recipe("GitLab Pages", language="yaml"))["pages"]
    return "\n".join(job["script"]), job["artifacts"]["paths"][0]


def steps_of_netlify():
    build = tomllib.loads(recipe("Netlify", language="toml"))["build"]
    return build["command"], build["publish"]


def steps_of_cloudflare():
    rows = dict(re.findall(r"^\| (.+?) \| `(.+)` \|$", sections(PAGE)["Cloudflare Pages"], re.MULTILINE))
    return rows["Build command"], rows["Build output directory"]


@pytest.mark.parametrize("steps", [steps_of_github, steps_of_gitlab, steps_of_netlify, steps_of_cloudflare])
def test_a_host_builds_the_site_and_publishes_no_manifest(paper, steps):
    commands, folder = steps()
    paper.build()
    expected = paper.files
    shutil.rmtree(paper.output)
    run(commands, paper.root)
    assert tree(paper.root / folder) == expected


# ---- a branch ----


def test_a_branch_for_github_pages(paper, tmp_path):
    remote = tmp_path / "remote.git"
    run(f"git init --quiet --bare '{remote}'", tmp_path)
    once, publish, elsewhere = (
        recipe("From a branch", number=number).replace("git@github.com:USER/REPO.git", f"'{remote}'")
        for number in range(3)
    )
    run(once + publish, paper.root)
    paper.edit({"content/posts/new.md": post("New", "2026-03-01")}).remove("content/posts/third.md")
    run(publish, paper.root)

    shutil.rmtree(paper.root.parent / "my-paper-pages")
    paper.edit({"content/posts/newer.md": post("Newer", "2026-04-01")})
    run(elsewhere + publish, paper.root)

    run(f"git clone --quiet --branch gh-pages '{remote}' published", tmp_path)
    paper.build()
    assert tree(tmp_path / "published") == paper.files
    assert run("git -C published rev-list --count HEAD", tmp_path) == "3\n"


# ---- rsync ----


@pytest.mark.skipif(not shutil.which("rsync"), reason="there is no rsync on PATH")
def test_rsync_sends_what_changed_and_deletes_what_is_gone(paper, tmp_path):
    there = tmp_path / "server"
    commands = recipe("A server, by rsync").replace("USER@SERVER:/var/www/my-paper/", f"--itemize-changes '{there}/'")
    commands = "umask 077\n" + commands.replace("--strict", "--strict --quiet")

    run(commands, paper.root)
    assert tree(there) == paper.files
    assert {oct(path.stat().st_mode & 0o777) for path in there.rglob("*") if path.is_file()} == {"0o644"}
    assert {oct(path.stat().st_mode & 0o777) for path in there.rglob("*") if path.is_dir()} == {"0o755"}

    assert run(commands, paper.root) == ""

    (there / "assets/theme.of-last-year.css").write_text("old")
    paper.remove("content/pages/about.md")
    assert "*deleting   about.html" in run(commands, paper.root)
    assert tree(there) == {**paper.files, "assets/theme.of-last-year.css": b"old"}


# ---- nginx ----


@pytest.fixture
def nginx(site):
    """The answers of an nginx with the documented configuration."""
    if not can_run():
        pytest.skip("there is no nginx here")
    paper = site(POSTS, config='permalinks.preset = "blogger"\n')
    paper.build()
    server, feeds = (recipe("nginx", language="nginx", number=number) for number in range(2))
    server = server.replace("/var/www/my-paper", str(paper.output)).rstrip().removesuffix("}") + feeds + "}\n"
    with serving(server) as answer:
        yield answer


def test_nginx_with_the_documented_configuration(nginx):
    def kind(url):
        status, headers, _ = nginx(url)
        return status, headers["Content-Type"], headers["Cache-Control"]

    page, feed = "text/html; charset=utf-8", "text/xml; charset=utf-8"
    assert kind("/") == kind("/2026/01/next.html") == kind("/archive/") == (200, page, "no-cache")
    assert kind("/feed.xml") == kind("/atom.xml") == kind("/sitemap.xml") == (200, feed, "no-cache")
    assert kind("/feed.json") == (200, "application/json", "no-cache")
    assert kind("/feeds/posts/default") == (200, "application/atom+xml", "no-cache")
    assert kind("/robots.txt") == kind("/.well-known/security.txt") == (200, "text/plain; charset=utf-8", "no-cache")
    (style,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', nginx("/")[2])
    assert kind(style) == (200, "text/css; charset=utf-8", "public, max-age=31536000, immutable")

    for nothing in ("/nope", "/404.html", "/_headers", "/.sitegen", "/.nojekyll", "/assets/nope.css", "/2026/01/plan/"):
        status, headers, body = nginx(nothing)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (404, page, None), nothing
        assert "Page not found" in body

    status, headers, _ = nginx("/archive")
    assert (status, headers["Location"]) == (301, "/archive/")
    assert nginx("/")[1]["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert nginx("/", **{"If-None-Match": nginx("/")[1]["ETag"]})[0] == 304


# ---- below a path ----


@pytest.fixture(params=["tiny", "demo"])
def below(request, paper, tmp_path):
    """The output folder of a site whose address has a path: a tiny one, and this repository's."""
    url = f'url = "{ADDRESS}"'
    if request.param == "tiny":
        paper.edit({"sitegen.toml": f'title = "T"\n{url}\nposts_per_page = 1\n'}).build()
        return paper.output
    shutil.copytree(CHECKOUT / "content", tmp_path / "demo/content")
    config, changed = re.subn(r'^url = ".*"$', url, (CHECKOUT / "pyproject.toml").read_text(), flags=re.MULTILINE)
    assert changed == 1
    (tmp_path / "demo/pyproject.toml").write_text(config)
    run("sitegen build --strict", tmp_path / "demo")
    return tmp_path / "demo/output"


@pytest.fixture
def front(below):
    """The address of the front page of that site, on a server that answers below the path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(BelowAPath, directory=below)) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}{urlsplit(ADDRESS).path}"
        server.shutdown()


def test_every_link_of_a_site_below_a_path_leads_somewhere(below, front):
    pages, lost = crawl(front, "robots.txt", "404.html")
    assert lost == []
    paths = (unquote(urlsplit(page).path).removeprefix("/blog/") for page in pages)
    found = {path + "index.html" if path.endswith("/") or not path else path for path in paths}
    unlinked = tree(below).keys() - found - {".sitegen", ".nojekyll", "_headers"}
    assert all("noindex" in (below / path).read_text() for path in unlinked if path.endswith(".html"))
    assert crawl(front, *unlinked)[1] == []
