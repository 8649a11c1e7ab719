"""What `response_shares` is given, read and refused: adults, their errors, and the table of counts to protect."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import numpy as np

from lecen.science.arrays import MOST_PEOPLE, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.intervals import normal_quantile

MOST_AREAS = 100_000
MOST_ADULTS = 1e11
MOST_ERROR = 10  # standard errors over the adults: more is a mistake, or leaves nothing to be said
# The two cells that always stand in the protected table; they sort after every area.
ELSEWHERE, UNPLACED = "\U0010fffe elsewhere", "\U0010ffff no area given"


def read_adults(population: Any) -> dict[str, float | None]:
    """Take the population by area, None where not known. Raises `ScienceError` as `response_shares` says."""
    if not isinstance(population, Mapping) or not population:
        raise ScienceError(f"The population must map at least one area to its number of adults.{_way_out(population)}")
    if len(population) > MOST_AREAS:
        raise ScienceError(f"There are {len(population):,} areas; at most {MOST_AREAS:,} can be compared.")
    strange = [area for area in population if not isinstance(area, str) or area in {ELSEWHERE, UNPLACED}]
    if strange:
        raise ScienceError(f"Areas must be names in text; {strange[0]!r} is not.")
    known = {
        area: size
        for area, size in population.items()
        if not (size is None or (isinstance(size, float) and isnan(size)))
    }
    sizes = _numbers(known, "The population")
    return {area: sizes.get(area) for area in population}


def _numbers(table: Mapping[str, Any], said: str) -> dict[str, float]:
    """Take numbers by area, all at once where nothing is wrong with them."""
    if not table:
        return {}
    try:
        together = numbers(list(table.values()), said)
    except ScienceError:
        return {area: _number(value, f"{said} of {area!r}") for area, value in table.items()}
    if together.min() < 0 or together.max() > MOST_ADULTS:
        return {area: _number(value, f"{said} of {area!r}") for area, value in table.items()}
    return dict(zip(table, together.tolist(), strict=True))


def _number(value: Any, name: str) -> float:
    number = float(numbers([value], name)[0])
    if not 0 <= number <= MOST_ADULTS:
        raise ScienceError(f"{name} must lie between 0 and {MOST_ADULTS:.0e}, not {number:g}.")
    return number


def standard_errors(margins: Any, adults: Mapping[str, float | None], level: float, k: int) -> dict[str, float]:
    """Turn margins of error into standard errors, 0 where none is given; those of areas with k adults are bounded."""
    if not isinstance(margins, Mapping):
        raise ScienceError(f"Margins of error must map areas to numbers of adults.{_way_out(margins)}")
    strange = [area for area in margins if area not in adults]
    if strange:
        raise ScienceError(f"A margin of error is given for {strange[0]!r}, which is not among the areas.")
    quantile = normal_quantile(level)
    errors = dict.fromkeys(adults, 0.0)
    for area, margin in _numbers(margins, "The margin of error").items():
        size = adults[area]
        if size is not None and size >= k and margin > MOST_ERROR * size * quantile:
            raise ScienceError(
                f"The margin of error of {area!r} makes a standard error of more than {MOST_ERROR} times its adults: "
                "correct it, or give its adults as None, and the area is not compared."
            )
        errors[area] = margin / max(quantile, np.finfo(float).tiny)
    return errors


def require_room(counts: Mapping[str, int], adults: Mapping[str, float | None], k: int) -> None:
    """Refuse more respondents than adults in an area that is compared. Raises `ScienceError`, which tells no count."""
    for area, size in adults.items():
        if size is not None and size >= k and counts[area] > size:
            raise ScienceError(
                f"More people answered from {area!r} than adults live there. Look at both numbers: correct one, join the "
                "area to a neighbor, or give its adults as None, and it is not compared."
            )


def table_of_counts(respondents: Any, areas: Sequence[str], unplaced: int) -> dict[str, int]:
    """Give the table that is protected: `areas`, those from elsewhere, those of no area."""
    if not isinstance(respondents, Mapping):
        raise ScienceError(f"Respondents must map areas to counts of people.{_way_out(respondents)}")
    strange = [area for area in respondents if not isinstance(area, str)]
    if strange:
        raise ScienceError(f"Areas must be text; {strange[0]!r} is not. Those of no area go into unplaced.")
    counts = {area: whole(count, f"The respondents of {area!r}", least=0) for area, count in respondents.items()}
    none = whole(unplaced, "The unplaced respondents", least=0)
    if sum(counts.values()) + none > MOST_PEOPLE:
        raise ScienceError(f"The respondents must be at most {MOST_PEOPLE:,} in all.")
    placed = {area: counts.get(area, 0) for area in areas}
    elsewhere = sum(counts.values()) - sum(placed.values())
    return {**placed, ELSEWHERE: elsewhere, UNPLACED: none}


def _way_out(given: Any) -> str:
    return " A column of a table becomes that with .to_dict()." if hasattr(given, "to_dict") else ""
