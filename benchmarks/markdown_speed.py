"""Times Python-Markdown as it is against the fast one, on the same texts, in turn.

    python benchmarks/markdown_speed.py [--rounds 7] [--profile] [FOLDER ...]

FOLDER holds Markdown files; without one it is content/posts. Times are of the processor, in milliseconds a text, the
median of the rounds: other work on the machine weighs on both alike, so the ratio is what counts.
"""

import argparse
import cProfile
import pstats
import statistics
import sys
import time
from pathlib import Path

from markdown import Markdown

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from markdown_pairs import SETS  # noqa: E402

from sitegen.reading.fast_markdown import speed_up  # noqa: E402
from sitegen.reading.front_matter import read_matter  # noqa: E402

_SETS = ("core", "extra", "extra smarty toc", "ours typography highlight autolink raw_html")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="how often each is timed (%(default)s)")
    parser.add_argument("--profile", action="store_true", help="show what the fast one with our set spends its time on")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[ROOT / "content" / "posts"])
    arguments = parser.parse_args()
    files = [file for folder in arguments.folders for file in sorted(folder.rglob("*.md"))]
    texts = [read_matter(file.read_bytes(), file.name).text for file in files]
    print(f"{len(texts)} texts of {sum(map(len, texts)) // len(texts):,} characters; ms a text")
    print(f"{'':44} {'stock':>6} {'fast':>6} {'ratio':>6}")
    for name in _SETS:
        stock, fast = medians(SETS[name](), speed_up(SETS[name]()), texts, arguments.rounds)
        print(f"{name:44} {stock:6.2f} {fast:6.2f} {stock / fast:6.2f}")
    if arguments.profile:
        profile(speed_up(SETS[_SETS[-1]]()), texts)


def medians(stock: Markdown, fast: Markdown, texts: list[str], rounds: int) -> tuple[float, float]:
    """Return the milliseconds that each takes for a text. The first round, which warms up, does not count."""
    times: dict[Markdown, list[float]] = {stock: [], fast: []}
    for _ in range(rounds + 1):
        for markdown, taken in times.items():
            started = time.process_time()
            convert_all(markdown, texts)
            taken.append((time.process_time() - started) * 1_000 / len(texts))
    return statistics.median(times[stock][1:]), statistics.median(times[fast][1:])


def convert_all(markdown: Markdown, texts: list[str]) -> None:
    for text in texts:
        markdown.reset().convert(text)


def profile(markdown: Markdown, texts: list[str]) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(convert_all, markdown, texts)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
