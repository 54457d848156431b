"""What a build does to the output folder when nothing goes wrong, and when the folder is not as it should be."""

import os
from pathlib import Path

import pytest
from output_folders import names, publish, stamps, tree

from sitegen.errors import OutputError
from sitegen.writing import OutputFolder, WriteReport
from sitegen.writing.disk import Disk


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def test_first_build_writes_all_and_leaves_nothing_beside(output):
    report = publish(output, {"index.html": b"front", "2008/09/a.html": b"a"})
    assert report == WriteReport(("2008/09/a.html", "index.html"), (), (), recovered=False)
    assert tree(output) == {"index.html": b"front", "2008/09/a.html": b"a"}
    assert names(output.parent) == ["output"]


def test_missing_folders_above_are_made(tmp_path):
    publish(tmp_path / "a/b/output", {"index.html": b"x"})
    assert tree(tmp_path / "a/b/output") == {"index.html": b"x"}


def test_second_build_touches_only_what_differs(output):
    publish(output, {"same.html": b"same", "other.html": b"old", "gone/a.html": b"a"})
    before = stamps(output / "same.html")
    report = publish(output, {"same.html": b"same", "other.html": b"new"})
    assert report == WriteReport(("other.html",), ("same.html",), ("gone/a.html",), recovered=False)
    assert stamps(output / "same.html") == before
    assert tree(output) == {"same.html": b"same", "other.html": b"new"}


def test_nothing_to_do_writes_nothing(output):
    publish(output, {"a.html": b"a"})
    before = stamps(output)
    assert publish(output, {"a.html": b"a"}).unchanged == ("a.html",)
    assert stamps(output) == before


def test_clean_writes_every_file_again_and_leaves_the_rest(output):
    publish(output, {"a.html": b"a"})
    (output / "CNAME").write_bytes(b"example.org")
    inode = (output / "a.html").stat().st_ino
    assert publish(output, {"a.html": b"a"}, clean=True).written == ("a.html",)
    assert (output / "a.html").stat().st_ino != inode
    assert tree(output) == {"a.html": b"a", "CNAME": b"example.org"}


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b"other"),
        lambda file: file.write_bytes(b"longer than before"),
        lambda file: file.write_bytes(b""),
    ],
    ids=["deleted", "edited", "longer", "emptied"],
)
def test_tampered_file_is_written_again(output, harm):
    publish(output, {"a.html": b"whole"})
    harm(output / "a.html")
    assert publish(output, {"a.html": b"whole"}).written == ("a.html",)
    assert tree(output) == {"a.html": b"whole"}


def stage_and_fail(output: Path) -> None:
    with OutputFolder.open(output) as folder:
        folder.stage("a.html", b"new", ())
        folder.stage("b.html", b"b", ())
        raise KeyboardInterrupt


def test_leaving_without_commit_changes_nothing(output):
    publish(output, {"a.html": b"a"})
    before = stamps(output)
    with pytest.raises(KeyboardInterrupt):
        stage_and_fail(output)
    with OutputFolder.open(output) as folder:
        folder.stage("b.html", b"b", ())
    assert stamps(output) == before
    assert names(output.parent) == ["output"]


def test_failed_first_build_leaves_no_folder(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        stage_and_fail(tmp_path / "new/output")
    assert names(tmp_path) == []


def test_keep_leaves_a_file_without_its_bytes(output):
    publish(output, {"a.html": b"a", "b.html": b"b", "c.html": b"c"})
    with OutputFolder.open(output) as folder:
        folder.keep("a.html")
        folder.stage("b.html", b"new", ())
        report = folder.commit()
    assert report == WriteReport(("b.html",), ("a.html",), ("c.html",), recovered=False)
    assert publish(output, {"a.html": b"a", "b.html": b"new"}).written == ()


def test_keep_refuses_what_no_build_wrote(output):
    publish(output, {"a.html": b"a"})
    (output / "mine.html").write_bytes(b"mine")
    with OutputFolder.open(output) as folder, pytest.raises(OutputError, match="no build wrote it"):
        folder.keep("mine.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"a": b"file"}, {"a/b": b"below"}),
        ({"a/b": b"below", "a/c/d": b"deep"}, {"a": b"file"}),
        ({"a/b": b"file", "a/c": b"stays"}, {"a/b/c": b"below", "a/c": b"stays"}),
        ({"a/b/c/d": b"deep"}, {"a/b": b"file"}),
        ({"a": b"x", "b/c": b"y"}, {"a/c": b"x", "b": b"y"}),
    ],
)
def test_file_and_folder_change_places(output, old, new):
    publish(output, old)
    publish(output, new)
    assert tree(output) == new


