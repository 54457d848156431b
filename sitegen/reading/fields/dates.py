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
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

__all__ = ["local_time", "read_end", "read_moment"]

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)"
    r"(?P<time>(?:[Tt]|[ \t]+)(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"[ \t]*(?P<offset>[Zz]|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?)?",
    re.ASCII,
)
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
    found, day = _read(text)
    return _at(day, found, zone) if found["time"] else local_time(datetime(*day.timetuple()[:3]), zone)  # noqa: DTZ001


def read_end(text: str, zone: tzinfo) -> datetime:
    """Return the moment at which something ends: for a date alone the end of that day, which is the next midnight."""
    found, day = _read(text)
    if found["time"]:
        return _at(day, found, zone)
    if day == date.max:
        return datetime.max.replace(microsecond=0, tzinfo=UTC)  # "never": there is no next midnight
    return local_time(datetime(*(day + timedelta(days=1)).timetuple()[:3]), zone)  # noqa: DTZ001


def local_time(clock: datetime, zone: tzinfo) -> datetime:
    """Return the moment at which the clocks of `zone` show `clock`, a time without a zone. Raises ValueError."""
    try:
        # By way of UTC: that moves a time that the clocks skipped to one that they showed.
        moved = clock.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
    except OverflowError as error:
        raise ValueError(_OUTSIDE) from error
    minutes = round((moved.utcoffset() or timedelta()).total_seconds() / 60)
    return _shown_in(zone, moved.replace(tzinfo=timezone(timedelta(minutes=minutes)), fold=0))


def _shown_in(zone: tzinfo, moment: datetime) -> datetime:
    """Return `moment` if the clocks of `zone` can show it. Raises ValueError."""
    try:
        moment.astimezone(zone)
    except OverflowError as error:
        raise ValueError(_OUTSIDE) from error
    return moment


def _read(text: str) -> tuple[re.Match[str], date]:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError("must be a date: such as 2008-09-27, 2008-09-27 14:05 or 2008-09-27T14:05:00-04:00")
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    if not year:
        raise ValueError("is impossible, there is no year 0")
    if not 1 <= month <= 12:
        raise ValueError(f"is impossible, there is no month {month}")
    try:
        return found, date(year, month, day)
    except ValueError as error:
        raise ValueError(f"is impossible, there is no {day} {_MONTHS[month - 1]} in {year}") from error


def _at(day: date, found: re.Match[str], zone: tzinfo) -> datetime:
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if hour == 24:
        raise ValueError("is impossible, there is no hour 24: write 00:00 of the next day")
    if hour > 24 or minute > 59:
        raise ValueError(f"is impossible, there is no {hour:02}:{minute:02}")
    if second > 59:
        raise ValueError(f"is impossible, there is no second {second}: write 59 for a leap second")
    clock = datetime(day.year, day.month, day.day, hour, minute, second)  # noqa: DTZ001  its zone follows
    if not found["offset"]:
        return local_time(clock, zone)
    return _shown_in(zone, local_time(clock, _offset(found)))


def _offset(found: re.Match[str]) -> timezone:
    if found["sign"] is None:
        return UTC
    hours, minutes = int(found["hours"]), int(found["minutes"])
    if hours > 23 or minutes > 59:
        raise ValueError(f"is impossible, there is no offset {found['offset']}")
    size = timedelta(hours=hours, minutes=minutes)
    return timezone(-size if found["sign"] == "-" else size)
