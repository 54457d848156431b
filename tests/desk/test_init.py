"""A new site is complete: it builds as it is, without a word of complaint."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.build import build_site
from sitegen.config import read_config
from sitegen.desk.init import starter_files, write_site
from sitegen.errors import UsageError
from sitegen.reading import Selection

NOW = datetime(2026, 3, 1, 0, 5, tzinfo=UTC)


def test_it_builds_as_it_is(tmp_path):
    write_site(tmp_path / "paper", NOW)
    report = build_site(tmp_path / "paper", Selection(now=NOW), strict=True)
    assert (report.posts, report.pages, report.held, report.findings) == (2, 1, (), ())
    assert "The Editor" in (report.output / "2026/02/from-draft-to-print.html").read_text()
    assert "Never miss an issue" in (report.output / "2026/02/how-a-post-is-written.html").read_text()


def test_it_is_dated_by_the_days_before_today():
    assert [path for path in starter_files(NOW) if "/posts/" in path] == [
        "content/posts/2026-02-27-how-a-post-is-written.md",
        "content/posts/2026-02-28-from-draft-to-print.md",
    ]
    assert not any("2000-01-0" in path + text for path, text in starter_files(NOW).items())


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "UTC", "Pacific/Kiritimati"])
def test_no_post_lies_in_the_future_of_any_zone(zone):
    newest = max(path[14:24] for path in starter_files(NOW) if "/posts/" in path)
    assert datetime.fromisoformat(newest).replace(tzinfo=ZoneInfo(zone)) <= NOW


def test_the_keys_that_are_only_explained_exist(tmp_path):
    write_site(tmp_path, NOW)
    file = tmp_path / "sitegen.toml"
    file.write_text(re.sub(r"^# (\[|\w+ = )", r"\1", file.read_text(), flags=re.MULTILINE))
    config = read_config(tmp_path)
    assert config.founded == date(2008, 9, 27)
    assert config.feeds.limit == 20


@pytest.mark.parametrize("there", [".gitignore", "notes.txt", "content/"])
def test_nothing_that_is_there_is_touched(tmp_path, there):
    found = tmp_path / there
    found.mkdir() if there.endswith("/") else found.write_text("mine")
    with pytest.raises(UsageError, match=there.strip("/")):
        write_site(tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir()] == [there.strip("/")]


def test_a_new_repository_is_empty_enough(tmp_path):
    (tmp_path / ".git").mkdir()
    assert "sitegen.toml" in write_site(tmp_path, NOW)


def test_many_files_in_the_way_are_counted(tmp_path):
    for name in "abcde":
        (tmp_path / name).touch()
    with pytest.raises(UsageError, match="it holds a, b, c and 2 more"):
        write_site(tmp_path, NOW)
