"""The newspaper that benchmarks build: always the same, and a site without a fault."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tiny import NOW

from sitegen.build import build_site
from sitegen.reading import Selection

pytestmark = pytest.mark.untraced

CORPUS = Path(__file__).parent.parent / "benchmarks" / "corpus.py"


def write_corpus(folder, *, generator="sitegen", seed=1):
    options = ["--posts", "20", "--seed", str(seed), "--for", generator, "--output", str(folder)]
    subprocess.run([sys.executable, CORPUS, *options], check=True)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_number_and_seed_same_bytes(tmp_path):
    first = write_corpus(tmp_path / "first")
    assert first == write_corpus(tmp_path / "again")
    assert first != write_corpus(tmp_path / "other", seed=2)


@pytest.mark.parametrize("generator", ["sitegen", "sitegen-newspaper"])
def test_it_builds_without_a_warning(tmp_path, generator):
    write_corpus(tmp_path / "paper", generator=generator)
    report = build_site(tmp_path / "paper", Selection(now=NOW), strict=True)
    assert (report.posts, report.pages) == (20, 10)


def test_the_small_theme_has_the_peers_sidebar_on_every_page(tmp_path):
    write_corpus(tmp_path / "paper")
    build_site(tmp_path / "paper", Selection(now=NOW))
    sidebars = {page.read_text().partition("<aside>")[2] for page in (tmp_path / "paper/output").rglob("*.html")}
    assert [re.findall("<h2>(.*)</h2>", it) for it in sidebars] == [["About", "Recent posts", "Labels", "Archive"]]


@pytest.mark.parametrize("generator", ["sitegen-newspaper", "hugo", "eleventy", "pelican", "nikola"])
def test_peers_get_the_same_posts(tmp_path, generator):
    def names(files):
        return {path.name for path in files if path.name[:2] == "20"}

    ours = write_corpus(tmp_path / "ours")
    assert names(ours) == names(write_corpus(tmp_path / "theirs", generator=generator))
