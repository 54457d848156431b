"""A10: sources that are saved while a build reads them: it shows whole saved versions, or fails and says what changed."""

import itertools
import re
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from clean_builds import build_clean, published
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import NOW, PLAIN_CONFIG, SiteFolder, post

from sitegen.errors import SitegenError
from sitegen.reading import Selection, walk

SELECTION = Selection(now=NOW)
PICTURE = "content/posts/picture.svg"
PATHS = ("content/posts/a.md", "content/posts/b.md", "content/posts/c.md", PICTURE)


def version(path: str, number: int) -> bytes:
    """Return a version of a file that tells its number at both ends; no half of it passes for the whole."""
    if path == PICTURE:
        return b"<svg>" + b"%d " % number * 20_000 + b"</svg>"
    lines = "\n\n".join(f"Line {line} of {number}." for line in range(9))
    return post(f"{path[-4]} {number}", tags=f"[t{number % 3}]", body=f"![P](picture.svg)\n\n{lines}").encode()


def built_versions(paper: SiteFolder) -> dict[str, int]:
    """Return the version of each file that the output shows."""
    files = paper.files
    titles = {path: files[f"2026/01/{path[-4]}.html"] for path in PATHS[:3]}
    numbers = {path: re.search(rb"<title>\w (\d+)", page) for path, page in titles.items()}
    numbers[PICTURE] = re.search(rb"\d+", files["files/posts/picture.svg"])
    return {path: int(number[1] if number.re.groups else number[0]) for path, number in numbers.items() if number}


def make(root: Path) -> SiteFolder:
    return SiteFolder(root, {path: version(path, 0) for path in PATHS}, PLAIN_CONFIG)


class Writer:
    """Somebody who saves files as editors do: at once, by a rename, or in two halves."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.numbers = itertools.count(1)

    def save(self, path: str, way: str) -> Callable[[], object]:
        """Save a new version of a file; return what is left to do when only one half is there."""
        file, data = self.root / path, version(path, next(self.numbers))
        if way == "at once":
            file.write_bytes(data)
        elif way == "by a rename":
            part = file.with_name(f".{file.name}.part")
            part.write_bytes(data)
            part.replace(file)
        else:
            file.write_bytes(data[: len(data) // 2] if way == "in halves" else b"")
            return partial(file.write_bytes, data)
        return bool


WAYS = ("at once", "by a rename", "in halves", "emptied first")


def build_while(paper: SiteFolder, happens: Callable[[int], object]) -> SitegenError | None:
    """Build; before each reading of a file below content/ something happens, told how many there have been."""
    read, bytes_of = Path.read_bytes, walk._bytes_of
    count = itertools.count()

    def read_bytes(path: Path) -> bytes:
        if path.is_relative_to(paper.root / "content"):
            happens(next(count))
        return read(path)

    def read_source(file: str, at_most: int | None) -> bytes | None:
        happens(next(count))
        return bytes_of(file, at_most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "read_bytes", read_bytes)
        patch.setattr(walk, "_bytes_of", read_source)
        try:
            paper.build()
        except SitegenError as error:
            return error
    return None


STEPS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(PATHS), st.sampled_from(WAYS), st.integers(0, 3)), max_size=3
)


@settings(max_examples=40)
@given(STEPS)
def test_whenever_they_are_saved(steps):
    """Each step: when a file is saved, which and how, and how much later its other half: within one reading of all."""
    with TemporaryDirectory() as place:
        paper, mirror = make(Path(place, "site")), make(Path(place, "mirror"))
        writer = Writer(paper.root)
        later: dict[int, list[Callable[[], object]]] = {}

        def happens(now: int) -> None:
            for rest in later.pop(now, ()):
                rest()
            for when, path, way, gap in steps:
                if when == now:
                    later.setdefault(now + 1 + gap, []).append(writer.save(path, way))

        paper.build()
        before = published(paper.output)
        error = build_while(paper, happens)
        if error:
            assert {finding.what for finding in error.findings} == {"changed while the site was being built"}
            assert published(paper.output) == before
        else:
            mirror.edit({path: version(path, number) for path, number in built_versions(paper).items()})
            assert published(paper.output) == build_clean(mirror.root, SELECTION)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", PATHS)
def test_one_save_makes_no_build_fail(tmp_path, path, way):
    paper = make(tmp_path / "site")
    paper.build()
    rests: list[Callable[[], object]] = []

    def happens(now: int) -> None:
        if now == 0:
            rests.append(Writer(paper.root).save(path, way))
        if now == 4:
            rests.pop()()

    assert build_while(paper, happens) is None
    assert built_versions(paper)[path] == 1
    assert published(paper.output) == build_clean(paper.root, SELECTION)


def test_a_mistake_that_was_never_whole_is_not_told(tmp_path):
    paper = make(tmp_path / "site")
    saved = {0: b"---\ntitle: [\n---\n", 3: version(PATHS[0], 1)}
    assert build_while(paper, lambda now: paper.edit({PATHS[0]: saved[now]} if now in saved else {})) is None
    assert built_versions(paper)[PATHS[0]] == 1


def test_files_that_never_come_to_rest(tmp_path):
    paper = make(tmp_path / "site")
    writer = Writer(paper.root)
    error = build_while(paper, lambda now: writer.save(PATHS[now % 2], "at once")())
    assert error is not None
    assert [finding.place.path for finding in error.findings] == [*PATHS[:2]]
    assert "run the build again" in str(error)
    assert not paper.output.exists()


@pytest.mark.parametrize("path", ["sitegen.toml", "pyproject.toml"])
def test_a_configuration_that_changes_meanwhile(tmp_path, path):
    """The output folder that was opened may be another than the one that is wanted now."""
    paper = make(tmp_path / "site")
    config = PLAIN_CONFIG + 'output = "x"\n'
    error = build_while(paper, lambda now: paper.edit({} if now else {path: config}))
    assert error is not None
    assert [(finding.place.path, finding.what) for finding in error.findings] == [
        (path, "changed while the site was being built")
    ]
    assert not (paper.root / "x").exists()


class Hurry(threading.Thread):
    """A writer who saves a file every 5 ms."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.writer = Writer(root)
        self.is_over = threading.Event()

    def run(self) -> None:
        for path, way in zip(itertools.cycle(PATHS), itertools.cycle(WAYS[:3]), strict=False):
            if self.is_over.wait(0.005):
                return
            rest = self.writer.save(path, way)
            time.sleep(0.001)
            rest()


@pytest.mark.stress
def test_two_hundred_builds(tmp_path):
    paper, mirror = make(tmp_path / "site"), make(tmp_path / "mirror")
    for number in range(200):
        writer = Hurry(paper.root)
        writer.start()
        error = build_while(paper, bool)
        writer.is_over.set()
        writer.join()
        if error:
            assert "changed while the site was being built" in str(error)
        else:
            mirror.edit({path: version(path, shown) for path, shown in built_versions(paper).items()})
            assert published(paper.output) == build_clean(mirror.root, SELECTION), number
        paper.build()
        assert published(paper.output) == build_clean(paper.root, SELECTION)