def test_new_spelling_of_a_name(output):
    publish(output, {"foo.html": b"old"})
    publish(output, {"Foo.html": b"new"})
    assert tree(output) == {"Foo.html": b"new"}


class CaseBlind(Disk):
    """Two hard links stand for one file that answers to both spellings, so both go at once."""

    def remove(self, path: str) -> None:
        for file in Path(path).parent.iterdir():
            if file.name.casefold() == Path(path).name.casefold():
                super().remove(str(file))


def test_new_spelling_where_case_is_ignored(output):
    publish(output, {"Foo.html": b"old"})
    os.link(output / "Foo.html", output / "foo.html")
    with OutputFolder.open(output, disk=CaseBlind()) as folder:
        folder.stage("foo.html", b"new", ())
        folder.commit()
    assert tree(output) == {"foo.html": b"new"}


def test_composed_and_decomposed_names_are_one_file(output):
    with OutputFolder.open(output) as folder:
        folder.stage("caf\u00e9.html", b"", ("content/1.md",))
        with pytest.raises(OutputError, match=r"content/1\.md and content/2\.md"):
            folder.stage("cafe\u0301.html", b"", ("content/2.md",))


def test_file_below_a_file_is_refused_with_all_sources(output):
    publish(output, {"old.html": b"old"})
    with pytest.raises(OutputError) as caught:
        publish(output, {"a/b": b"below", "a": b"file", "c": b"", "c/d": b""})
    assert [finding.place.path for finding in caught.value.findings] == [f"{output}/a", f"{output}/c"]
    assert "content/a.md is to be published there, and content/a/b.md at a/b" in str(caught.value)
    assert tree(output) == {"old.html": b"old"}


def put_file(path: Path) -> None:
    path.write_bytes(b"mine")


def put_folder_with_file(path: Path) -> None:
    path.mkdir()
    put_file(path / "mine.txt")


def put_link_to_file(path: Path) -> None:
    path.symlink_to("../elsewhere/mine.txt")


def put_link_to_folder(path: Path) -> None:
    path.symlink_to("../elsewhere")


FOREIGN = [put_file, Path.mkdir, put_folder_with_file, put_link_to_file, put_link_to_folder, os.mkfifo]


@pytest.mark.parametrize("put", FOREIGN)
@pytest.mark.parametrize("path", ["about.html", "about.html/team/index.html"])
def test_foreign_thing_in_the_way(output, put, path):
    elsewhere = output.parent / "elsewhere"
    elsewhere.mkdir()
    put_file(elsewhere / "mine.txt")
    publish(output, {"index.html": b"old"})
    put(output / "about.html")
    if put in {Path.mkdir, put_folder_with_file} and path != "about.html":
        publish(output, {"index.html": b"new", path: b"about"})  # a folder is in no folder's way
        assert (output / path).read_bytes() == b"about"
        return
    before = stamps(output) | stamps(elsewhere)
    with pytest.raises(OutputError) as caught:
        publish(output, {"index.html": b"new", path: b"about"})
    assert f"{output}/about.html: error: in the way of {path}, and not written by sitegen" in str(caught.value)
    assert f"content/{path}.md" in str(caught.value)
    assert stamps(output) | stamps(elsewhere) == before


def test_all_that_is_in_the_way_is_told_at_once(output):
    output.mkdir()
    for name in ("a", "b", "c"):
        (output / name).write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        publish(output, {"a": b"", "b": b"", "c/d": b""})
    assert len(caught.value.findings) == 3


def test_own_folder_with_a_foreign_file_is_in_the_way(output):
    publish(output, {"a/b": b"ours"})
    (output / "a/mine").write_bytes(b"mine")
    with pytest.raises(OutputError, match="not written by sitegen"):
        publish(output, {"a": b"file"})
    assert tree(output) == {"a/b": b"ours", "a/mine": b"mine"}


def test_foreign_things_stay_when_ours_go(output):
    publish(output, {"a/b/c": b"ours", "d/e": b"ours"})
    (output / "a/mine").write_bytes(b"mine")
    (output / "d/empty").mkdir()
    publish(output, {})
    assert tree(output) == {"a/mine": b"mine", "d/empty/": b""}


