"""Builds the same newspaper with sitegen and its peers, side by side, and tells what each build took.

    python3 benchmarks/compare.py --venvs ~/.cache/benchmarks --posts 1000 10000

All are installed below --venvs, each into an environment of its own; what cannot be had is said and left out. All have
small themes with the same parts; sitegen builds with its newspaper theme too. Each round makes every kind of build with
every generator in turn, and each round another one is the first. The tables have the medians of the rounds.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus import write_sites
from generators import GENERATORS, NotInstalled
from measuring import BuildFailed, measure
from results import Result, Run, markdown_of, put_between_marks
from sites import Kind, Site

__all__ = ["main"]


def main() -> int:
    """Do what the command line says; return the exit code: 1 when nothing could be built."""
    arguments = read_arguments()
    titles = dict(install(arguments.venvs, arguments.only))
    runs: list[Run] = []
    for posts in arguments.posts:
        with tempfile.TemporaryDirectory(dir=arguments.work) as work:
            sites = write(Path(work), arguments.venvs, list(titles), posts, arguments.seed)
            runs += build(sites, posts, arguments.rounds, arguments.patience)
    if not runs:
        return 1
    result = Result(os.cpu_count() or 1, platform.python_version(), titles, runs)
    sys.stdout.write(markdown_of(result))
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    if arguments.markdown:
        put_between_marks(arguments.markdown, markdown_of(result))
    return 0


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    names = list(GENERATORS)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--venvs", type=absolute, required=True, metavar="DIR", help="where the generators are installed, and stay")
    add("--posts", type=int, nargs="+", default=[1000, 10_000], metavar="N", help="sizes of the site (%(default)s)")
    add("--rounds", type=int, default=3, metavar="N", help="how often each build is made (%(default)s)")
    add("--patience", type=float, default=60, metavar="S", help="a build of more seconds is made once (%(default)s)")
    add("--only", nargs="+", choices=names, default=names, metavar="NAME", help="generators (%(default)s)")
    add("--seed", type=int, default=1, metavar="N", help="another number, other posts (%(default)s)")
    add("--work", type=Path, metavar="DIR", help="where the sites are written for the time being")
    add("--json", type=Path, metavar="FILE", help="write every single run there")
    add("--markdown", type=Path, metavar="FILE", help="put the tables between the marks in this file")
    return parser.parse_args()


def absolute(path: str) -> Path:
    return Path(path).absolute()  # builds run in other folders


def install(venvs: Path, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the name of each generator that can be had, and what tables call it."""
    versions: dict[str, str] = {}
    for name, generator in GENERATORS.items():
        if name not in names:
            continue
        try:
            if generator.program not in versions:
                folder = venvs / generator.program
                generator.install(folder, generator.packages)
                versions[generator.program] = generator.version(folder)
            yield name, generator.title(versions[generator.program])
        except NotInstalled as error:
            tell(f"{name} is left out: {error}")


def write(work: Path, venvs: Path, names: Sequence[str], posts: int, seed: int) -> list[Site]:
    """Write the sites, each into a folder of its own below `work`."""
    sources = write_sites({name: work / name for name in names}, posts, seed)
    time.sleep(3)  # sitegen reads files again that were written less than 2.5 s before a build; a writer's are older
    generators = [GENERATORS[name] for name in names]
    return [Site(each, each.command(venvs / each.program), work / each.name, sources[each.name]) for each in generators]


def build(sites: Sequence[Site], posts: int, rounds: int, patience: float) -> Iterator[Run]:
    """Make all builds and yield them. A generator that fails is left out from there on."""
    done: set[str] = set()
    for number in range(1, rounds + 1):
        slow: set[str] = set()
        for kind, site in turns(sites, number):
            if site.generator.name in done:
                continue
            try:
                run = build_once(site, posts, kind, number)
            except BuildFailed as error:
                tell(f"{site.generator.name} failed and is left out:\n{error}")
                done.add(site.generator.name)
                continue
            tell(f"{posts:,} posts, round {number}: {kind}, {run.generator}: {run.seconds:.2f} s")
            if run.seconds > patience:
                slow.add(run.generator)
            yield run
        done |= slow


def turns(sites: Sequence[Site], number: int) -> Iterator[tuple[Kind, Site]]:
    """Yield what is built in a round, and how, in this order. Each round begins with another site."""
    first = number % len(sites)
    for kind in Kind:
        for site in (*sites[first:], *sites[:first]):
            yield kind, site


def build_once(site: Site, posts: int, kind: Kind, number: int) -> Run:
    """Prepare a site, build it and return what it took. Raises BuildFailed."""
    mark = f"Round{number}{kind.name.capitalize()}"  # a word that no generator alters
    site.prepare(kind, mark)
    cost = measure(site.command, site.folder)
    return Run(
        generator=site.generator.name,
        posts=posts,
        kind=kind,
        round=number,
        **asdict(cost),
        files=site.files(),
        pages=site.pages_with(mark),
    )


def tell(text: str) -> None:
    """Say on the standard error how far it is."""
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
