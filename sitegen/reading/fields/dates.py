"""Dates as writers write them, and the one rule for each odd one.

- A time without an offset is one of the site's zone. One that the clocks skipped (spring) is moved forward by what they
  skipped; one that came twice (autumn) is the first. A date alone is 00:00, so on a day whose midnight was skipped it
  is the first moment after it.
- The result carries its offset, in whole minutes as RFC 3339 wants them: local mean time of before about 1900 is
  rounded.
- Fractions of a second are dropped. 24:00, second 60, and what has no form within the years 1 to 9999, in UTC and in
  the site's zone, are errors.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

__all__ = ["local_time", "read_end", "read_moment"]

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?P<time>(?:[Tt]|[ \t]+)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"[ \t]*(?P<offset>[Zz]|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?)?",
    re.ASCII,
)
_MINUTE = timedelta(minutes=1)
_OUTSIDE = "lies outside the years 1 to 9999"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def read_moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment that `text` names, with a fixed offset; ValueError says what is wrong with it.

    `text` is `2008-09-27`, `2008-09-27 14:05` or `2008-09-27T14:05:09`, with `Z` or an offset like `-04:00` behind
    the time or without.
    """
    found, clock = _read(text)
    return _at(clock, found, zone)


def read_end(text: str, zone: tzinfo) -> datetime:
    """Return the moment at which something ends: for a date alone the end of that day, which is the next midnight."""
    found, clock = _read(text)
    if found["time"]:
        return _at(clock, found, zone)
    if clock.date() == date.max:
        return datetime.max.replace(microsecond=0, tzinfo=UTC)  # "never": there is no next midnight
    return local_time(clock + timedelta(days=1), zone)


def local_time(clock: datetime, zone: tzinfo) -> datetime:
    """Return the moment at which the clocks of `zone` show `clock`, a time without a zone. Raises ValueError."""
    try:
        # By way of UTC: that moves a time that the clocks skipped to one that they showed.
        moved = clock.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    except OverflowError as error:
        raise ValueError(_OUTSIDE) from error
    offset = moved.utcoffset() or timedelta()
    moment = moved.replace(tzinfo=_in_minutes(offset), fold=0)
    return _shown_in(zone, moment) if offset % _MINUTE else moment  # unless it was rounded, `zone` has just shown it


def _shown_in(zone: tzinfo, moment: datetime) -> datetime:
    """Return `moment` if the clocks of `zone` can show it. Raises ValueError."""
    try:
        moment.astimezone(zone)
    except OverflowError as error:
        raise ValueError(_OUTSIDE) from error
    return moment


@lru_cache(maxsize=64)  # a zone has had few offsets
def _in_minutes(offset: timedelta) -> timezone:
    return timezone(timedelta(minutes=round(offset.total_seconds() / 60)))


def _read(text: str) -> tuple[re.Match[str], datetime]:
    """Return date and time, 00:00 where there is none, and what they were read from."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError("must be a date: such as 2008-09-27, 2008-09-27 14:05 or 2008-09-27T14:05:00-04:00")
    parts = [int(part or 0) for part in found.group(1, 2, 3, "hour", "minute", "second")]
    try:
        return found, datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001  its zone follows
    except ValueError as error:
        raise ValueError(_impossible(*parts)) from error


def _impossible(year: int, month: int, day: int, hour: int, minute: int, second: int) -> str:
    """Return why there is no such date or time."""
    if not year:
        return "is impossible, there is no year 0"
    if not 1 <= month <= 12:
        return f"is impossible, there is no month {month}"
    if not 1 <= day <= monthrange(year, month)[1]:
        return f"is impossible, there is no {day} {_MONTHS[month - 1]} in {year}"
    if hour == 24:
        return "is impossible, there is no hour 24: write 00:00 of the next day"
    if hour > 24 or minute > 59:
        return f"is impossible, there is no {hour:02}:{minute:02}"
    return f"is impossible, there is no second {second}: write 59 for a leap second"


def _at(clock: datetime, found: re.Match[str], zone: tzinfo) -> datetime:
    return _shown_in(zone, local_time(clock, _offset(found))) if found["offset"] else local_time(clock, zone)


def _offset(found: re.Match[str]) -> timezone:
    if found["sign"] is None:
        return UTC
    hours, minutes = int(found["hours"]), int(found["minutes"])
    if hours > 23 or minutes > 59:
        raise ValueError(f"is impossible, there is no offset {found['offset']}")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if found["sign"] == "-" else size)