def test_owned_file_that_became_a_link_is_not_followed_nor_deleted(output):
    publish(output, {"a.html": b"ours", "b/c.html": b"ours"})
    secret = output.parent / "secret"
    secret.mkdir()
    (secret / "c.html").write_bytes(b"ours")
    (output / "a.html").unlink()
    (output / "a.html").symlink_to(secret / "c.html")
    (output / "b/c.html").unlink()
    (output / "b").rmdir()
    (output / "b").symlink_to(secret)
    with pytest.raises(OutputError, match="in the way"):
        publish(output, {"b/c.html": b"ours"})  # the bytes there are right, but not below the output
    assert publish(output, {}).deleted == ()
    assert (output / "a.html").is_symlink()
    assert (output / "b").is_symlink()
    assert (secret / "c.html").read_bytes() == b"ours"


def test_output_may_be_a_link_to_a_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site/output").symlink_to("../real")
    publish(tmp_path / "site/output", {"a.html": b"a"})
    assert tree(tmp_path / "real") == {"a.html": b"a"}
    assert names(tmp_path) == ["real", "site"]
    assert names(tmp_path / "site") == ["output"]


def test_file_instead_of_the_output_folder(output):
    output.write_bytes(b"mine")
    with pytest.raises(OutputError, match="is not a folder"):
        OutputFolder.open(output)
    assert names(output.parent) == ["output"]


def test_link_instead_of_the_staging_folder(output):
    elsewhere = output.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "journal").write_bytes(b"mine")
    (output.parent / ".output.sitegen").symlink_to(elsewhere)
    with pytest.raises(OutputError, match="not a folder"):
        OutputFolder.open(output)
    assert names(elsewhere) == ["journal"]


def test_link_in_the_staging_folder(output):
    elsewhere = output.parent / "elsewhere"
    elsewhere.write_bytes(b"mine")
    (output.parent / ".output.sitegen").mkdir()
    (output.parent / ".output.sitegen/0").symlink_to(elsewhere)
    publish(output, {"a.html": b"a"})
    assert elsewhere.read_bytes() == b"mine"
    assert names(output.parent) == ["elsewhere", "output"]


class ReadOnly(Disk):
    """A disk with a folder that permits no change, whoever asks; root may do everything to a real one."""

    def __init__(self, name: str) -> None:
        self.name = name

    def is_writable(self, folder: str) -> bool:
        return not folder.endswith(self.name) and super().is_writable(folder)


def test_read_only_output_is_found_before_anything_is_staged(output):
    publish(output, {"a.html": b"a"})
    with pytest.raises(OutputError, match="no permission to write"):
        OutputFolder.open(output, disk=ReadOnly("/output"))
    assert names(output.parent) == ["output"]


@pytest.mark.parametrize("files", [{"d/a": b"new"}, {"d/a": b"a", "d/new/b": b"b"}, {}, {"d": b"file"}])
def test_read_only_folder_in_the_output_is_found_before_the_commit(output, files):
    publish(output, {"d/a": b"a", "e": b"e"})
    with OutputFolder.open(output, disk=ReadOnly("/d")) as folder:
        for path, data in files.items():
            folder.stage(path, data, ())
        with pytest.raises(OutputError, match="no permission to change"):
            folder.commit()
    assert tree(output) == {"d/a": b"a", "e": b"e"}
    assert names(output.parent) == ["output"]


def test_another_file_system_is_found_before_anything_is_staged(output, monkeypatch):
    monkeypatch.setattr(Disk, "same_device", lambda self, one, other: False)
    with pytest.raises(OutputError, match="another file system"):
        OutputFolder.open(output)
    assert names(output.parent) == []


def test_permissions_follow_the_umask(output):
    old = os.umask(0o027)
    try:
        publish(output, {"d/a.html": b"a"})
    finally:
        os.umask(old)
    assert (output / "d/a.html").stat().st_mode & 0o777 == 0o640
    assert (output / "d").stat().st_mode & 0o777 == 0o750


def test_empty_and_large_files(output):
    files = {"empty": b"", "large": bytes(range(256)) * 40_000}
    publish(output, files)
    assert tree(output) == files
    assert publish(output, files).written == ()
