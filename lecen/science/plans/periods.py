"""Periods as plans and data files write them: years such as 2007, or months such as 2007-03."""

import re

from lecen.science.errors import ScienceError

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
WHOLE = re.compile(r"-?\d{1,6}")


def place_of(written: object, name: str) -> int:
    """Give the place of a period on the axis of time: a year as it is, a month as months since year 0.

    Raises `ScienceError`, beginning with `name`, where it is neither.
    """
    text = str(written).strip()
    if WHOLE.fullmatch(text):
        return int(text)
    if month := MONTH.fullmatch(text):
        return int(month[1]) * 12 + int(month[2]) - 1
    raise ScienceError(f"{name} must be a year such as 2007 or a month such as 2007-03, not {text!r}.")


def is_month(written: object) -> bool:
    """Whether a period is written as a month; years and months do not mix in one plan."""
    return MONTH.fullmatch(str(written).strip()) is not None


def written(place: int, *, months: bool) -> str:
    """Write the period at `place` as plans and files do."""
    return f"{place // 12:04d}-{place % 12 + 1:02d}" if months else str(place)
