"""Serves the same newspaper with sitegen and Hugo, side by side, and tells how soon a save is seen.

    python3 benchmarks/preview.py --venvs ~/.cache/benchmarks --posts 10000

A post is edited, and its page is asked for over HTTP until it shows the edit; an edit of a title or a tag must be on a
list too. Servers take turns, edit by edit, so that a busy minute of the machine meets both.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median

from compare import absolute, install, tell
from corpus import write_sites
from serving import Server, ServerFailed

__all__ = ["main"]

_NAMES = ("sitegen", "hugo")
_POST = re.compile(r"(\d{4})-(\d{2})-\d{2}-(.+)\.md")


@dataclass(slots=True)
class Measured:
    """What one server took."""

    server: Server
    posts: Sequence[Path]
    ready: list[float] = field(default_factory=list)
    """Seconds from a start to the first answer: without and with what an earlier start left."""
    first: list[float] = field(default_factory=list)
    """Seconds that pages took which nobody had asked for."""
    edits: dict[str, list[float]] = field(default_factory=dict)
    """Seconds from a save to the page that shows it, by kind of edit."""
    memory: list[int] = field(default_factory=list)
    """Bytes, before and after the edits."""
    files: list[int] = field(default_factory=list)
    """Open descriptors, before and after."""


def main() -> int:
    """Do what the command line says; return the exit code: 1 when nothing could be served."""
    arguments = read_arguments()
    titles = dict(install(arguments.venvs, arguments.only))
    with tempfile.TemporaryDirectory(dir=arguments.work) as work:
        folders = {name: Path(work) / name for name in titles}
        sources = write_sites(folders, arguments.posts, arguments.seed)
        time.sleep(3)
        found = [Measured(Server(name, arguments.venvs, folders[name]), sources[name]) for name in titles]
        try:
            for one in found:
                start(one)
            edit_all(found, arguments.edits)
        except ServerFailed as error:
            tell(str(error))
            return 1
        finally:
            for one in found:
                one.server.stop()
    if not found:
        return 1
    sys.stdout.write("\n".join(table(found, titles, arguments.posts)) + "\n")
    return 0


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--venvs", type=absolute, required=True, metavar="DIR", help="where the generators are installed, and stay")
    add("--posts", type=int, default=10_000, metavar="N", help="size of the site (%(default)s)")
    add("--edits", type=int, default=20, metavar="N", help="edits of each kind (%(default)s)")
    add("--only", nargs="+", choices=_NAMES, default=_NAMES, metavar="NAME", help="generators (%(default)s)")
    add("--seed", type=int, default=1, metavar="N", help="another number, other posts (%(default)s)")
    add("--work", type=Path, metavar="DIR", help="where the sites are written for the time being")
    return parser.parse_args()


def start(measured: Measured) -> None:
    """Start a server twice, and ask for pages that nobody asked for."""
    for _ in range(2):
        measured.server.stop()
        measured.ready.append(measured.server.start())
        tell(f"{measured.server.name}: ready in {measured.ready[-1]:.2f} s")
    for post in measured.posts[:: max(len(measured.posts) // 20, 1)]:
        started = time.perf_counter()
        status, _ = measured.server.get(page_of(measured.server.name, post))
        measured.first.append(time.perf_counter() - started)
        if status != HTTPStatus.OK:
            raise ServerFailed(f"{measured.server.name} has no {page_of(measured.server.name, post)}")


def edit_all(found: Sequence[Measured], edits: int) -> None:
    """Edit posts from the middle on, in turns, and note how soon each edit is seen."""
    note(found)
    for number in range(edits):
        for kind, (edit, pages) in KINDS.items():
            for measured in found:
                post = measured.posts[(len(measured.posts) // 2 + 7 * number) % len(measured.posts)]
                mark = f"edit{kind}{number}"
                text = post.read_text(encoding="utf-8")
                started = time.perf_counter()
                post.write_text(edit(text, mark), encoding="utf-8")
                for page in pages(measured.server.name, post, mark):
                    measured.server.wait_for(page, mark)
                measured.edits.setdefault(kind, []).append(time.perf_counter() - started)
                time.sleep(0.3)  # a writer does not save again at once
        tell(", ".join(f"{one.server.name} {kind} {one.edits[kind][-1]:.3f} s" for one in found for kind in KINDS))
    note(found)


def note(found: Sequence[Measured]) -> None:
    for measured in found:
        measured.memory.append(measured.server.memory())
        measured.files.append(measured.server.descriptors())


def _body(text: str, mark: str) -> str:
    return f"{text}\n{mark} is the last word of it.\n"


def _title(text: str, mark: str) -> str:
    return re.sub(r'^(title: "?)', rf"\g<1>{mark} ", text, count=1, flags=re.MULTILINE)


def _tag(text: str, mark: str) -> str:
    return re.sub(r"^(tags: \[)", rf'\g<1>"{mark}", ', text, count=1, flags=re.MULTILINE)


def page_of(name: str, post: Path) -> str:
    """Return the path at which a server shows a post."""
    year, month, slug = _POST.fullmatch(post.name).groups()  # type: ignore[union-attr]
    return f"/{year}/{month}/{slug}.html" if name == "sitegen" else f"/{year}/{month}/{slug}/"


def month_of(name: str, post: Path) -> str:
    """Return the path at which a server lists the posts of a month."""
    year, month, _ = _POST.fullmatch(post.name).groups()  # type: ignore[union-attr]
    return f"/{year}/{month}/" if name == "sitegen" else f"/months/{year}-{month}/"


Pages = Callable[[str, Path, str], Iterator[str]]


def _own(name: str, post: Path, _mark: str) -> Iterator[str]:
    yield page_of(name, post)


def _own_and_month(name: str, post: Path, _mark: str) -> Iterator[str]:
    yield page_of(name, post)
    yield month_of(name, post)


def _own_and_tag(name: str, post: Path, mark: str) -> Iterator[str]:
    yield page_of(name, post)
    yield f"/tags/{mark}/"


KINDS: dict[str, tuple[Callable[[str, str], str], Pages]] = {
    "body": (_body, _own),
    "title": (_title, _own_and_month),
    "tag": (_tag, _own_and_tag),
}
"""How a text is edited, and where the edit is to be seen."""


def table(found: Sequence[Measured], titles: dict[str, str], posts: int) -> Iterator[str]:
    """Yield a table of what all took, in brackets how many times what the first one took."""
    yield f"{posts:,} posts; milliseconds, median and 95th percentile:\n"
    kinds = list(found[0].edits)
    yield "| | ready, cold | ready, warm | first answer | " + " | ".join(kinds) + " | memory, MB | files open |"
    yield "| --- " + "| ---: " * (5 + len(kinds)) + "|"
    for one in found:
        cells = [f"{1000 * seconds:,.0f}" for seconds in one.ready]
        cells.append(f"{1000 * median(one.first):,.0f}, {1000 * p95(one.first):,.0f}")
        for kind in kinds:
            ratio = median(one.edits[kind]) / median(found[0].edits[kind])
            shown = f" ({ratio:.1f})" if one is not found[0] else ""
            cells.append(f"{1000 * median(one.edits[kind]):,.0f}, {1000 * p95(one.edits[kind]):,.0f}{shown}")
        cells.append(" to ".join(f"{memory / 1e6:,.0f}" for memory in one.memory))
        cells.append(" to ".join(map(str, one.files)))
        yield f"| {titles[one.server.name]} | " + " | ".join(cells) + " |"


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty exceeds."""
    return sorted(values)[min(int(0.95 * len(values)), len(values) - 1)]


if __name__ == "__main__":
    sys.exit(main())
