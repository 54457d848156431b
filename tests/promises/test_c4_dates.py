"""C4: each odd date has one meaning, the same on the page, in its address, in feeds and in the order of posts."""

import json
from datetime import datetime
from unicodedata import normalize

import pytest
from tiny import PLAIN_CONFIG, SiteFolder, post

# Toronto skips 2:00 to 3:00 on March 8, 2026, and shows 1:00 to 2:00 twice on November 1. Its winter is UTC-5.
DATES = {
    "date alone": ("2026-01-31", "2026-01-31T00:00:00-05:00"),
    "minutes": ("2026-01-31 23:30", "2026-01-31T23:30:00-05:00"),
    "seconds": ("2026-01-31T23:30:15", "2026-01-31T23:30:15-05:00"),
    "fraction": ("2026-01-31 23:30:15.999", "2026-01-31T23:30:15-05:00"),
    "UTC": ("2026-01-31T23:30:15Z", "2026-01-31T18:30:15-05:00"),
    "offset of another day": ("2026-02-01 02:00 +09:00", "2026-01-31T12:00:00-05:00"),
    "half an hour": ("2026-01-31 12:00 +05:30", "2026-01-31T01:30:00-05:00"),
    "skipped": ("2026-03-08 02:30", "2026-03-08T03:30:00-04:00"),
    "summer": ("2026-07-01 12:00", "2026-07-01T12:00:00-04:00"),
    "first of two": ("2025-11-02 01:30", "2025-11-02T01:30:00-04:00"),
    "second of two": ("2025-11-02 01:30 -05:00", "2025-11-02T01:30:00-05:00"),
    "leap day": ("2024-02-29", "2024-02-29T00:00:00-05:00"),
    "before zones": ("1890-01-01", "1890-01-01T00:00:00-05:18"),
    "year 2": ("0002-01-01", "0002-01-01T00:00:00-05:18"),
}
IMPOSSIBLE = {
    "hour 24": ("2026-01-31 24:00", "there is no hour 24"),
    "leap second": ("2016-12-31 23:59:60", "there is no second 60"),
    "leap day": ("2026-02-29", "there is no 29 February in 2026"),
    "month 13": ("2026-13-01", "there is no month 13"),
    "year 0": ("0000-01-01", "there is no year 0"),
    "before year 1": ("0001-01-01 00:00 +14:00", "outside the years 1 to 9999"),
    "behind year 9999": ("9999-12-31 23:00", "outside the years 1 to 9999"),
    "offset": ("2026-01-31 12:00 +25:00", "there is no offset"),
    "other digits": ("٢٠٢٦-01-01", "must be a date"),
    "American": ("01/31/2026", "must be a date"),
}
ZONE = 'timezone = "America/Toronto"\n'


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    files = {f"content/posts/{name.replace(' ', '-')}.md": post(name, written) for name, (written, _) in DATES.items()}
    made = SiteFolder(tmp_path_factory.mktemp("dates") / "site", files, PLAIN_CONFIG + ZONE + "[feeds]\nlimit = 100\n")
    made.build()
    return made


@pytest.mark.parametrize("name", DATES)
def test_one_meaning_everywhere(paper, name):
    iso = DATES[name][1]
    page = paper.text(f"/{iso[:4]}/{iso[5:7]}/{name.replace(' ', '-').lower()}.html")
    assert f'datetime="{iso}"' in page
    assert f'"datePublished":"{iso}"' in page.replace(": ", ":")
    items = {item["title"]: item["date_published"] for item in json.loads(paper.text("/feed.json"))["items"]}
    assert items[name] == iso


def test_feeds_are_in_order_of_the_moments(paper):
    items = json.loads(paper.text("/feed.json"))["items"]
    moments = [datetime.fromisoformat(item["date_published"]) for item in items]
    assert moments == sorted(moments, reverse=True)
    assert len(items) == len(DATES)


@pytest.mark.parametrize("name", IMPOSSIBLE)
@pytest.mark.parametrize("key", ["date", "updated", "expires"])
def test_what_is_impossible_is_an_error(site, name, key):
    written, what = IMPOSSIBLE[name]
    told = site({"content/posts/a.md": post("A", **{"date": "2026-01-01"} | {key: written})}, config=ZONE).fails()
    assert f"`{key}`" in told
    assert what in told


def test_equal_dates_are_told_apart_by_id_in_whatever_order_the_files_come(site):
    names = ("b", "A", "é", "e\u0301x", "a-2", "a-10")
    files = {f"content/posts/{name}.md": post(name, "2026-01-01") for name in names}
    papers = [site(files), site(dict(reversed(files.items())))]
    for paper in papers:
        paper.build()
    titles = [item["title"] for item in json.loads(papers[0].text("/feed.json"))["items"]]
    assert titles == sorted(names, key=lambda name: normalize("NFC", name), reverse=True)
    assert papers[0].files == papers[1].files
