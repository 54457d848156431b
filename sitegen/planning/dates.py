"""Dates as pages show them: in the site's zone and language, each with the page it leads to."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from sitegen.config import Permalinks
from sitegen.errors import ConfigError, SitegenError
from sitegen.planning.once import Once, once
from sitegen.planning.permalinks import day_values, expand
from sitegen.records import dataclass
from sitegen.view import DateView

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "Calendar",
    "DateNames",
    "MakeCalendar",
    "date_names",
    "direction_of",
    "number_text",
    "plural_forms",
    "plural_of",
]

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MINUTE = timedelta(minutes=1)
# Languages written from right to left, by their ISO 639 codes.
_GROUPED = 1000
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
# English of these regions puts the month first (CLDR); all others put the day first.
_MONTH_FIRST = frozenset({"en", "en-us", "en-ca", "en-ph"})


@dataclass(frozen=True, slots=True)
class DateNames:
    """How a language writes dates."""

    full: Callable[[date], str]
    """`Saturday, September 27, 2008`."""
    medium: Callable[[date], str]
    """`Sep 27, 2008`."""
    month: Callable[[date], str]
    """`September`."""
    month_year: Callable[[date], str]
    """`September 2008`."""


def date_names(language: str) -> DateNames:
    """Return the date formats of `language`, a BCP 47 tag.

    English needs nothing; every other language needs Babel, the extra `i18n`. Raises SitegenError without it,
    ConfigError when Babel does not know the language.
    """
    if language.lower().split("-")[0] == "en":
        return _english(month_first=language.lower() in _MONTH_FIRST)
    locale = _babel_locale(language)
    from babel.dates import format_date, format_skeleton

    return DateNames(
        full=lambda day: format_date(day, "full", locale=locale),
        medium=lambda day: format_date(day, "medium", locale=locale),
        month=lambda day: format_date(day, "LLLL", locale=locale),
        month_year=lambda day: format_skeleton("yMMMM", day, locale=locale),
    )


def plural_of(language: str) -> Callable[[int], str]:
    """Return the function from a number to its plural category (`one`, `few`, `other`, ...) in `language`."""
    if language.lower().split("-")[0] == "en":
        return lambda number: "one" if number == 1 else "other"
    rule: Callable[[int], str] = _babel_locale(language).plural_form
    return rule


def number_text(number: int, language: str) -> str:
    """Return a number as `language` writes it, its digits in groups: `1,234`, `1.234`. Raises like `date_names`."""
    if number < _GROUPED:
        return str(number)  # the same in all languages of which we have words
    if language.lower().split("-")[0] == "en":
        return f"{number:,}"
    locale = _babel_locale(language)
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale=locale))


def plural_forms(language: str) -> tuple[str, ...]:
    """Return the plural categories (CLDR) of `language`. Raises like `date_names`."""
    if language.lower().split("-")[0] == "en":
        return ("one", "other")
    return (*sorted(_babel_locale(language).plural_form.tags), "other")


@lru_cache(maxsize=64)  # a site has few languages
def direction_of(language: str) -> Literal["ltr", "rtl"]:
    """Return `rtl` or `ltr`."""
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _english(*, month_first: bool) -> DateNames:
    def full(day: date) -> str:
        weekday, month = _WEEKDAYS[day.weekday()], _MONTHS[day.month - 1]
        rest = f"{month} {day.day}, {day.year}" if month_first else f"{day.day} {month} {day.year}"
        return f"{weekday}, {rest}"

    def medium(day: date) -> str:
        month = _MONTHS[day.month - 1][:3]
        return f"{month} {day.day}, {day.year}" if month_first else f"{day.day} {month} {day.year}"

    return DateNames(
        full, medium, lambda day: _MONTHS[day.month - 1], lambda day: f"{_MONTHS[day.month - 1]} {day.year}"
    )


def _babel_locale(language: str) -> "Locale":
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError as error:
        raise SitegenError.of(
            f'language = "{language}" needs the dates of that language, which the extra "i18n" brings',
            hint='install it: pip install "sitegen[i18n]"',
        ) from error
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ConfigError.of(
            f'language = "{language}" is not a language whose dates are known',
            hint="write a language tag such as en, en-GB, de or pt-BR",
        ) from error


_ShownDay = tuple[str, str, str, str, int]
"""All fields of a `DateView` behind the first."""


@dataclass(frozen=True)
class Calendar:
    """All dates of one plan: which day and month have a page, and every moment as a view."""

    zone: tzinfo
    names: DateNames
    link: Callable[[str], str]
    """From a path of the site to what `href` says."""
    patterns: Permalinks
    days: Counter[date]
    """Listed posts per day."""

    @classmethod
    def of(
        cls,
        moments: Collection[datetime],
        zone: tzinfo,
        names: DateNames,
        link: Callable[[str], str],
        patterns: Permalinks,
    ) -> "Calendar":
        """Return the calendar of the listed posts' dates."""
        calendar = cls(zone, names, link, patterns, Counter())
        calendar.days.update(map(calendar.day, moments))
        return calendar

    def day(self, moment: datetime) -> date:
        """Return the day of `moment` in the site's zone."""
        return self._local_days[moment]

    @cached_property
    def _local_days(self) -> Once[datetime, date]:
        zone = self.zone
        return Once(lambda moment: moment.astimezone(zone).date())

    def view(self, moment: datetime) -> DateView:
        """Return `moment` as templates see it. Equal moments give the same object."""
        found = self._views.get(moment)
        if found is None:
            found = self._views[moment] = self._view(moment)
        return found

    def day_url(self, day: date) -> str:
        """Return the path of the day's page when it has two posts or more, else of its month's, else nothing."""
        if self.days[day] > 1:
            return self._day_urls[day]
        return self.month_url(day) if (day.year, day.month) in self._months else ""

    def month_url(self, day: date) -> str:
        """Return the path of the month's page."""
        return self._month_urls[day.year, day.month]

    @cached_property
    def _day_urls(self) -> Once[date, str]:
        pattern = self.patterns.day
        return Once(lambda day: expand(pattern, day_values(day)))

    @cached_property
    def _month_urls(self) -> Once[tuple[int, int], str]:
        pattern = self.patterns.month
        return Once(lambda month: expand(pattern, day_values(date(*month, 1))))

    def year_url(self, day: date) -> str:
        """Return the path of the year's page."""
        return expand(self.patterns.year, day_values(day))

    @property
    def archive_url(self) -> str:
        """The path of the archive of all years."""
        return expand(self.patterns.archive, {})

    @cached_property
    def _months(self) -> set[tuple[int, int]]:
        return {(day.year, day.month) for day in self.days}

    @cached_property
    def _views(self) -> dict[datetime, DateView]:
        return {}

    @cached_property
    def _shown_days(self) -> dict[date, _ShownDay]:
        return {}

    def _view(self, moment: datetime) -> DateView:
        local = _in_whole_minutes(moment.astimezone(self.zone))
        day = local.date()
        shown = once(self._shown_days, day, lambda: self._shown_day(day))
        return DateView(local.isoformat(timespec="seconds"), *shown)

    def _shown_day(self, day: date) -> _ShownDay:
        return day.isoformat(), self.names.full(day), self.names.medium(day), self.link(self.day_url(day)), day.year


def _in_whole_minutes(moment: datetime) -> datetime:
    """Return the same moment with an offset of whole minutes, which is all that RFC 3339 section 5.6 can write.

    Local mean time, before zones, had seconds: Toronto's was -05:17:32 until 1895.
    """
    offset = moment.utcoffset() or timedelta()
    if not offset % _MINUTE:
        return moment
    return moment.astimezone(timezone(timedelta(minutes=round(offset.total_seconds() / 60))))


MakeCalendar = Callable[[Collection[datetime], tzinfo, DateNames, Callable[[str], str], Permalinks], Calendar]
"""Returns the calendar of the listed posts' dates: `Calendar.of`, or the same with a memory."""
