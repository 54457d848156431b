"""Folders that are refused as an output folder. Nothing is ever written."""

from pathlib import Path

import pytest
from output_folders import names, stamps

from sitegen.errors import ConfigError, OutputError
from sitegen.writing import OutputFolder, check_output


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a site in somebody's home folder; the test runs in it."""
    root = tmp_path / "home/work/site"
    for folder in ("content/posts", "themes/mine", ".git"):
        (root / folder).mkdir(parents=True)
    (root / "notes.txt").write_text("mine")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(root)
    return root


def check(output: Path, root: Path) -> None:
    """Check, and see that nothing was touched."""
    before = stamps(root.parents[2])
    try:
        check_output(output, root, (root / "content", root / "themes"))
    finally:
        assert stamps(root.parents[2]) == before


@pytest.mark.parametrize(
    ("output", "why"),
    [
        ("/", "root of the file system"),
        ("", "the folder that the command runs in"),
        (".", "the folder that the command runs in"),
        ("~", "~ is not expanded"),
        ("~/public", "~ is not expanded"),
        ("{root}", "is or holds the folder of the site"),
        ("{root}/output/..", "is or holds the folder of the site"),
        ("{root}/..", "is or holds the folder of the site"),
        ("..", "is or holds the folder of the site"),
        ("{root}/../..", "is or holds your home folder"),
        ("{root}/../../..", "is or holds your home folder"),
        ("/usr/..", "root of the file system"),
        ("{root}/content", "content, which sitegen reads"),
        ("{root}/content/posts/public", "it lies in {root}/content, which"),
        ("{root}/themes", "themes, which sitegen reads"),
        ("{root}/themes/mine/static", "it lies in {root}/themes, which"),
        ("content/../themes", "themes, which sitegen reads"),
        ("{root}/.git", "it lies in .git"),
        ("{root}/.git/public", "it lies in .git"),
        ("{root}/.sitegen/public", "it lies in .sitegen"),
    ],
)
def test_refused(root, output, why):
    with pytest.raises(ConfigError) as caught:
        check(Path(output.format(root=root)), root)
    (finding,) = caught.value.findings
    assert why.format(root=root) in finding.why
    assert finding.hint


@pytest.mark.parametrize("target", ["", "..", "content", "content/posts", "themes", "../..", "/"])
def test_link_that_leads_to_what_is_refused(root, target):
    (root / "link").symlink_to(root / target)
    with pytest.raises(ConfigError, match="can't be the output folder"):
        check(root / "link", root)


@pytest.mark.parametrize("target", ["content", "themes/mine"])
def test_folder_above_that_is_a_link(root, target):
    (root / "public").symlink_to(root / target)
    with pytest.raises(ConfigError, match=r"it lies in .*, which sitegen reads"):
        check(root / "public/output", root)


def test_sources_behind_a_link(root):
    (root / "elsewhere").mkdir()
    (root / "themes/mine").rmdir()
    (root / "themes").rmdir()
    (root / "themes").symlink_to("elsewhere")
    with pytest.raises(ConfigError, match="which sitegen reads"):
        check(root / "elsewhere/output", root)


def test_link_to_itself(root):
    (root / "loop").symlink_to("loop")
    with pytest.raises((ConfigError, OutputError)):
        check(root / "loop", root)


def test_link_to_nothing(root):
    (root / "link").symlink_to("missing")
    with pytest.raises(OutputError, match="link to nothing"):
        check(root / "link", root)


def test_no_home_folder_is_known(root, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: (_ for _ in ()).throw(RuntimeError))
    check(root / "output", root)


def test_file(root):
    with pytest.raises(OutputError, match=r"notes.txt: error: is a file, not a folder"):
        check(root / "notes.txt", root)


def test_files_of_somebody_else(root):
    photos = root.parent / "photos"
    photos.mkdir()
    for name in ("1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg", ".hidden", "CNAME"):
        (photos / name).write_bytes(b"")
    with pytest.raises(OutputError, match=r"1\.jpg, 2\.jpg, 3\.jpg and 2 more") as caught:
        check(photos, root)
    assert caught.value.findings[0].place.path == str(photos)
    (photos / ".sitegen").mkdir()  # a folder of that name is no manifest
    with pytest.raises(OutputError, match="sitegen did not write"):
        check(photos, root)


@pytest.mark.parametrize(
    "there", [[], [".gitkeep"], [".git/"], [".gitkeep", "CNAME", "_redirects", "_headers", ".domains"]]
)
def test_allowed(root, there):
    check(root / "output", root)
    (root / "output").mkdir()
    for name in there:
        (root / "output" / name).mkdir() if name.endswith("/") else (root / "output" / name).write_bytes(b"mine")
    check(root / "output", root)
    with OutputFolder.open(root / "output") as folder:
        folder.stage("index.html", b"x", ())
        folder.commit()
    check(root / "output", root)  # it is no stranger any more
    assert names(root / "output") == sorted(["index.html", ".sitegen", *(n.strip("/") for n in there)])


@pytest.mark.parametrize(
    "output", ["output", "{root}/output", "{root}/build/site", "{root}/../public", "{root}/content-x"]
)
def test_other_allowed_places(root, output):
    check(Path(output.format(root=root)), root)


def test_link_to_a_folder_of_ones_own(root):
    (root.parent / "public").mkdir()
    (root / "output").symlink_to("../public")
    check(root / "output", root)
