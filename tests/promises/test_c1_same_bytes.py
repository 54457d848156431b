"""C1 and C5: the same sources give the same bytes on every machine, and nothing of a machine is in them."""

import getpass
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from small_site import SMALL, SMALL_CONFIG
from tiny import NOW, PLAIN_CONFIG, SiteFolder

EPOCH = str(int(NOW.timestamp()))
# Folders list their files in another order each time, as other file systems do.
START = """
import os, random, sys
def shuffled(original):
    class Entries(list):
        def __init__(self, *path):
            with original(*path) as entries:
                super().__init__(entries)
            random.shuffle(self)
        def __next__(self): return self.pop() if self else next(iter(()))
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def close(self): pass
    return Entries
def shuffled_list(original):
    def listed(*path):
        names = original(*path)
        random.shuffle(names)
        return names
    return listed
os.scandir, os.listdir = shuffled(os.scandir), shuffled_list(os.listdir)
os.umask(int(sys.argv.pop(1), 8))
if hasattr(os, "sched_setaffinity") and sys.argv.pop(1) == "one":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from sitegen.cli import main
main()
"""
MACHINES = {
    # name: (folder of the site, umask, processors, environment)
    "Tokyo": ("a", "022", "all", {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1"}),
    "Los Angeles": ("b/deep/er", "077", "one", {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
    "Istanbul": ("ı Ş", "000", "all", {"TZ": "Europe/Istanbul", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "Greenland": ("c", "027", "one", {"TZ": "America/Nuuk", "LC_ALL": "POSIX", "PYTHONHASHSEED": "4"}),
    "another user": ("d", "022", "all", {"HOME": "/nowhere", "USER": "zqxj", "LOGNAME": "zqxj", "PYTHONHASHSEED": "5"}),
    "many columns": ("e", "022", "all", {"COLUMNS": "20", "TERM": "dumb", "NO_COLOR": "1", "PYTHONHASHSEED": "6"}),
    "optimised": ("f", "022", "all", {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "7"}),
    "another temporary folder": ("g", "022", "one", {"TMPDIR": "/var/tmp", "PYTHONHASHSEED": "random"}),
}  # fmt: skip


def build(site, umask="022", processors="all", /, **environment):
    """Build the site in its own process, from a folder of its own."""
    done = run(site, umask, processors, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return site.files | {".sitegen": (site.output / ".sitegen").read_bytes()}


def run(site, umask="022", processors="all", /, **environment):
    (site.root / "elsewhere").mkdir()
    arguments = [umask, processors, "build", "--site", os.path.relpath(site.root, site.root / "elsewhere"), "--quiet"]
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        cwd=site.root / "elsewhere",
        env={"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": EPOCH, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """What this process makes of the site."""
    site = SiteFolder(tmp_path_factory.mktemp("here") / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    site.build()
    return site.files | {".sitegen": (site.output / ".sitegen").read_bytes()}


@pytest.mark.parametrize("machine", MACHINES)
def test_every_machine_makes_the_same_bytes(here, tmp_path, machine):
    folder, umask, processors, environment = MACHINES[machine]
    site = SiteFolder(tmp_path / folder, SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    made = build(site, umask, processors, **environment)
    assert {path for path in here.keys() | made.keys() if here.get(path) != made.get(path)} == set()


def test_where_names_of_files_are_not_utf8_nothing_is_built(tmp_path):
    site = SiteFolder(tmp_path / "site", SMALL, PLAIN_CONFIG + SMALL_CONFIG)
    done = run(site, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 3
    assert done.stderr.startswith("error: the names of files are ascii here, not UTF-8\n  fix: set LC_ALL=C.UTF-8")
    assert not site.output.exists()


def test_stamps_of_files_do_not_matter(here, tmp_path):
    site = SiteFolder(tmp_path / "site", dict(reversed(list(SMALL.items()))), PLAIN_CONFIG + SMALL_CONFIG)
    for number, path in enumerate(sorted(site.root.rglob("*"))):
        os.utime(path, (number * 10**8, number * 10**8))
    assert build(site) == here


def test_nothing_of_the_machine_is_in_them(tmp_path):
    root = tmp_path / "zqxjfolder"
    environment = dict.fromkeys(("USER", "LOGNAME", "HOSTNAME", "EDITOR"), "zqxj") | {"HOME": "/tmp/zqxjhome"}
    made = build(SiteFolder(root, SMALL, PLAIN_CONFIG + SMALL_CONFIG), **environment)
    names = {"zqxj", str(tmp_path), str(Path(__file__).parents[2]), sys.prefix, socket.gethostname()}
    if len(getpass.getuser()) > 4:  # `root` is a word like any other
        names.add(getpass.getuser())
    assert {
        (path, name) for path, data in made.items() for name in names if name.encode() in data or name in path
    } == set()
