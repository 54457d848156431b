"""What a build lays aside comes back as it was, wherever it lay."""

import os
import sys
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import post

from sitegen.build import scratch as module
from sitegen.build.scratch import Scratch
from sitegen.errors import SitegenError

PIECES = [b"a" * 1000, b"", b"b", bytes(range(256)) * 20]
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all of it stays in memory")


def read(kept, size: int) -> bytes:
    return kept[:size] if isinstance(kept, bytes) else kept.read(0, size)


def came_back(scratch: Scratch, pieces: list[bytes]) -> bool:
    """Keep some pieces, then others, and return whether each comes back."""
    kept = [
        *zip(pieces, scratch.keep(pieces), strict=True),
        *zip(pieces[::-1], scratch.keep(pieces[::-1]), strict=True),
    ]
    return all(read(where, len(piece)) == piece for piece, where in kept)


@given(st.lists(st.binary(max_size=2000), max_size=5), st.integers(0, 4000), st.integers(0, 4000))
def test_pieces_come_back(tmp_path_factory, pieces, spare, block):
    with pytest.MonkeyPatch.context() as patch, Scratch(tmp_path_factory.getbasetemp()) as scratch:
        patch.setattr(module, "_SPARE", spare)
        patch.setattr(module, "_BLOCK", block)
        assert came_back(scratch, pieces)


@linux
def test_what_is_large_lies_in_a_file_without_a_name(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_SPARE", 0)
    with Scratch(tmp_path) as scratch:
        kept = scratch.keep(PIECES)
        assert [isinstance(where, bytes) for where in kept] == [False, True, True, False]
        assert kept[3].read(256, 3) == b"\0\1\2"  # type: ignore[union-attr]
        assert not list(tmp_path.iterdir())


def test_a_little_stays_in_memory(tmp_path):
    with Scratch(tmp_path) as scratch:
        assert scratch.keep(PIECES) == PIECES


@pytest.mark.parametrize("call", ["open", "pwrite"])
def test_without_room_it_stays_in_memory(tmp_path, monkeypatch, call):
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "_SPARE", 0)
    monkeypatch.setattr(module, "_BLOCK", 0)
    with Scratch(tmp_path) as scratch:
        monkeypatch.setattr(os, call, full)
        assert came_back(scratch, PIECES)
        assert scratch.keep(PIECES) == PIECES


@linux
def test_a_file_that_was_cut_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_SPARE", 0)
    monkeypatch.setattr(module, "_BLOCK", 0)
    with Scratch(tmp_path) as scratch:
        kept = scratch.keep(PIECES)[0]
        monkeypatch.setattr(os, "pread", lambda *_: b"a")
        with pytest.raises(SitegenError, match="gone"):
            kept.read(0, 1000)  # type: ignore[union-attr]


def test_it_is_sent_to_no_process():
    with pytest.raises(TypeError, match="forked"):
        deepcopy(Scratch(None))  # as it would go to a process


def test_a_site_that_lies_in_a_scratch_file_is_the_same(site, monkeypatch):
    posts = {f"content/posts/{n}.md": post(f"P{n}", body=f"## Part\n\nSome *prose* {n}. " * 40) for n in range(5)}
    paper = site(posts)
    paper.build(cache=False)
    expected = paper.files
    monkeypatch.setattr(module, "_SPARE", 0)
    for options in ({"cache": False}, {"jobs": 2}, {}):
        paper.build(clean=True, **options)
        assert paper.files == expected
