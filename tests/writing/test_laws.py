"""After any history of builds the output is exactly the last set of files, and what is not ours was never touched."""

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from output_folders import Dead, Files, Mortal, names, publish, stamps, tree

from sitegen.writing import OutputFolder

FOREIGN: Files = {
    ".git/HEAD": b"ref: refs/heads/main",
    ".git/objects/ab/cd": b"blob",
    ".nojekyll": b"",
    ".domains": b"example.org",
    "CNAME": b"example.org",
    "_redirects": b"/a /b",
    "a/mine": b"in a folder of ours",
    "b/c/mine": b"deeper",
}


PARTS = st.sampled_from(["a", "b", "c", "d.html"])
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)
DATA = st.sampled_from([b"", b"one", b"two", b"three"])


def fits(path: str, taken: set[str]) -> bool:
    return not any(
        path == other or f"{path}/".startswith(f"{other}/") or other.startswith(f"{path}/") for other in taken
    )


@st.composite
def sites(draw: st.DrawFn, foreign: frozenset[str] = frozenset()) -> Files:
    """Files none of which is another's folder, nor in the way of a foreign file."""
    files: Files = {}
    for path in draw(st.lists(PATHS, max_size=8)):
        if fits(path, {*files, *foreign}):
            files[path] = draw(DATA)
    return files


HISTORY = st.lists(
    st.one_of(
        st.tuples(st.just("build"), sites(), st.integers(0, 1)),
        st.tuples(st.just("dies"), sites(), st.integers(1, 60)),
        st.tuples(st.just("fails"), sites(), st.just(0)),
        st.tuples(st.just("tampered"), sites(), st.just(0)),
    ),
    max_size=8,
)


def tamper(output: Path, files: Files) -> None:
    for path in files:
        if (output / path).is_file():
            (output / path).write_bytes(b"tampered with")


def fail(output: Path, files: Files) -> None:
    with OutputFolder.open(output) as folder:
        for path, data in files.items():
            folder.stage(path, data, ())
        raise Dead


def take_part(output: Path, verb: str, files: Files, number: int) -> None:
    """One build of a history; only those that live to their end have a promise to keep."""
    if verb == "tampered":
        tamper(output, files)
    elif verb == "fails":
        fail(output, files)
    else:
        publish(output, files, clean=number == 1, disk=Mortal(number if verb == "dies" else 0))
        assert tree(output) == files


@settings(max_examples=150, deadline=None)
@given(HISTORY, sites())
def test_output_is_the_last_site(history, last):
    with tempfile.TemporaryDirectory() as place:
        output = Path(place, "output")
        for verb, files, number in history:
            with contextlib.suppress(Dead):
                take_part(output, verb, files, number)
        publish(output, last)
        assert tree(output) == last
        assert names(Path(place)) in (["output"], [])


@settings(max_examples=5, deadline=None)
@given(st.lists(sites(frozenset({*FOREIGN, "c"})), min_size=20, max_size=20))
def test_foreign_files_survive_a_hundred_builds(history):
    with tempfile.TemporaryDirectory() as place:
        output = Path(place, "output")
        for name, data in FOREIGN.items():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_bytes(data)
        (output / "c").symlink_to("/etc")
        foreign = tree(output)
        before = {path: stamp for path, stamp in stamps(output).items() if path.removeprefix(f"{output}/") in foreign}
        for files in history:
            publish(output, files)
            assert tree(output) == foreign | files
        assert stamps(output).items() >= before.items()


@settings(deadline=None)
@given(sites(), sites())
def test_every_build_of_a_site_gives_the_same_manifest(first, last):
    with tempfile.TemporaryDirectory() as place:
        publish(Path(place, "one"), last)
        publish(Path(place, "two"), first)
        publish(Path(place, "two"), dict(sorted(last.items(), reverse=True)))
        if last:
            assert Path(place, "one/.sitegen").read_bytes() == Path(place, "two/.sitegen").read_bytes()
