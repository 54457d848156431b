"""The cache gives what was put into it or nothing, whatever happens to its file."""

import os
import sqlite3
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread, current_thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen import cache as cache_module
from sitegen.cache import Cache
from sitegen.store import digest_of

VALUES = {digest_of(str(n)): bytes([n]) * size for n, size in enumerate([0, 1, 80, 500, 3_000, 9_000] * 8)}


def read(folder: Path) -> dict[str, bytes]:
    with Cache.open(folder) as cache:
        return cache.get_many(VALUES)


def build(folder: Path, keys: list[str]) -> None:
    """Use the values of `keys` as a build does."""
    with Cache.open(folder) as cache:
        cache.get_many(keys)
        cache.prune()


def fill(folder: Path) -> Path:
    """Keep all `VALUES` in `folder`, as 21 builds do; the file then has pages that are free again."""
    with Cache.open(folder) as cache:
        cache.put_many({digest_of("old", str(n)): bytes(5_000) for n in range(9)})
        cache.prune()
    keys = list(VALUES)
    for n in range(21):
        with Cache.open(folder) as cache:
            cache.put_many({key: VALUES[key] for key in keys[n * 3 : n * 3 + 3]})
            cache.get_many(VALUES)
            cache.prune()
    return folder


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """Return a folder with a cache that has all `VALUES`."""
    return fill(tmp_path / ".sitegen")


def test_what_was_put_is_there_for_the_next_build(filled):
    with Cache.open(filled) as cache:
        assert cache.get_many([*VALUES, digest_of("another")]) == VALUES
        assert cache.findings == ()
    assert sorted(path.name for path in filled.iterdir()) == [".gitignore", "cache.db"]


def test_without_a_folder_nothing_is_kept():
    with Cache.open(None) as cache:
        cache.put_many(VALUES)
        cache.prune()
        assert cache.get_many(VALUES) == {}


def test_a_cache_that_nobody_used_makes_no_file(tmp_path):
    with Cache.open(tmp_path / ".sitegen"):
        pass
    assert list(tmp_path.iterdir()) == []


@given(st.dictionaries(st.text("0123456789abcdef"), st.binary(max_size=50)), st.data())
def test_like_a_dictionary(tmp_path_factory, values, data):
    folder = tmp_path_factory.mktemp("site")
    keys = data.draw(st.lists(st.sampled_from([*values, "none"])))
    with Cache.open(folder) as cache:
        cache.put_many(dict.fromkeys(values, b"before"))
        cache.put_many(values)
        assert cache.get_many(keys) == {key: values[key] for key in keys if key in values}


# ---- Pruning --------------------------------------------------------------------------------------


def test_what_twenty_builds_did_not_use_is_forgotten(tmp_path):
    used, unused, *_ = VALUES
    with Cache.open(tmp_path) as cache:
        cache.put_many(VALUES)
        cache.prune()
    for _ in range(19):
        build(tmp_path, [used])
    assert read(tmp_path) == VALUES  # reading alone is no build
    build(tmp_path, [used])
    assert read(tmp_path) == {used: VALUES[used]}
    assert unused not in rows(tmp_path, "SELECT key FROM value")


def test_a_file_does_not_grow_for_ever(tmp_path):
    sizes = []
    for n in range(80):
        with Cache.open(tmp_path) as cache:
            cache.put_many({digest_of(str(n)): bytes(50_000)})
            cache.prune()
        sizes.append((tmp_path / "cache.db").stat().st_size)
    assert sizes[25] == sizes[-1]


def rows(folder: Path, query: str) -> list[object]:
    connection = sqlite3.connect(folder / "cache.db")
    with connection:
        found = [row[0] for row in connection.execute(query)]
    connection.close()
    return found


# ---- Damage ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a cache that has all `VALUES`."""
    return fill(tmp_path_factory.mktemp("site")) / "cache.db"


KINDS: dict[str, Callable[[bytes, int], bytes]] = {
    "a flipped bit": lambda data, at: data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :],
    "another byte": lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
    "a byte less": lambda data, at: data[:at] + data[at + 1 :],
    "an empty page": lambda data, at: data[: at // 4096 * 4096] + bytes(4096) + data[(at // 4096 + 1) * 4096 :],
    "no end": lambda data, at: data[:at],
}


