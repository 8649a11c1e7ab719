"""Statistics of single items: who answered, how, and whether the item goes with the others."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.disclosure import DEFAULT_K, Cell, protect
from lecen.science.disclosure.moments import MOST_VALUES, deviation_tells, leave_open, nearly_unanimous
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.scales.answers import FEWEST_ITEMS, Scale, described_rows, few_answers, oriented, told
from lecen.science.scales.reliability import alpha_of

NOISE = 1e-9  # of the scale's range; reversing a fraction may change its last digit


@dataclass(frozen=True)
class ItemStatistics:
    """One item after reversal; units of the scale. None stands for what is withheld or cannot be computed.

    Figures rest on `answered` people; `missing_share` of all people are not among them. `floor_share` and `ceiling_share` of those who answered
    chose the lowest and the highest answer. `rest_correlation` is that with the mean of the other items, and
    `alpha_without` the alpha of the other items, both among people who answered every item.
    """

    name: str
    reversed: bool
    answered: int
    missing_share: float | None
    mean: float | None
    standard_deviation: float | None
    floor_share: float | None
    ceiling_share: float | None
    rest_correlation: float | None
    alpha_without: float | None


@dataclass(frozen=True)
class ItemReport:
    """The items of a scale in their order, `people` asked, and how many of them answered every item.

    `people` and all missing shares are None where fewer than k people did not answer one of the items, `complete` where
    it is below k itself.
    """

    items: tuple[ItemStatistics, ...]
    people: int | None
    complete: int | None
    cautions: tuple[str, ...]


def describe_items(answers: Any, scale: Scale, *, k: int = DEFAULT_K) -> ItemReport:
    """Describe every item of a scale, from answers people by items with NaN for none, under the small-number rule.

    Floor and ceiling shares are shown where `disclosure.protect` shows the counts. The mean is shown where it leaves
    every count of fewer than k people open (`disclosure.moments`), if need be in place of these shares; the standard
    deviation of an item of up to 11 answers only where k people or more gave each. People who answered some items only
    are left out where they are fewer than k (see `described_rows`). Raises `ScienceError` where an item was answered by fewer than k people.
    """
    k = whole(k, "k", least=2)
    turned = oriented(answers, scale)
    rows = described_rows(turned, k)
    for name, column in zip(scale.names, rows.T, strict=True):
        if int((~np.isnan(column)).sum()) < k:
            raise ScienceError(f"Item {name!r} was answered by fewer than {k} people who can be described.")
    complete = rows[~np.isnan(rows).any(axis=1)]
    fewest_missing = len(turned) - int((~np.isnan(rows)).sum(axis=0).max())
    people = None if told(fewest_missing, k) is None else len(turned)
    items = tuple(
        _describe(place, rows, complete, scale=scale, k=k, people=people) for place in range(len(scale.names))
    )
    cautions = few_answers(len(complete)) if len(complete) >= k else ()
    return ItemReport(items, people, told(len(complete), k), cautions + _against(items))


def _describe(
    place: int, rows: Numbers, complete: Numbers, *, scale: Scale, k: int, people: int | None
) -> ItemStatistics:
    column = rows[:, place]
    given = column[~np.isnan(column)]
    shown = _shown(given, scale, k)
    return ItemStatistics(
        name=scale.names[place],
        reversed=scale.names[place] in scale.reverse,
        answered=len(given),
        missing_share=None if people is None else 1 - len(given) / people,
        mean=float(given.mean()) if shown.mean else None,
        standard_deviation=float(given.std(ddof=1)) if shown.deviation else None,
        floor_share=shown.floor,
        ceiling_share=shown.ceiling,
        rest_correlation=_rest_correlation(complete, place) if len(complete) >= k else None,
        alpha_without=_alpha_without(complete, place) if len(complete) >= k else None,
    )


@dataclass(frozen=True)
class _Shown:
    mean: bool
    deviation: bool
    floor: float | None
    ceiling: float | None


def _shown(given: Numbers, scale: Scale, k: int) -> _Shown:
    """Decide what may be told of an item: the mean beside the shares at the ends, or else alone, or only those."""
    floor, ceiling = _end_shares(given, scale, k)
    deviation = not deviation_tells(given, k)
    if scale.step is None or scale.options is None or scale.options > MOST_VALUES:
        return _Shown(not nearly_unanimous(given, k), deviation, floor, ceiling)
    if nearly_unanimous(given, k):
        return _Shown(mean=False, deviation=False, floor=floor, ceiling=ceiling)
    places = np.round((given - scale.minimum) / scale.step).astype(np.int64)
    counts = np.bincount(places, minlength=scale.options).tolist()
    if min(counts) >= k:
        return _Shown(mean=True, deviation=True, floor=floor, ceiling=ceiling)
    ends = [place for place, share in ((0, floor), (scale.options - 1, ceiling)) if share is not None]
    if leave_open(range(scale.options), counts, k=k, known=ends):
        return _Shown(mean=True, deviation=False, floor=floor, ceiling=ceiling)
    if leave_open(range(scale.options), counts, k=k):
        return _Shown(mean=True, deviation=False, floor=None, ceiling=None)
    return _Shown(mean=False, deviation=False, floor=floor, ceiling=ceiling)


def _end_shares(given: Numbers, scale: Scale, k: int) -> tuple[float | None, float | None]:
    near = NOISE * (scale.maximum - scale.minimum)
    floor, ceiling = (int((np.abs(given - end) <= near).sum()) for end in (scale.minimum, scale.maximum))
    counts = {"1": floor, "2": len(given) - floor - ceiling, "3": ceiling}
    if scale.options == FEWEST_ITEMS:  # nothing lies between the ends of a yes-or-no item
        del counts["2"]
    cells = protect(counts, k).cells
    return _share(cells["1"], len(given)), _share(cells["3"], len(given))


def _share(cell: Cell, n: int) -> float | None:
    return None if cell.value is None else cell.value / n


def _rest_correlation(complete: Numbers, place: int) -> float | None:
    rest = np.delete(complete, place, axis=1).mean(axis=1)
    item = complete[:, place]
    if np.ptp(item) == 0 or np.ptp(rest) < NOISE * np.abs(rest).max():
        return None
    return float(np.corrcoef(item, rest)[0, 1])


def _alpha_without(complete: Numbers, place: int) -> float | None:
    others = np.delete(complete, place, axis=1)
    if others.shape[1] < FEWEST_ITEMS or (np.ptp(others, axis=0) == 0).any():
        return None
    try:
        return alpha_of(np.cov(others.T))
    except ScienceError:
        return None


def _against(items: tuple[ItemStatistics, ...]) -> tuple[str, ...]:
    names = ", ".join(item.name for item in items if item.rest_correlation is not None and item.rest_correlation < 0)
    if not names:
        return ()
    return (f"These items go against the others; are they to be reversed? {names}",)
