"""Builds the same newspaper with sitegen and with its peers, in turn, and prints what each build took.

    python benchmarks/compare.py --venvs ~/.cache/sitegen-benchmarks --posts 1000 10000

Peers are installed below --venvs, each into a folder of its own; one that cannot be had is left out, and said so.
Every round makes each kind of build with each generator, one after the other; the table has the medians of the rounds.
"""

import argparse
import json
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from corpus import write_sites
from generators import GENERATORS, Generator, NotInstalled
from measuring import BuildFailed, Site
from tables import KINDS, Result, Run, markdown_of, write_between_marks

__all__ = ["main"]

TITLE: Final = re.compile(r"^((?:\.\. )?title: \"?)", re.IGNORECASE | re.MULTILINE)


def main() -> int:
    """Do what the command line asks for and return the exit code: 1 when a build failed."""
    arguments = read_arguments()
    ready = {generator: version for generator, version in install(arguments.venvs, arguments.only)}
    runs: list[Run] = []
    for posts in arguments.posts:
        with tempfile.TemporaryDirectory(dir=arguments.work) as work:
            sites = write(Path(work), list(ready), arguments.venvs, posts, arguments.seed)
            runs += rounds(sites, posts, arguments.rounds, arguments.patience)
    versions = {generator.name: version for generator, version in ready.items()}
    result = Result(os.cpu_count() or 1, platform.python_version(), arguments.rounds, versions, runs)
    table = markdown_of(result)
    sys.stdout.write(table)
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    if arguments.markdown:
        write_between_marks(arguments.markdown, table)
    return 0


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    names = [generator.name for generator in GENERATORS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--venvs", type=lambda text: Path(text).resolve(), required=True, help="folder for the peers")
    parser.add_argument("--posts", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="sizes (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="(%(default)s)")
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--patience", type=float, default=60, metavar="SECONDS", help="a generator whose cold build takes longer is measured in the first round only (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the posts (%(default)s)")
    parser.add_argument("--work", type=Path, metavar="DIR", help="folder for the sites; default: the system's temporary one")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run there")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="put the table between the marks of this file")
    return parser.parse_args()
