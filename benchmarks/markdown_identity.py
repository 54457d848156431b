"""Shows that `sitegen.reading.fast_markdown` changes no byte of what Python-Markdown makes.

    python benchmarks/markdown_identity.py --documents 100000 [--first N] [FOLDER ...]

Converts the Markdown files of content/, tests/cases/ and FOLDER (the unpacked source of Python-Markdown, say) with
each set of extensions, then mutations of them, each with one of the sets. Prints every difference, and in the end the
digests that `proven.py` may list if there was none. Exits with 1 if there was one.
"""

import argparse
import itertools
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))

from markdown_pairs import SETS, Pair  # noqa: E402
from markdown_texts import mutated, texts_of  # noqa: E402

from sitegen.reading.fast_markdown.proven import MODULES, digest_of_module  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000, help="how many mutations (%(default)s)")
    parser.add_argument("--first", type=int, default=0, help="number of the first mutation (%(default)s)")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="more Markdown files")
    arguments = parser.parse_args()
    texts = texts_of(ROOT / "content", ROOT / "tests" / "cases", *arguments.folders)
    numbers = range(arguments.first, arguments.first + arguments.documents)
    whole = compare(itertools.product(SETS, texts))
    changed = compare((name, mutated(n, texts)) for n, name in zip(numbers, itertools.cycle(SETS), strict=False))
    print(f"{len(texts)} files with {len(SETS)} sets of extensions: {whole} different")
    print(f"{len(numbers)} mutations: {changed} different")
    for module in MODULES:
        print(f'    "{module}": {{"{digest_of_module(module)}"}},')
    return 1 if whole or changed else 0


def compare(documents: Iterable[tuple[str, str]]) -> int:
    """Convert (name of a set, text) with and without what is fast, print what differs, and return how many do."""
    pairs: dict[str, Pair] = {}
    different = 0
    for name, text in documents:
        pair = pairs.get(name) or pairs.setdefault(name, Pair(SETS[name]))
        stock, fast = pair.outcomes(text)
        if stock != fast:
            different += 1
            print(f"--- {name}\n{text!r}\nstock: {stock!r}\nfast:  {fast!r}")
    return different


if __name__ == "__main__":
    sys.exit(main())
