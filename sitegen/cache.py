"""What a build keeps for the next one: values by key, in one SQLite file that may be lost at any time.

The cache is never wrong and never in the way. SQLite hands out flipped bytes unnoticed, so each value lies with a
digest over key and value; a file in which anything is not as it was written is deleted and made anew. Whatever else
stands in the way (a folder that cannot be written, a full disk, another build at work) means to go without.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sitegen.errors import Finding, Place, Severity
from sitegen.store import digest_of

__all__ = ["Cache"]

_NAME = "cache.db"
_VERSION = 1
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS value (key TEXT PRIMARY KEY, digest TEXT NOT NULL, data BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS use (key TEXT PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
"""`use` is apart because SQLite writes a whole row again, data and all, when one column of it changes."""

_BUILDS = 20
"""What so many builds did not use is forgotten: enough to come back from a branch that was tried for a day."""
_AT_ONCE = 500
"""Keys in one query; SQLite of before 3.32 takes no more than 999."""
_PATIENCE = 2.0
"""Seconds to wait for another build; the largest write, 500 documents, takes 0.05 s."""

_IN_THE_WAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
"""Primary result codes (sqlite.org/rescode.html) that say nothing against what is in the file."""

_T = TypeVar("_T")


class _Damaged(Exception):
    """Something in the file is not as it was written."""


class _OtherVersion(Exception):
    """Another sitegen made the file."""


# From a damaged file come numbers up to 2**63 - 1 and, in SQLite's messages, names that are no text.
_FAILURES = (sqlite3.Error, OSError, OverflowError, UnicodeError, _Damaged, _OtherVersion)


class Cache:
    """Values by key; for one thread. A context manager: leaving it closes the file, and so does letting go of it."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._used: set[str] = set()
        self.findings: tuple[Finding, ...] = ()
        """A warning when the cache was damaged."""

    @classmethod
    def open(cls, folder: Path | None) -> Self:
        """Return the cache in `folder`, made when it is first used; without a folder one that keeps nothing."""
        return cls(folder and folder / _NAME)

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values of those `keys` (digests of what a value was made from) that have one."""
        asked = tuple(keys)
        values: dict[str, bytes] = self._attempt(lambda connection: _select(connection, asked), {})
        self._used.update(values)
        return values

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep `values` by their keys, all or none of them."""
        self._attempt(lambda connection: _insert(connection, values), None)
        self._used.update(values)

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Return those of `keys` that have no value and could be given one; the values of the others count as used."""
        asked = set(keys)
        found: set[str] = self._attempt(lambda connection: _present(connection, asked), asked)
        self._used.update(found)
        return asked - found

    def prune(self) -> None:
        """Count a build, and forget what the last 20 did not use. For builds of a whole site that succeeded."""
        self._attempt(lambda connection: _prune(connection, self._used), None)
        self._used.clear()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        """Close the file: a thread that ends lets go of its cache without a word."""
        self.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _attempt(self, work: Callable[[sqlite3.Connection], _T], without: _T) -> _T:
        """Return what `work` returns, after making a damaged file anew; `without` if the cache cannot be had."""
        for _ in range(2):
            if self._file is None:
                break
            try:
                self._connection = self._connection or _connect(self._file)
                return work(self._connection)
            except _FAILURES as error:
                self.close()
                self._recover(self._file, error)
        self._file = None
        return without

    def _recover(self, file: Path, error: Exception) -> None:
        """Delete a file that is good for nothing; go without one that cannot be had."""
        if _is_in_the_way(error):
            self._file = None
            return
        is_deleted = _delete(file)
        if not is_deleted:
            self._file = None
        if not isinstance(error, _OtherVersion):
            self.findings = (_warning(file, is_deleted=is_deleted),)


def _connect(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(exist_ok=True)
    # Used in one thread; whoever lets go of it last may be another.
    connection = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        # The journal covers a build that is killed; what a power cut tears, the digests show.
        connection.execute("PRAGMA synchronous = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in {0, _VERSION}:
            raise _OtherVersion
        if version == 0:
            connection.executescript(_SCHEMA)
            (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    except BaseException:
        connection.close()
        raise
    return connection


def _select(connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
    values = {}
    with connection:
        connection.execute("BEGIN")
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"SELECT key, digest, data FROM value WHERE key IN ({marks})"  # noqa: S608  question marks alone
            for key, digest, data in connection.execute(query, some):
                if not isinstance(data, bytes) or digest != digest_of(key, data):
                    raise _Damaged
                values[key] = data
    return {key: values[key] for key in keys if key in values}


def _present(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    with connection:
        connection.execute("BEGIN")
        return {key for key in keys if connection.execute("SELECT 1 FROM use WHERE key = ?", (key,)).fetchone()}


def _insert(connection: sqlite3.Connection, values: Mapping[str, bytes]) -> None:
    rows = [(key, digest_of(key, data), data) for key, data in values.items()]
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        build = _last_build(connection)
        connection.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT OR REPLACE INTO use VALUES (?, ?)", [(key, build) for key in values])


def _prune(connection: sqlite3.Connection, used: Iterable[str]) -> None:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        build = _last_build(connection) + 1
        connection.executemany("UPDATE use SET build = ? WHERE key = ?", [(build, key) for key in used])
        if connection.execute("DELETE FROM use WHERE build <= ?", (build - _BUILDS,)).rowcount:
            connection.execute("DELETE FROM value WHERE key NOT IN (SELECT key FROM use)")


def _last_build(connection: sqlite3.Connection) -> int:
    build = connection.execute("SELECT coalesce(max(build), 0) FROM use").fetchone()[0]
    if not isinstance(build, int):
        raise _Damaged
    return build


def _is_in_the_way(error: Exception) -> bool:
    """Whether something outside the file is at fault."""
    # Errors of the module itself have no code; the low byte is the primary one.
    return isinstance(error, OSError) or getattr(error, "sqlite_errorcode", 0) & 0xFF in _IN_THE_WAY


def _delete(file: Path) -> bool:
    """Delete a database and what SQLite lays beside it; return whether it is gone."""
    try:
        for suffix in ("", "-journal", "-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _warning(file: Path, *, is_deleted: bool) -> Finding:
    return Finding(
        "the cache was damaged and is made anew" if is_deleted else "the cache is damaged and cannot be deleted",
        Place(f"{file.parent.name}/{file.name}"),
        why="something else than sitegen changed it, or the disk lost a part of it",
        hint="nothing to do: the site is right, and only took longer to build"
        if is_deleted
        else "delete it yourself; until then each build takes longer than it need",
        severity=Severity.WARNING,
    )
