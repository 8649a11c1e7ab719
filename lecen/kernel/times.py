"""Times as people set and say them: by the clock on the wall of a place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lecen.kernel.errors import Refused

YEARS = range(1900, 2200)  # what people here mean; near the ends of the calendar, other zones and weeks have no date
LONGEST_GAP = timedelta(days=1)  # Samoa left out a whole day in 2011
LOCALES = {"en": "en_US", "es": "es_US"}
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\xa0"


def check_year(day: date) -> None:
    """Refuse a day that nobody here means, such as one with a year mistyped."""
    if day.year not in YEARS:
        raise Refused(
            _("Choose a day between the years %(first)s and %(last)s.")
            % {"first": str(YEARS[0]), "last": str(YEARS[-1])},
            field="day",
        )


def local_datetime(day: date, clock: time, zone: str | ZoneInfo) -> datetime:
    """The moment at which clocks in `zone` show `clock` on `day`; the first one where an hour comes twice.

    Refused, saying why, where clocks skip over that time or nobody means that year.
    """
    check_year(day)
    place = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)
    moment = datetime.combine(day, clock, tzinfo=place)
    if moment.astimezone(UTC).astimezone(place).replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Refused(_skipped(moment, place), field="time")
    return moment


def comes_twice(moment: datetime) -> bool:
    """Whether clocks at the place of `moment` show its time twice, because they are set back."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _skipped(moment: datetime, place: ZoneInfo) -> str:
    last, first = _gap(moment, place)
    return _(
        "On %(day)s clocks in %(zone)s skip from %(last)s to %(first)s, so %(time)s does not exist. "
        "Choose another time."
    ) % {
        "day": say_day(last),
        "zone": str(place.key).replace("_", " "),
        "last": say_time(last),
        "first": say_time(first),
        "time": say_time(moment),
    }


def _gap(moment: datetime, place: ZoneInfo) -> tuple[datetime, datetime]:
    """What clocks show when the skip begins, and what they show when it has ended."""
    middle = moment.astimezone(UTC)
    early, late = middle - LONGEST_GAP, middle + LONGEST_GAP
    before = early.astimezone(place).utcoffset()
    while late - early > timedelta(seconds=1):
        half = early + (late - early) / 2
        early, late = (half, late) if half.astimezone(place).utcoffset() == before else (early, half)
    change = (late + timedelta(milliseconds=500)).replace(microsecond=0)
    return (change.replace(tzinfo=None) + (before or timedelta()), change.astimezone(place).replace(tzinfo=None))


def _locale(language: str | None) -> str:
    return LOCALES.get((language or get_language() or "en").partition("-")[0], "en_US")


def say_time(moment: datetime, language: str | None = None) -> str:
    """`10:00 a.m.`, by the clock of the zone that `moment` carries."""
    said = format_time(moment.time(), "short", locale=_locale(language))
    return said.replace(NARROW_SPACE, " ").replace(NO_BREAK_SPACE, " ").replace("AM", "a.m.").replace("PM", "p.m.")


def say_day(day: date, language: str | None = None) -> str:
    """`June 6, 2026` or `6 de junio de 2026`; of a moment, its day by the clock of the zone that it carries."""
    return format_date(day, "long", locale=_locale(language))


def say_weekday(moment: datetime, language: str | None = None) -> str:
    """`Saturday, June 6, 2026` or `sábado, 6 de junio de 2026`."""
    return format_date(moment.date(), "full", locale=_locale(language))


def say_when(start: datetime, end: datetime | None, zone: str | ZoneInfo, language: str | None = None) -> str:
    """`Saturday, June 6, 2026, 10:00 a.m.–12:00 p.m. CDT`; over midnight, both days are named."""
    place = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)
    begins = start.astimezone(place)
    said = f"{say_weekday(begins, language)}, {say_time(begins, language)}"
    if end is None:
        return f"{said} {begins.tzname()}"
    ends = end.astimezone(place)
    # Both abbreviations where the clocks change in between, or the length of the event would look wrong.
    zone_at_start = "" if begins.tzname() == ends.tzname() else f" {begins.tzname()}"
    if begins.date() == ends.date():
        dash = " – " if zone_at_start else "–"
        return f"{said}{zone_at_start}{dash}{say_time(ends, language)} {ends.tzname()}"
    return f"{said}{zone_at_start} – {say_weekday(ends, language)}, {say_time(ends, language)} {ends.tzname()}"


def say_zone(zone: str | ZoneInfo, language: str | None = None) -> str:
    """`Central Time` or `hora central`, whatever the season."""
    place = zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)
    return get_timezone_name(place, locale=_locale(language))
