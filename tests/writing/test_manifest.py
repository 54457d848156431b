"""The list of our files, and what happens when it is not what it was."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from output_folders import names

from sitegen.errors import OutputError
from sitegen.store import digest_of
from sitegen.writing import OutputFolder
from sitegen.writing.manifest import decode_manifest, encode_manifest, path_key

DIGESTS = st.binary(max_size=4).map(digest_of)


@settings(deadline=None)
@given(st.dictionaries(DIGESTS, DIGESTS))
def test_law_what_is_written_is_read(owned):
    assert decode_manifest(encode_manifest(owned)) == owned


@settings(deadline=None)
@given(st.dictionaries(DIGESTS, DIGESTS, max_size=4), st.data())
def test_law_any_damage_is_seen(owned, data):
    whole = encode_manifest(owned)
    at = data.draw(st.integers(0, len(whole) - 1))
    harm = data.draw(
        st.sampled_from([whole[:at], whole[:at] + whole[at + 1 :], whole[:at] + b"\xff" + whole[at + 1 :]])
    )
    with pytest.raises(ValueError, match=r"damaged|another version"):
        decode_manifest(harm)


def test_form(tmp_path):
    with OutputFolder.open(tmp_path / "output") as folder:
        for path in ("b/secret-page.html", "a.html"):
            folder.stage(path, path.encode(), ())
        folder.commit()
    lines = (tmp_path / "output/.sitegen").read_text("ascii").splitlines()
    assert lines[0].startswith("sitegen-manifest 1 ")
    expected = {path_key(path): digest_of(path) for path in ("a.html", "b/secret-page.html")}
    assert lines[1:] == [f"{key} {digest}" for key, digest in sorted(expected.items())]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is damaged"),
        (b"hello\n", "is damaged"),
        (b"\xff\xfe", "is damaged"),
        (b"sitegen-manifest 1\n", "is damaged"),
        (b"sitegen-manifest 1 0\n", "is damaged"),
        (b"sitegen-manifest 2 0\nwhatever\n", "was written by another version of sitegen"),
    ],
)
def test_damaged_manifest_stops_the_build(tmp_path, data, what):
    output = tmp_path / "output"
    output.mkdir()
    (output / ".sitegen").write_bytes(data)
    (output / "a.html").write_bytes(b"a")
    with pytest.raises(OutputError, match=what) as caught:
        OutputFolder.open(output)
    assert caught.value.findings[0].place.path == f"{output}/.sitegen"
    assert "build again" in caught.value.findings[0].hint
    assert names(output) == [".sitegen", "a.html"]
    assert names(tmp_path) == ["output"]


@pytest.mark.parametrize("put", [Path.mkdir, lambda file: file.symlink_to("/dev/null"), os.mkfifo])
def test_something_else_in_place_of_the_manifest(tmp_path, put):
    (tmp_path / "output").mkdir()
    put(tmp_path / "output/.sitegen")
    with pytest.raises(OutputError, match="is no file"):
        OutputFolder.open(tmp_path / "output")
