"""Dates in the site's zone and language, and the page that each leads to."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sitegen.config import Permalinks
from sitegen.errors import ConfigError, ExitCode, SitegenError
from sitegen.planning.dates import Calendar, date_names, direction_of, number_text, plural_of

DAY = date(2008, 9, 27)
TORONTO = ZoneInfo("America/Toronto")


@pytest.mark.parametrize(
    ("language", "full", "medium", "month"),
    [
        ("en", "Saturday, September 27, 2008", "Sep 27, 2008", "September"),
        ("en-GB", "Saturday, 27 September 2008", "27 Sep 2008", "September"),
        ("de", "Samstag, 27. September 2008", "27.09.2008", "September"),
        ("fr", "samedi 27 septembre 2008", "27 sept. 2008", "septembre"),
    ],
)
def test_how_a_language_writes_dates(language, full, medium, month):
    names = date_names(language)
    assert (names.full(DAY), names.medium(DAY), names.month(DAY)) == (full, medium, month)


def test_an_unknown_language_is_an_error_that_says_so():
    with pytest.raises(ConfigError, match="not a language whose dates are known"):
        date_names("qqq")


def test_plural_forms_and_direction():
    assert [plural_of("en")(n) for n in (0, 1, 2)] == ["other", "one", "other"]
    assert [plural_of("ar")(n) for n in (0, 1, 2, 5)] == ["zero", "one", "two", "few"]


def test_large_numbers_are_grouped_as_in_their_language():
    shown = [number_text(1234567, language) for language in ("en", "en-GB", "de", "fr", "es")]
    assert shown == ["1,234,567", "1,234,567", "1.234.567", "1\u202f234\u202f567", "1.234.567"]
    assert {number_text(999, language) for language in ("en", "de", "ar")} == {"999"}
    assert [direction_of(tag) for tag in ("en", "ar", "he-IL")] == ["ltr", "rtl", "rtl"]


def calendar(*moments):
    return Calendar.of(moments, TORONTO, date_names("en"), lambda url: "/base" + url if url else url, Permalinks())


def test_a_date_leads_to_its_day_with_two_posts_else_to_its_month():
    one, two, alone = (datetime(2026, 1, day, hour, tzinfo=UTC) for day, hour in ((5, 15), (5, 20), (9, 15)))
    dates = calendar(one, two, alone)
    assert dates.view(one).url == "/base/2026/01/05/"
    assert dates.view(alone).url == "/base/2026/01/"
    assert dates.view(datetime(2020, 1, 1, tzinfo=UTC)).url == ""


def test_the_day_is_that_of_the_site_whatever_offset_was_written():
    moment = datetime(2026, 1, 6, 3, tzinfo=timezone(timedelta(hours=2)))
    view = calendar(moment).view(moment)
    assert (view.day, view.full) == ("2026-01-05", "Monday, January 5, 2026")
    assert view.iso == "2026-01-05T20:00:00-05:00"


def test_offsets_of_local_mean_time_are_whole_minutes():
    """RFC 3339 section 5.6 knows no seconds in an offset; Toronto's was -05:17:32 before 1895."""
    moment = datetime(1880, 1, 1, 12, tzinfo=UTC)
    assert calendar(moment).view(moment).iso == "1880-01-01T06:42:00-05:18"


def test_another_language_without_the_extra_is_an_error_that_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "babel", None)
    with pytest.raises(SitegenError) as caught:
        date_names("de")
    assert 'the extra "i18n"' in str(caught.value)
    assert 'pip install "sitegen[i18n]"' in str(caught.value)
    assert caught.value.exit_code is ExitCode.ENVIRONMENT
