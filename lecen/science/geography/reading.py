"""What `response_shares` is given, read and refused: adults, their errors, and the table of counts to protect."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from lecen.science.arrays import numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.intervals import normal_quantile

MOST_AREAS = 100_000
MOST_ADULTS = 1e11
# The two cells that always stand in the protected table; they sort after every area.
ELSEWHERE, UNPLACED = "\U0010fffe elsewhere", "\U0010ffff no area given"


def read_adults(population: Any) -> dict[str, float | None]:
    """Take the population by area, None where not known. Raises `ScienceError` as `response_shares` says."""
    if not isinstance(population, Mapping) or not population:
        raise ScienceError("The population must map at least one area to its number of adults.")
    if len(population) > MOST_AREAS:
        raise ScienceError(f"There are {len(population):,} areas; at most {MOST_AREAS:,} can be compared.")
    strange = [area for area in population if not isinstance(area, str) or area in {ELSEWHERE, UNPLACED}]
    if strange:
        raise ScienceError(f"Areas must be names in text; {strange[0]!r} is not.")
    adults: dict[str, float | None] = {}
    for area, size in population.items():
        missing = size is None or (isinstance(size, float) and isnan(size))
        adults[area] = None if missing else _number(size, f"The population of {area!r}")
    return adults


def _number(value: Any, name: str) -> float:
    number = float(numbers([value], name)[0])
    if not 0 <= number <= MOST_ADULTS:
        raise ScienceError(f"{name} must lie between 0 and {MOST_ADULTS:.0e}, not {number:g}.")
    return number


def standard_errors(margins: Any, adults: Mapping[str, float | None], level: float) -> dict[str, float]:
    """Turn margins of error into standard errors, 0 where none is given."""
    if not isinstance(margins, Mapping):
        raise ScienceError("Margins of error must map areas to numbers of adults.")
    strange = [area for area in margins if area not in adults]
    if strange:
        raise ScienceError(f"A margin of error is given for {strange[0]!r}, which is not among the areas.")
    quantile = normal_quantile(level)
    return {area: _number(margins.get(area, 0), f"The margin of error of {area!r}") / quantile for area in adults}


def table_of_counts(respondents: Any, areas: Sequence[str], unplaced: int) -> dict[str, int]:
    """Give the table that is protected: `areas`, those from elsewhere, those of no area."""
    if not isinstance(respondents, Mapping):
        raise ScienceError("Respondents must map areas to counts of people.")
    strange = [area for area in respondents if not isinstance(area, str)]
    if strange:
        raise ScienceError(f"Areas must be text; {strange[0]!r} is not. Those of no area go into unplaced.")
    counts = {area: whole(count, f"The respondents of {area!r}", least=0) for area, count in respondents.items()}
    placed = {area: counts.get(area, 0) for area in areas}
    elsewhere = sum(counts.values()) - sum(placed.values())
    return {**placed, ELSEWHERE: elsewhere, UNPLACED: whole(unplaced, "The unplaced respondents", least=0)}
