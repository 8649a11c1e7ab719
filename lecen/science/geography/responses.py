"""Response by area: how many answered of how many adults, beside what is expected had all areas answered alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from lecen.science.geography.chance import beyond_chance, chance_of_so_few
from lecen.science.geography.inequality import Counts, Inequality, fit_inequality, shrunk
from lecen.science.geography.reading import (
    ELSEWHERE,
    UNPLACED,
    read_adults,
    require_room,
    standard_errors,
    table_of_counts,
)
from lecen.science.geography.telling import Told, ToldCounts, tell
from lecen.science.inputs import fraction, whole
from lecen.science.intervals import Interval, normal_quantile

PER = 1000
ACS_LEVEL = 0.9  # at which the American Community Survey publishes its margins of error


@dataclass(frozen=True)
class AreaResponse:
    """One area. Figures that a withheld count stands behind are None; so are those that need adults where they are not
    known, and all where they are fewer than k.

    `respondents` people answered of `population` adults, `per_thousand` adults with its `interval`. `expected` would
    have answered had all areas answered alike, `ratio` is respondents over that. `shrunk_per_thousand` is drawn toward
    the average, the more the smaller the area (empirical Bayes). `unheard`: fewer answered than chance explains; of an
    area told to be below k it is said only where k-1 people would be too few as well.
    """

    area: str
    population: float | None
    told: Told
    respondents: int | None
    expected: float | None
    per_thousand: float | None
    interval: Interval | None
    ratio: float | None
    ratio_interval: Interval | None
    shrunk_per_thousand: float | None
    unheard: bool


@dataclass(frozen=True)
class Silent:
    """All areas together of which no count is shown: how many, their adults, what was expected, and at most how many
    answered (those from elsewhere and from no area known are in it where their number is withheld too).
    """

    areas: int
    population: float
    expected: float
    at_most: int


@dataclass(frozen=True)
class ResponseShares:
    """Response by area, safe to show: made of what `telling.tell` gives and of the population alone.

    `n` counts all respondents, None below k; then nothing else is told. `elsewhere` answered from areas not in the
    list, `unplaced` gave no area; None where withheld. `per_thousand` is the rate overall. `unheard` names areas, most
    expected respondents first. `inequality` is None for too few areas.
    """

    areas: tuple[AreaResponse, ...]
    n: int | None
    elsewhere: int | None
    unplaced: int | None
    per_thousand: float | None
    silent: Silent | None
    unheard: tuple[str, ...]
    inequality: Inequality | None
    k: int
    error_rate: float


def response_shares(
    respondents: Mapping[str, int],
    population: Mapping[str, float | None],
    *,
    unplaced: int = 0,
    population_margins: Mapping[str, float] | None = None,
    margin_level: float = ACS_LEVEL,
    error_rate: float = 0.05,
    level: float = 0.95,
    k: int = DEFAULT_K,
) -> ResponseShares:
    """Compare who answered with who lives where, and find the areas that are heard less than chance explains.

    Parameters
    ----------
    respondents : mapping of area to count
        People who answered; an area left out counts as 0. Those of areas that `population` does not list are
        "elsewhere".
    population : mapping of area to number
        Adults who live there; None or NaN where not known. List every area that could have answered. An area of fewer
        than k adults is not compared, and its respondents count as from elsewhere: that they can only be few is known
        to everyone, and would help to work out others.
    unplaced : int
        Respondents whose area is not known.
    population_margins : mapping of area to number, optional
        Margins of error of the population, in adults; an area left out counts as exact.
    margin_level : float
        The level of those margins; 0.9 for the American Community Survey.
    error_rate : float
        Of the areas called unheard, at most this share is called so wrongly, on average.
    level : float
        Of the intervals, between 0 and 1.
    k : int
        Smallest count of people that may be shown; at least 2.

    Returns
    -------
    ResponseShares

    Raises
    ------
    ScienceError
        No area with k adults, an area that is not text, a count or population that is negative, too large or not a
        number, more respondents than adults in an area, a margin for an area that is not listed or far above its adults,
        or levels outside 0 to 1.

    Notes
    -----
    Intervals take counts as binomial, the population's error as normal, on the scale of logarithms. Those of the ratio
    take the overall rate as known. What is expected rests on the respondents of listed areas; where the number from
    elsewhere, of no area, or of an area whose adults are not known is withheld, they are taken as of listed areas, which makes
    expected counts a little too high.

    """
    k, wrong = whole(k, "k", least=2), fraction(error_rate, "The error rate")
    fraction(level, "The level")
    adults = read_adults(population)
    errors = standard_errors(population_margins or {}, adults, margin_level, k)
    compared = [area for area, size in adults.items() if size is None or size >= k]
    counts = table_of_counts(respondents, compared, unplaced)
    require_room(counts, adults, k)
    told = tell(counts, k)
    lived = [area for area, size in adults.items() if size is not None and size >= k]
    if not lived:
        raise ScienceError(f"No area has a known number of adults of at least {k}.")
    if told.n is None or not told.shown:
        return _nothing(adults, told, k, wrong)
    sizes, spread = np.array([adults[area] for area in lived]), np.array([errors[area] for area in lived])
    n = told.n - sum(count for area, count in told.shown.items() if adults.get(area) is None)
    known = Counts(
        counts=np.array([told.shown.get(area, np.nan) for area in lived], dtype=float),
        fewer=np.array([told.told[area] is Told.FEWER for area in lived]),
        expected=n * sizes / sizes.sum(),
        k=k,
    )
    most = np.where(known.fewer, k - 1, known.counts)
    unheard = beyond_chance(chance_of_so_few(most, n, sizes, spread), wrong)
    inequality = fit_inequality(known, level)
    rates = np.full(len(lived), np.nan) if inequality is None else shrunk(known, inequality)
    rate = float(n / sizes.sum())
    places = [
        _Place(*values)
        for values in zip(
            lived,
            sizes.tolist(),
            known.expected.tolist(),
            _log_half_widths(known.counts, sizes, spread, level).tolist(),
            rates.tolist(),
            unheard.tolist(),
            strict=True,
        )
    ]
    found = {place.area: _area(place, told, rate) for place in places}
    silenced = sorted((place for place in places if place.unheard), key=lambda place: (-place.expected, place.area))
    return ResponseShares(
        areas=tuple(found.get(area) or _uncompared(area, adults[area], told) for area in adults),
        n=told.n,
        elsewhere=told.shown.get(ELSEWHERE),
        unplaced=told.shown.get(UNPLACED),
        per_thousand=PER * rate,
        silent=_silent(told, known, sizes),
        unheard=tuple(place.area for place in silenced),
        inequality=inequality,
        k=k,
        error_rate=wrong,
    )


def _log_half_widths(counts: Numbers, sizes: Numbers, errors: Numbers, level: float) -> Numbers:
    """Give half the interval of the logarithm of a rate; NaN where the count is not shown."""
    chance = np.maximum(1 - counts / sizes, 0) / counts
    half: Numbers = normal_quantile(level) * np.sqrt(chance + (errors / sizes) ** 2)
    return half


@dataclass(frozen=True)
class _Place:
    """What is known of one area with adults, relative to the rate overall where a rate is meant."""

    area: str
    population: float
    expected: float
    half: float
    shrunk: float
    unheard: bool


def _area(place: _Place, told: ToldCounts, rate: float) -> AreaResponse:
    """Put one area's figures together, at the `rate` overall."""
    count = told.shown.get(place.area)
    ratio = None if count is None else count / place.expected
    return AreaResponse(
        area=place.area,
        population=place.population,
        told=told.told[place.area],
        respondents=count,
        expected=place.expected,
        per_thousand=None if ratio is None else PER * rate * ratio,
        interval=None if ratio is None else _around(PER * rate * ratio, place.half),
        ratio=ratio,
        ratio_interval=None if ratio is None else _around(ratio, place.half),
        shrunk_per_thousand=None if isnan(place.shrunk) else PER * rate * place.shrunk,
        unheard=place.unheard,
    )


def _around(value: float, half: float) -> Interval:
    return Interval(float(value * np.exp(-half)), float(value * np.exp(half)))


def _uncompared(area: str, size: float | None, told: ToldCounts) -> AreaResponse:
    """Give an area that cannot be compared: no rate, nothing expected."""
    return AreaResponse(
        area,
        size,
        told.told.get(area, Told.WITHHELD),
        told.shown.get(area),
        None,
        None,
        None,
        None,
        None,
        None,
        unheard=False,
    )


def _silent(told: ToldCounts, known: Counts, sizes: Numbers) -> Silent | None:
    hidden = np.isnan(known.counts)
    if not hidden.any():
        return None
    left = (told.n or 0) - sum(told.shown.values())
    return Silent(int(hidden.sum()), float(sizes[hidden].sum()), float(known.expected[hidden].sum()), left)


def _nothing(adults: Mapping[str, float | None], told: ToldCounts, k: int, error_rate: float) -> ResponseShares:
    """Give the answer where no area's count may be shown."""
    areas = tuple(_uncompared(area, size, told) for area, size in adults.items())
    return ResponseShares(areas, told.n, None, None, None, None, (), None, k, error_rate)
