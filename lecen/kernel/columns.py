"""The kinds of columns in tables that people send: each reads one cell or says what is wrong with it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.kernel.errors import Refused
from lecen.kernel.times import check_year, comes_twice, local_datetime, say_day, say_time

# A spreadsheet runs a cell that begins so. Apostrophes before it are how our own exports keep it from doing that.
FORMULA = re.compile(r"^'*[=+\-@\t\r＝＋－＠]")
# A telephone number or a plain number is not a formula.
NUMBER = re.compile(r"^[+\-][\d\s().\-]*$")
DATE_FORMATS = ("%Y-%m-%d", "%m/%d/%Y")  # a spreadsheet in the United States turns the first into the second
TIME_FORMATS = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I %p")


def is_formula(text: str) -> bool:
    return bool(FORMULA.match(text)) and not NUMBER.match(text)


@dataclass(frozen=True)
class TextColumn:
    """Text of at most `max_length` characters. The other kinds build on it: `read` is what they change."""

    name: str
    required: bool = True
    max_length: int = 300

    def read(self, text: str, row: Mapping[str, str]) -> Any:  # noqa: ARG002 - some kinds look at the whole row
        """The value of a cell that is not empty. `row` holds the other cells as written."""
        if text.startswith("'") and FORMULA.match(text):
            text = text[1:]
        elif is_formula(text):
            raise Refused(
                _("A cell may not begin with “%(sign)s”, because a spreadsheet would run it as a formula. Remove it.")
                % {"sign": text[0]}
            )
        if len(text) > self.max_length:
            raise Refused(
                ngettext(
                    "Use at most %(limit)d character; these are %(length)d.",
                    "Use at most %(limit)d characters; these are %(length)d.",
                    self.max_length,
                )
                % {"limit": self.max_length, "length": len(text)}
            )
        return text

    def note(self, value: Any) -> str:  # noqa: ARG002 - most kinds have nothing to say
        """What a person should know about how `value` was understood; empty if nothing."""
        return ""


def _one_of(choices: Iterable[str]) -> str:
    return get_text_list(sorted(choices), _("or"))


@dataclass(frozen=True)
class ChoiceColumn(TextColumn):
    """One of `choices`, whatever its case."""

    choices: Sequence[str] = ()

    def read(self, text: str, row: Mapping[str, str]) -> str:
        wanted = super().read(text, row).casefold()
        for choice in self.choices:
            if choice.casefold() == wanted:
                return choice
        raise Refused(
            _("“%(text)s” is not known here. Write %(choices)s.") % {"text": text, "choices": _one_of(self.choices)}
        )


@dataclass(frozen=True)
class IntegerColumn(TextColumn):
    """A whole number from `minimum` to `maximum`."""

    minimum: int = 0
    maximum: int = 10_000_000

    def read(self, text: str, row: Mapping[str, str]) -> int:  # noqa: ARG002 - as above
        digits = text.replace(",", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,15}", digits):
            raise Refused(_("“%(text)s” is not a whole number.") % {"text": text})
        if not self.minimum <= int(digits) <= self.maximum:
            raise Refused(
                _("Write a number from %(minimum)d to %(maximum)d.")
                % {"minimum": self.minimum, "maximum": self.maximum}
            )
        return int(digits)


def _parsed(text: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - a day or a clock; the zone comes later
        except ValueError:
            continue
    return None


def _read_date(text: str) -> date:
    found = _parsed(text, DATE_FORMATS)
    if found is None:
        raise Refused(_("“%(text)s” is not a date. Write it as 2026-06-30 or 6/30/2026.") % {"text": text})
    return found.date()


def _read_time(text: str) -> time:
    found = _parsed(text.upper().replace(".", ""), TIME_FORMATS)
    if found is None:
        raise Refused(_("“%(text)s” is not a time. Write it as 14:30 or 2:30 PM.") % {"text": text})
    return found.time()


@dataclass(frozen=True)
class DateColumn(TextColumn):
    """A day, as 2026-06-30 or 6/30/2026."""

    def read(self, text: str, row: Mapping[str, str]) -> date:  # noqa: ARG002 - as above
        day = _read_date(text)
        check_year(day)
        return day


@dataclass(frozen=True)
class TimeColumn(TextColumn):
    """A time of day, as 14:30 or 2:30 PM."""

    def read(self, text: str, row: Mapping[str, str]) -> time:  # noqa: ARG002 - as above
        return _read_time(text)


@dataclass(frozen=True)
class LocalDatetimeColumn(TextColumn):
    """A day and a time by the clock in `zone`, or in the zone that the row names in its column `zone_column`."""

    zone: str = ""
    zone_column: str = ""

    def read(self, text: str, row: Mapping[str, str]) -> datetime:
        day, _separator, clock = text.replace("T", " ", 1).partition(" ")
        if not clock:
            raise Refused(_("“%(text)s” needs a day and a time, as 2026-06-30 14:30.") % {"text": text})
        zone = (self.zone_column and row.get(self.zone_column)) or self.zone
        if zone not in available_timezones():
            raise Refused(_("“%(zone)s” is not a time zone. Write one such as America/Chicago.") % {"zone": zone})
        return local_datetime(_read_date(day), _read_time(clock.strip()), ZoneInfo(zone))

    def note(self, value: datetime) -> str:
        if not comes_twice(value):
            return ""
        return _("On %(day)s clocks show %(time)s twice; the first of the two is meant.") % {
            "day": say_day(value),
            "time": say_time(value),
        }


@dataclass(frozen=True)
class LanguagesColumn(TextColumn):
    """Language codes between commas, semicolons or spaces, as `en, es`."""

    languages: Sequence[str] = ("en", "es")

    def read(self, text: str, row: Mapping[str, str]) -> tuple[str, ...]:
        codes = [code for code in re.split(r"[,;/\s]+", super().read(text, row).lower()) if code]
        unknown = [code for code in codes if code not in self.languages]
        if unknown:
            raise Refused(
                _("“%(code)s” is not a language code known here. Write codes such as %(codes)s.")
                % {"code": unknown[0], "codes": _one_of(self.languages)}
            )
        return tuple(dict.fromkeys(codes))
