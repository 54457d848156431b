"""The audits that need Node and Java: `make audit`. The tests need neither.

Builds the site of this folder, and the states of the theme, into a temporary folder, serves it, and asks the W3C's
checker of HTML (vnu), stylelint, and Lighthouse on a phone, the median of three runs. The tools come from npm into
`.audit/`, in the versions below. Ends with 1 when anything is not as it should be.
"""

import functools
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
TOOLS = ROOT / ".audit"
# Lighthouse 13 needs Node 22.
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27", "stylelint@16.26.1")
PAGES = ("/", "/2008/09/job-interview-follow-up.html", "/sections/interviews/", "/archive/", "/404.html")
RUNS = 3
LIMITS_MS = {"largest-contentful-paint": 1500.0, "total-blocking-time": 0.0, "cumulative-layout-shift": 0.0}
"""Milliseconds; a layout shift has no unit. Pages without script block nothing: what is measured is the machine."""
NEEDED = {"npm": "Node 18 or newer", "java": "Java 17 or newer", "chromium": "Chromium"}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine at a free port; gives the address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a tool in this folder and return what it said."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False)


def install() -> None:
    """Fetch the tools with npm, unless they are there."""
    done = TOOLS / "installed.json"
    if not done.exists() or json.loads(done.read_text()) != list(PACKAGES):
        TOOLS.mkdir(exist_ok=True)
        print(f"Installing {', '.join(PACKAGES)} into {TOOLS.name}/")
        quiet = ("--silent", "--no-audit", "--no-fund")
        subprocess.run(["npm", "install", *quiet, "--prefix", TOOLS, *PACKAGES], check=True)  # noqa: S607
        done.write_text(json.dumps(PACKAGES))


def write_states(folder: Path) -> None:
    """Write a page for each state of the theme that the tests look at."""
    sys.path[:0] = [str(ROOT), str(ROOT / "tests/support")]
    from states import STATES, paper_of

    folder.mkdir()
    for name, state in STATES.items():
        (folder / f"{name}.html").write_bytes(paper_of(state.site).file(state.url) or b"")


def html_faults(site: Path) -> list[str]:
    """Return errors and warnings of all pages; what vnu says of a policy takes a file for its own origin."""
    jar = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
    checked = run("java", "-jar", jar, "--filterpattern", ".*Content Security Policy.*", "--skip-non-html", site)
    return [line.replace(f"file:{site}", "") for line in checked.stderr.splitlines()]


def css_faults() -> list[str]:
    """Return what stylelint says of the bundled themes' style sheets."""
    checked = run(TOOLS / "node_modules/.bin/stylelint", "--formatter", "unix", "themes/*/static/**/*.css")
    return (checked.stdout + checked.stderr).splitlines()


def lighthouse_faults(address: str) -> list[str]:
    """Return what is not at its best on a simulated phone, and print the figures."""
    faults: list[str] = []
    for page in PAGES:
        reports = [_lighthouse(address + page) for _ in range(RUNS)]
        scores = {
            name: round(statistics.median(report["categories"][name]["score"] or 0 for report in reports) * 100)
            for name in reports[0]["categories"]
        }
        if page.endswith("404.html"):
            scores.pop("seo")  # it asks not to be found
        times = {name: statistics.median(r["audits"][name]["numericValue"] for r in reports) for name in LIMITS_MS}
        print(f"  {page}: {scores} { ({name: round(value, 3) for name, value in times.items()}) }")
        faults += [f"{page}: {name} {score}" for name, score in scores.items() if score < 100]
        faults += [f"{page}: {name} {value:.0f}" for name, value in times.items() if value > LIMITS_MS[name]]
    return faults


def _lighthouse(url: str) -> dict[str, dict[str, dict[str, float]]]:
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    asked = run(TOOLS / "node_modules/.bin/lighthouse", url, "--quiet", flags, "--output=json", "--output-path=stdout")
    return dict(json.loads(asked.stdout))


def main() -> int:
    """Run all audits; return 1 when one of them found something."""
    missing = [needed for name, needed in NEEDED.items() if not shutil.which(name)]
    if missing:
        print(f"Not installed: {', '.join(missing)}", file=sys.stderr)
        return 1
    install()
    os.environ.setdefault("CHROME_PATH", shutil.which("chromium") or "")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        subprocess.run([sys.executable, "-m", "sitegen", "build", "--quiet", "--output", site], cwd=ROOT, check=True)
        write_states(site / "states")
        faults = [*css_faults(), *html_faults(site)]
        with served(site) as address:
            faults += lighthouse_faults(address)
    print("\n".join(faults) or "Nothing found.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
