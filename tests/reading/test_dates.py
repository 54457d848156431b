"""One rule for each odd date (RELIABILITY.md, promise C4)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.values import read_zone
from sitegen.reading.fields import read_end, read_moment

TORONTO = read_zone("America/Toronto")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2008-09-27", "2008-09-27T00:00:00-04:00"),
        ("2008-01-27", "2008-01-27T00:00:00-05:00"),
        ("2008-09-27 14:05", "2008-09-27T14:05:00-04:00"),
        ("2008-09-27 14:05:09", "2008-09-27T14:05:09-04:00"),
        ("2008-09-27T14:05:09", "2008-09-27T14:05:09-04:00"),
        ("  2008-09-27   14:05  ", "2008-09-27T14:05:00-04:00"),
        ("2008-09-27 14:05Z", "2008-09-27T14:05:00+00:00"),
        ("2008-09-27T14:05:09z", "2008-09-27T14:05:09+00:00"),
        ("2008-09-27 14:05 +0530", "2008-09-27T14:05:00+05:30"),
        ("2008-09-27 14:05-03:30", "2008-09-27T14:05:00-03:30"),
        ("2008-09-27T14:05:09.123456+02:00", "2008-09-27T14:05:09+02:00"),
        ("2024-02-29", "2024-02-29T00:00:00-05:00"),
        # Clocks jumped from 2:00 to 3:00: moved forward. From 2:00 back to 1:00: the first 1:30.
        ("2008-03-09 02:30", "2008-03-09T03:30:00-04:00"),
        ("2008-11-02 01:30", "2008-11-02T01:30:00-04:00"),
        # Local mean time was 5:17:32 behind Greenwich; offsets have whole minutes.
        ("1890-01-01", "1890-01-01T00:00:00-05:18"),
        ("0001-01-01", "0001-01-01T00:00:00-05:18"),
        ("9999-12-31", "9999-12-31T00:00:00-05:00"),
    ],
)
def test_moments(text, moment):
    assert read_moment(text, TORONTO).isoformat() == moment


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),  # midnight was skipped
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),  # the whole day was skipped
        ("Europe/London", "2024-10-27 01:30", "2024-10-27T01:30:00+01:00"),
        ("Australia/Lord_Howe", "2024-10-06 02:15", "2024-10-06T02:45:00+11:00"),  # half an hour was skipped
    ],
)
def test_odd_zones(zone, text, moment):
    assert read_moment(text, read_zone(zone)).isoformat() == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2008-09-27", "2008-09-28T00:00:00-04:00"),
        ("2008-12-31", "2009-01-01T00:00:00-05:00"),
        ("2008-03-08", "2008-03-09T00:00:00-05:00"),
        ("2008-09-27 14:05", "2008-09-27T14:05:00-04:00"),
        ("9999-12-31", "9999-12-31T23:59:59+00:00"),
    ],
)
def test_ends(text, moment):
    assert read_end(text, TORONTO).isoformat() == moment


FORM = "must be a date: such as 2008-09-27, 2008-09-27 14:05 or 2008-09-27T14:05:00-04:00"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", FORM),
        ("yesterday", FORM),
        ("27.9.2008", FORM),
        ("2008-9-27", FORM),
        ("2008-09-27 EST", FORM),
        ("2008-09-27 14:05 EST", FORM),
        ("2008-09-27 2pm", FORM),
        ("2008-09-27+02:00", FORM),
        ("٢٠٠٨-٠٩-٢٧", FORM),
        ("0000-01-01", "is impossible, there is no year 0"),
        ("2024-13-01", "is impossible, there is no month 13"),
        ("2024-00-01", "is impossible, there is no month 0"),
        ("2024-02-30", "is impossible, there is no 30 February in 2024"),
        ("2023-02-29", "is impossible, there is no 29 February in 2023"),
        ("2024-09-31", "is impossible, there is no 31 September in 2024"),
        ("2024-09-00", "is impossible, there is no 0 September in 2024"),
        ("2024-09-01 24:00", "is impossible, there is no hour 24: write 00:00 of the next day"),
        ("2024-09-01 25:00", "is impossible, there is no 25:00"),
        ("2024-09-01 12:60", "is impossible, there is no 12:60"),
        ("2016-12-31 23:59:60", "is impossible, there is no second 60: write 59 for a leap second"),
        ("2024-09-01 12:00+24:00", "is impossible, there is no offset +24:00"),
        ("2024-09-01 12:00+02:60", "is impossible, there is no offset +02:60"),
        ("0001-01-01 00:00+01:00", "lies outside the years 1 to 9999"),
        ("9999-12-31 23:00-02:00", "lies outside the years 1 to 9999"),
    ],
)
def test_no_dates(text, message):
    for read in (read_moment, read_end):
        with pytest.raises(ValueError, match=r".") as caught:
            read(text, TORONTO)
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "zone"), [("9999-12-31 23:00Z", "Pacific/Kiritimati"), ("0001-01-01 04:00Z", "America/Toronto"),
                       ("0001-01-01", "Pacific/Kiritimati")],
)  # fmt: skip
def test_what_the_zone_of_the_site_cannot_show_is_no_date(text, zone):
    with pytest.raises(ValueError, match="lies outside the years 1 to 9999"):
        read_moment(text, read_zone(zone))


zones = st.sampled_from(
    ["UTC", "America/Toronto", "Pacific/Apia", "Asia/Kathmandu", "Africa/Monrovia", "Europe/Dublin"]
)


@given(st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31)), zones)  # noqa: DTZ001
def test_what_is_read_is_what_was_written(clock, zone):
    """Law: a local time is kept, but for those that the clocks skipped, which go forward by a day at most."""
    moment = read_moment(clock.isoformat(sep=" "), read_zone(zone))
    moved = moment.replace(tzinfo=None) - clock.replace(microsecond=0)
    assert 0 <= moved.total_seconds() <= 86_400
    assert moment.tzname()
    assert read_moment(moment.isoformat(), UTC) == moment
    if moved:
        assert moment.astimezone(UTC).astimezone(read_zone(zone)).replace(tzinfo=None) == moment.replace(tzinfo=None)
