"""A10: sources that are saved while a build reads them: it shows whole saved versions, or fails and says what changed."""

import itertools
import re
import shutil
import threading
import time

import pytest
from clean_builds import build_clean, published
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.errors import SitegenError
from sitegen.reading import Selection

SELECTION = Selection(now=NOW)
NAMES = ("a", "b", "c")
PICTURE = "content/posts/picture.svg"


def version(name: str, number: int) -> bytes:
    """Return a version of a post, long enough to be read in parts, that tells its number at both ends."""
    lines = "\n\n".join(f"Line {line} of {number}." for line in range(300))
    return post(f"{name} {number}", tags=f"[t{number % 3}]", body=f"![P](picture.svg)\n\n{lines}\n\nEnd.").encode()


def picture(number: int) -> bytes:
    return b"<svg>" + b"%d " % number * 20_000 + b"</svg>"


class Writer(threading.Thread):
    """Somebody who saves a file every few milliseconds, as editors do: at once, in two halves, or by a rename."""

    def __init__(self, paper: SiteFolder) -> None:
        super().__init__()
        self.paper = paper
        self.is_over = threading.Event()

    def run(self) -> None:
        for number in itertools.count(1):
            for turn, name in enumerate(NAMES):
                if self.is_over.wait(0.005):
                    return
                self.save(f"content/posts/{name}.md", version(name, number), (number + turn) % 3)
            self.save(PICTURE, picture(number), number % 3)

    def save(self, path: str, data: bytes, way: int) -> None:
        file = self.paper.root / path
        if way == 0:
            file.write_bytes(data)
        elif way == 1:
            part = file.with_name(f".{file.name}.part")
            part.write_bytes(data)
            part.replace(file)
        else:
            with file.open("wb", buffering=0) as stream:
                stream.write(data[: len(data) // 2])
                time.sleep(0.002)
                stream.write(data[len(data) // 2 :])


def check(paper: SiteFolder, mirror: SiteFolder, builds: int) -> None:
    writer = Writer(paper)
    writer.start()
    built = 0
    try:
        for _ in range(builds):
            try:
                paper.build()
            except SitegenError as error:
                assert re.search("changed while the site was being built|still being written", str(error))
            else:
                built += 1
                assert_whole(paper, mirror)
    finally:
        writer.is_over.set()
        writer.join()
    paper.build()
    assert published(paper.output) == build_clean(paper.root, SELECTION)


def assert_whole(paper: SiteFolder, mirror: SiteFolder) -> None:
    """Assert that a clean build of whole versions, those whose numbers the output tells, gives this output."""
    numbers = {name: int(re.search(rb"<title>\w (\d+)", paper.files[f"2026/01/{name}.html"])[1]) for name in NAMES}  # type: ignore[index]
    shown = int(re.search(rb"\d+", paper.files["files/posts/picture.svg"])[0])  # type: ignore[index]
    mirror.edit({f"content/posts/{name}.md": version(name, number) for name, number in numbers.items()})
    mirror.edit({PICTURE: picture(shown)})
    assert paper.files == build_clean(mirror.root, SELECTION)


@pytest.fixture
def papers(tmp_path):
    """Return a site, and one in another folder that has the same files."""
    files = {f"content/posts/{name}.md": version(name, 0) for name in NAMES} | {PICTURE: picture(0)}
    paper = SiteFolder(tmp_path / "site", files, PLAIN_CONFIG)
    shutil.copytree(paper.root, tmp_path / "mirror/site")
    return paper, SiteFolder(tmp_path / "mirror2", files, PLAIN_CONFIG)


def test_some_builds(papers):
    check(*papers, 20)


@pytest.mark.stress
def test_two_hundred_builds(papers):
    check(*papers, 200)