# A page's head and the list of its cells, where damage does most, and any of its bytes.
@settings(max_examples=500)
@given(st.sampled_from(sorted(KINDS)), st.integers(0, 1000), st.integers(0, 119) | st.integers(0, 4095))
def test_any_damage(whole, kind, page, place):
    with TemporaryDirectory() as name:
        folder, data = Path(name), whole.read_bytes()
        (folder / "cache.db").write_bytes(KINDS[kind](data, page % (len(data) // 4096) * 4096 + place))
        with Cache.open(folder) as cache:
            found = cache.get_many(VALUES)
            assert found.items() <= VALUES.items()
            cache.put_many({key: VALUES[key] for key in VALUES if key not in found})
            cache.prune()
            assert cache.get_many(VALUES).items() <= VALUES.items()
            assert len(cache.findings) <= 1
        with Cache.open(folder) as cache:
            assert cache.get_many(VALUES).items() <= VALUES.items()
            assert cache.findings == ()


DAMAGE = {
    "a flipped value": "UPDATE value SET data = x'00' WHERE rowid = 20",
    "a value that became text": "UPDATE value SET data = CAST(data AS TEXT) WHERE rowid = 20",
    "a value at another's place": "UPDATE value SET (digest, data) = (SELECT digest, data FROM value) WHERE rowid = 20",
    "a digest that is no text": "UPDATE value SET digest = CAST(x'ff' AS TEXT) WHERE rowid = 20",
    "a build that is no number": "UPDATE use SET build = 'x'",
    "the last number": "UPDATE use SET build = 9223372036854775807",
    "no table": "DROP TABLE value",
    "other columns": "ALTER TABLE use RENAME build TO built",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_cache_is_made_anew_and_says_so(filled, damage):
    rows(filled, damage)
    check_that_it_is_made_anew(filled)


def test_names_that_are_no_text(filled):
    file = filled / "cache.db"
    file.write_bytes(file.read_bytes().replace(b"tableuse", b"table\xffse"))
    check_that_it_is_made_anew(filled)


def check_that_it_is_made_anew(filled: Path) -> None:
    with Cache.open(filled) as cache:
        found = cache.get_many(VALUES)
        assert found.items() <= VALUES.items()
        cache.put_many({key: data for key, data in VALUES.items() if key not in found})
        cache.prune()
        assert [str(finding).splitlines()[0] for finding in cache.findings] == [
            ".sitegen/cache.db: warning: the cache was damaged and is made anew"
        ]
    with Cache.open(filled) as cache:
        cache.put_many(VALUES)
        assert cache.get_many(VALUES) == VALUES
        assert cache.findings == ()


def test_a_cache_that_cannot_be_made_anew_says_so_once(filled, monkeypatch):
    (filled / "cache.db").write_bytes(b"no database" * 100)
    monkeypatch.setattr(Path, "unlink", refuse)
    with Cache.open(filled) as cache:
        for _ in range(3):
            assert cache.get_many(VALUES) == {}
            cache.put_many(VALUES)
        assert [finding.what for finding in cache.findings] == ["the cache is damaged and cannot be deleted"]


def refuse(*_args: object, **_options: object) -> None:
    raise PermissionError


def test_another_version_is_made_anew_without_a_word(filled):
    rows(filled, f"PRAGMA user_version = {cache_module._VERSION + 1}")
    with Cache.open(filled) as cache:
        assert cache.get_many(VALUES) == {}
        cache.put_many(VALUES)
        assert cache.findings == ()
    assert read(filled) == VALUES


def test_an_empty_file_is_an_empty_cache(tmp_path):
    (tmp_path / "cache.db").touch()
    assert read(tmp_path) == {}
    with Cache.open(tmp_path) as cache:
        cache.put_many(VALUES)
    assert read(tmp_path) == VALUES


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_while_it_writes(filled):
    """SQLite's journal takes back what was half written."""
    child = os.fork()
    if not child:
        connection = cache_module._connect(filled / "cache.db")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE value SET data = zeroblob(5000)")
        os._exit(0)
    os.waitpid(child, 0)
    assert (filled / "cache.db-journal").stat().st_size > 10_000
    with Cache.open(filled) as cache:
        assert cache.get_many(VALUES) == VALUES
        assert cache.findings == ()
    assert not (filled / "cache.db-journal").exists()


# ---- In the way -----------------------------------------------------------------------------------


def block_with_a_file(root: Path) -> None:
    (root / ".sitegen").write_text("mine")


def block_with_a_folder(root: Path) -> None:
    (root / ".sitegen/cache.db").mkdir(parents=True)


def block_with_a_link(root: Path) -> None:
    (root / ".sitegen").symlink_to(root / "nowhere")


@pytest.mark.parametrize("block", [block_with_a_file, block_with_a_folder, block_with_a_link])
def test_without_a_place_to_write_there_is_no_cache(tmp_path, block: Callable[[Path], None]):
    block(tmp_path)
    with Cache.open(tmp_path / ".sitegen") as cache:
        assert cache.get_many(VALUES) == {}
        cache.put_many(VALUES)
        cache.prune()
        assert cache.findings == ()
    assert not [path for path in tmp_path.rglob("*") if path.name == ".gitignore"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written(filled, mode):
    filled.chmod(mode)
    try:
        check_that_nothing_is_written(filled, VALUES if mode else {})
    finally:
        filled.chmod(0o755)


def test_a_file_that_can_only_be_read(filled, monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda file, **options: connect(f"file:{file}?mode=ro", uri=True, **options)
    )
    check_that_nothing_is_written(filled, VALUES)


def check_that_nothing_is_written(folder: Path, there: dict[str, bytes]) -> None:
    with Cache.open(folder) as cache:
        assert cache.get_many(VALUES) == there
        cache.put_many({"key": b"value"})
        cache.prune()
        assert cache.get_many(["key"]) == {}
        assert cache.findings == ()


def test_a_full_disk(filled, monkeypatch):
    connect = cache_module._connect

    def connect_to_full_disk(file: Path) -> sqlite3.Connection:
        connection = connect(file)
        connection.execute("PRAGMA max_page_count = 1")  # no less than it has; SQLite then fails as a full disk does
        return connection

    monkeypatch.setattr(cache_module, "_connect", connect_to_full_disk)
    with Cache.open(filled) as cache:
        cache.put_many({"key": bytes(1_000_000)})
        assert cache.findings == ()
    monkeypatch.undo()
    with Cache.open(filled) as cache:
        assert cache.get_many([*VALUES, "key"]) == VALUES
        assert cache.findings == ()


def test_a_build_does_not_wait_for_another_that_holds_the_file(filled, monkeypatch):
    monkeypatch.setattr(cache_module, "_PATIENCE", 0.01)
    other = sqlite3.connect(filled / "cache.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with Cache.open(filled) as cache:
        assert cache.get_many(VALUES) == {}
        cache.put_many(VALUES)
        assert cache.findings == ()
    other.close()
    assert read(filled) == VALUES


def test_letting_go_of_a_cache_closes_its_file_in_whatever_thread(filled, monkeypatch):
    """Since Python 3.13 a connection that nobody has closed is told of."""
    closed: list[str] = []
    kept: list[Cache] = []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            super().close()
            closed.append(current_thread().name)

    def read_and(keep: Callable[[Cache], object]) -> None:
        cache = Cache.open(filled)
        assert cache.get_many(VALUES) == VALUES
        keep(cache)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    for keep in (id, kept.append):
        thread = Thread(target=read_and, args=(keep,), name="reader")
        thread.start()
        thread.join()
    assert closed == ["reader"]
    kept.clear()
    assert closed == ["reader", current_thread().name]


def test_made_anew_while_another_build_has_it_open(filled):
    with Cache.open(filled) as first, Cache.open(filled) as second:
        assert first.get_many(VALUES) == VALUES
        (filled / "cache.db").write_bytes(b"no database" * 100)
        assert second.get_many(VALUES) == {}
        second.put_many(VALUES)
        first.put_many({digest_of("new"): b"new"})
        first.prune()
        assert first.get_many(VALUES).items() <= VALUES.items()
    with Cache.open(filled) as third:
        assert third.get_many(VALUES).items() <= VALUES.items()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_three_builds_at_once(tmp_path):
    """They make the file at the same time, too."""
    children = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forks beside threads
        for turn in range(3):
            children.append(os.fork())
            if not children[-1]:
                code = 1
                try:
                    build_often(tmp_path / ".sitegen", turn)
                    code = 0
                finally:
                    os._exit(code)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0]
    assert read(tmp_path / ".sitegen") == VALUES


def build_often(folder: Path, turn: int) -> None:
    keys = list(VALUES)
    for _ in range(25):
        keys = keys[turn + 1 :] + keys[: turn + 1]
        with Cache.open(folder) as cache:
            found = cache.get_many(keys)
            assert found.items() <= VALUES.items()
            cache.put_many({key: VALUES[key] for key in keys if key not in found})
            cache.prune()
            assert cache.findings == ()
