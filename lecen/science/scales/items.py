"""Statistics of single items: who answered, how, and whether the item goes with the others."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers
from lecen.science.cautions import Caution, few_answers
from lecen.science.disclosure import DEFAULT_K, Cell, protect
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.scales.answers import FEWEST_ITEMS, Scale, nearly_unanimous, oriented
from lecen.science.scales.reliability import alpha_of

NOISE = 1e-9  # of the scale's range; reversing a fraction may change its last digit
SMALL_OPTIONS = 3  # with no more options than this, n, mean and standard deviation give every count away


@dataclass(frozen=True)
class ItemStatistics:
    """One item after reversal; units of the scale. None stands for what is withheld or cannot be computed.

    `answered` people; `missing_share` of all people did not. `floor_share` and `ceiling_share` of those who answered
    chose the lowest and the highest answer. `rest_correlation` is that with the mean of the other items, and
    `alpha_without` the alpha of the other items, both among people who answered every item.
    """

    name: str
    reversed: bool
    answered: int
    missing_share: float
    mean: float | None
    standard_deviation: float | None
    floor_share: float | None
    ceiling_share: float | None
    rest_correlation: float | None
    alpha_without: float | None


@dataclass(frozen=True)
class ItemReport:
    """The items of a scale in their order, `people` asked, and how many of them answered every item."""

    items: tuple[ItemStatistics, ...]
    people: int
    complete: int
    cautions: tuple[Caution, ...]


def describe_items(answers: Any, scale: Scale, *, k: int = DEFAULT_K) -> ItemReport:
    """Describe every item of a scale, from answers people by items with NaN for none, under the small-number rule.

    Floor and ceiling shares are shown where `disclosure.protect` shows the counts. Mean and standard deviation are
    withheld where all but fewer than k people gave the same answer, and, for items of three answers or fewer, where
    any count is withheld. Raises `ScienceError` where an item was answered by fewer than k people.
    """
    k = whole(k, "k", least=2)
    turned = oriented(answers, scale)
    for name, column in zip(scale.names, turned.T, strict=True):
        if (answered := int((~np.isnan(column)).sum())) < k:
            raise ScienceError(f"Item {name!r} was answered by {answered} people; at least {k} are needed.")
    complete = turned[~np.isnan(turned).any(axis=1)]
    items = tuple(_describe(place, turned, complete, scale, k) for place in range(len(scale.names)))
    return ItemReport(items, len(turned), len(complete), few_answers(len(complete)) + _against(items))


def _describe(place: int, turned: Numbers, complete: Numbers, scale: Scale, k: int) -> ItemStatistics:
    column = turned[:, place]
    given = column[~np.isnan(column)]
    shown = _may_show_mean(given, scale, k)
    floor, ceiling = _end_shares(given, scale, k)
    return ItemStatistics(
        name=scale.names[place],
        reversed=scale.names[place] in scale.reverse,
        answered=len(given),
        missing_share=1 - len(given) / len(column),
        mean=float(given.mean()) if shown else None,
        standard_deviation=float(given.std(ddof=1)) if shown else None,
        floor_share=floor,
        ceiling_share=ceiling,
        rest_correlation=_rest_correlation(complete, place) if len(complete) >= k else None,
        alpha_without=_alpha_without(complete, place) if len(complete) >= k else None,
    )


def _may_show_mean(given: Numbers, scale: Scale, k: int) -> bool:
    if nearly_unanimous(given, k):
        return False
    if scale.step is None or scale.options is None or scale.options > SMALL_OPTIONS:
        return True
    counts = [int((np.round((given - scale.minimum) / scale.step) == option).sum()) for option in range(scale.options)]
    return protect({str(option): count for option, count in enumerate(counts)}, k).complete


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


def _against(items: tuple[ItemStatistics, ...]) -> tuple[Caution, ...]:
    names = ", ".join(item.name for item in items if item.rest_correlation is not None and item.rest_correlation < 0)
    if not names:
        return ()
    return (Caution("item-against", f"These items go against the others; are they to be reversed? {names}"),)
