"""Writes a newspaper of any size, the same posts for each generator.

    python benchmarks/corpus.py --posts 1000 --for sitegen --output /tmp/paper

Same number of posts and same seed: same bytes, on every machine. The folder can be built as it is: beside the posts it
holds the configuration and the small theme from peers/; for sitegen-newspaper no theme, as that comes with sitegen.

The posts are spread over fifteen years. Their lengths are log-normal around 700 words; each has one to four of 60 tags
and one of 12 categories, both by Zipf's law, and one of 8 authors. Beside them are 10 pages and 20 pictures.
"""

import argparse
import re
import shutil
import struct
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from layouts import LAYOUTS, Page, Post
from prose import Prose, Stream

__all__ = ["make_pages", "make_posts", "write_sites"]

PEERS: Final = Path(__file__).parent / "peers"
FIRST_DAY: Final = datetime(2010, 1, 1, tzinfo=UTC)
YEARS: Final = 15
_CATEGORIES: Final = "News Harbour Council Letters Culture Money Schools Weather Sport Obituaries Recipes Science"
_TAGS: Final = """
    ferries fishing tides trams bridges roads cycling trains housing rents elections taxes budgets courts police schools
    teachers exams libraries books theatre cinema music painting museums history archaeology churches markets bakeries
    orchards gardens bees birds weather storms floods heat energy water hospitals doctors shops wages strikes crafts
    printing football rowing chess swimming festivals fairs letters recipes obituaries science maps languages puzzles
    volunteers"""
_PAGES: Final = "about contact privacy subscribe corrections advertising jobs style print thanks"
CATEGORIES: Final = _CATEGORIES.split()
TAGS: Final = _TAGS.split()
PAGES: Final = _PAGES.split()
AUTHORS: Final = (
    *("Ada Finch", "Ben Okafor", "Clara Weiss", "Dario Conti", "Elin Berg", "Farid Aziz", "Grace Lin"),
    "The Night Desk",
)
IMAGES: Final = tuple(f"/images/figure-{number:02d}.png" for number in range(1, 21))


def make_posts(posts: int, seed: int) -> Iterator[Post]:
    """Yield that many posts, the oldest first."""
    taken: set[str] = set()
    for number in range(posts):
        stream = Stream(seed, "post", number)
        prose = Prose(stream)
        title = prose.line("title")
        slug = _slug(title)
        if slug in taken:
            slug = f"{slug}-{number}"
        taken.add(slug)
        yield Post(
            slug=slug,
            title=title,
            date=_date(number, posts, stream),
            author=stream.pick(AUTHORS),
            category=stream.pick_zipf(CATEGORIES),
            tags=_tags(stream),
            summary=prose.line("summary"),
            body=prose.body(_length(stream), IMAGES),
        )


def make_pages(seed: int) -> Iterator[Page]:
    """Yield the pages that are not dated."""
    for slug in PAGES:
        yield Page(slug, slug.capitalize(), Prose(Stream(seed, "page", slug)).body(350))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("'", "").replace("ä", "a").replace("é", "e")).strip("-")


def _date(number: int, posts: int, stream: Stream) -> datetime:
    """Return the date of a post: each has an equal part of the years to itself, and lies anywhere in it."""
    minutes = YEARS * 365 * 24 * 60
    return FIRST_DAY + timedelta(minutes=(number * minutes + stream.below(minutes)) // posts)


def _tags(stream: Stream) -> list[str]:
    return list(dict.fromkeys(stream.pick_zipf(TAGS) for _ in range(stream.between(1, 4))))


def _length(stream: Stream) -> int:
    """Return a number of words: a product of many small factors is log-normal."""
    words = 560
    for _ in range(6):
        words = words * stream.between(82, 122) // 100
    return words


def _picture(shade: int) -> bytes:
    """Return a small grey PNG (RFC 2083), stored and not compressed: what zlib makes differs between its versions."""
    width, height = 64, 40

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([shade]) * width) * height
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 0)), chunk(b"IEND", b""))
    )


def write_sites(folders: Mapping[str, Path], posts: int, seed: int = 1) -> dict[str, list[Path]]:
    """Write a site per generator, ready to be built; return the paths of its posts, the oldest first.

    `folders` maps the name of a generator to a folder that does not exist or is empty.
    """
    for name, folder in folders.items():
        shutil.copytree(PEERS / name, folder, dirs_exist_ok=True)
        for number, address in enumerate(IMAGES):
            _write(folder / LAYOUTS[name].images / Path(address).name, _picture(12 * number))
    _write_entries(folders, make_pages(seed))
    return _write_entries(folders, make_posts(posts, seed))


def _write_entries(folders: Mapping[str, Path], entries: Iterator[Post] | Iterator[Page]) -> dict[str, list[Path]]:
    paths: dict[str, list[Path]] = {name: [] for name in folders}
    for entry in entries:
        for name, folder in folders.items():
            path = folder / LAYOUTS[name].path_of(entry)
            _write(path, LAYOUTS[name].text_of(entry).encode())
            paths[name].append(path)
    return paths


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def main() -> None:
    """Write the site that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000, help="how many (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other posts (%(default)s)")
    parser.add_argument("--for", dest="generator", choices=LAYOUTS, default="sitegen", help="(%(default)s)")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help="folder to write into")
    arguments = parser.parse_args()
    if arguments.output.exists() and any(arguments.output.iterdir()):
        parser.error(f"{arguments.output} is not empty")
    write_sites({arguments.generator: arguments.output}, arguments.posts, arguments.seed)


if __name__ == "__main__":
    main()
