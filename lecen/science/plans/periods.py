"""Periods as plans and data files write them: years such as 2007, or months such as 2007-03."""

import re
from datetime import date

from lecen.science.errors import ScienceError

MONTH = re.compile(r"(?!0000)([0-9]{4})-(0[1-9]|1[0-2])")
WHOLE = re.compile(r"(-?[0-9]{1,6})(\.0+)?")  # some programs write years as 2007.0


def place_of(written: object, name: str) -> int:
    """Give the place of a period on the axis of time: a year as it is, a month as months since year 0.

    Raises `ScienceError`, beginning with `name`, where it is neither.
    """
    text = str(written).strip()
    if whole := WHOLE.fullmatch(text):
        return int(whole[1])
    if month := MONTH.fullmatch(text):
        return int(month[1]) * 12 + int(month[2]) - 1
    raise ScienceError(f"{name} must be a year such as 2007 or a month such as 2007-03, not {text!r}.")


def is_month(written: object) -> bool:
    """Whether a period is written as a month; years and months do not mix in one plan."""
    return MONTH.fullmatch(str(written).strip()) is not None


def written(place: int, *, months: bool) -> str:
    """Write the period at `place` as plans and files do."""
    return f"{place // 12:04d}-{place % 12 + 1:02d}" if months else str(place)


def label_of(place: int, *, months: bool) -> int | date:
    """Give the period at `place` as methods take it: a year as a whole number, a month as its first day."""
    return date(place // 12, place % 12 + 1, 1) if months else place


def period_of(written_period: object) -> int | date:
    """Give a period written in a plan as methods take it. Raises `ScienceError` where it is none."""
    return label_of(place_of(written_period, "A period"), months=is_month(written_period))
