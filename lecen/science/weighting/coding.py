"""Respondents' categories as whole numbers, beside the shares of the population that belong to them."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers, numbers
from lecen.science.errors import ScienceError

Codes = NDArray[np.int64]
NOT_GIVEN = -1
MOST_MARGINS = 100  # more is a mistake: a table laid on its side
SUMS_AGREE = 0.01  # shares are published rounded, and counts of one population differ a little between its tables
MOST_PEOPLE = 1e15  # more is a mistake
_NAMED = 5
_STRANGE = "hold categories that the table of categories does not have"
_PLAIN = {"U": str, "i": int, "u": int}  # kinds of arrays, and what a label must be to be compared with them
_COMPARED = 64


@dataclass(frozen=True)
class Margin:
    """One variable: its categories, their shares of the population (sum 1), and each respondent's category.

    `codes` are places in `labels`, `NOT_GIVEN` for a respondent whose category is not known.
    """

    variable: str
    labels: tuple[Hashable, ...]
    shares: Numbers
    codes: Codes

    @property
    def known(self) -> NDArray[np.bool_]:
        return self.codes != NOT_GIVEN


def listed(labels: Iterable[object]) -> str:
    """Write labels for a sentence, the first few of them."""
    names = [repr(label) for label in labels]
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def as_list(labels: Any, name: str) -> Sequence[Any]:
    """Take one label for each respondent from a list, an array or a column of a table.

    A NumPy array of text or whole numbers stays one: nothing in it can be missing, and `code` reads it faster so.
    """
    if isinstance(labels, np.ndarray) and labels.ndim == 1 and labels.size and labels.dtype.kind in _PLAIN:
        return labels  # type: ignore[return-value]
    if isinstance(labels, str | bytes | Mapping) or hasattr(labels, "columns") or not isinstance(labels, Iterable):
        raise ScienceError(f"{name} must be a list with one category for each respondent.")
    values = labels.tolist() if hasattr(labels, "tolist") else list(labels)
    if not isinstance(values, list) or not values:
        raise ScienceError(f"{name} must be a list with one category for each respondent.")
    return values


def by_variable(categories: Any, name: str) -> Mapping[str, Any]:
    """Take respondents' categories by variable, at least one, from a mapping or the columns of a table."""
    table = categories
    if hasattr(categories, "columns"):
        names = list(categories.columns)
        if len(set(names)) < len(names):
            raise ScienceError(f"{name} must have columns of different names.")
        table = {variable: categories[variable] for variable in names}
    if not isinstance(table, Mapping) or not table:
        raise ScienceError(f"{name} must map the name of at least one variable to its categories.")
    return table


def is_missing(label: object) -> bool:
    """Whether a label says that no category is known: None, NaN, or the missing value of a table library."""
    return label is None or (isinstance(label, float) and isnan(label)) or type(label).__name__ in {"NAType", "NaTType"}


def code(values: Sequence[Any], labels: Sequence[Hashable], name: str) -> Codes:
    """Give each value its place in `labels`. Raises `ScienceError` naming the values that have none."""
    places = {label: place for place, label in enumerate(labels)}
    if isinstance(values, np.ndarray):
        if len(labels) <= _COMPARED and all(type(label) is _PLAIN[values.dtype.kind] for label in labels):
            return _compared(values, labels, name)
        values = values.tolist()
    unknown = NOT_GIVEN - 1
    try:
        codes = np.fromiter((places.get(value, unknown) for value in values), np.int64, len(values))
        strange = dict.fromkeys(values[int(place)] for place in np.flatnonzero(codes == unknown))
    except TypeError:
        raise ScienceError(f"{name} must be single values such as text, not lists or tables.") from None
    foreign = [label for label in strange if not is_missing(label)]
    if foreign:
        raise ScienceError(f"{name} {_STRANGE}: {listed(foreign)}.")
    codes[codes == unknown] = NOT_GIVEN
    return codes


def _compared(values: NDArray[Any], labels: Sequence[Hashable], name: str) -> Codes:
    """Code an array by comparing it with each label in turn."""
    codes = np.full(len(values), NOT_GIVEN, dtype=np.int64)
    for place, label in enumerate(labels):
        codes[values == label] = place
    strange = codes == NOT_GIVEN
    if strange.any():
        raise ScienceError(f"{name} {_STRANGE}: {listed(dict.fromkeys(values[strange].tolist()))}.")
    return codes


def population_sizes(table: Any, name: str) -> Numbers:
    """Take the sizes or shares of a population's categories: at least one, none negative, not all zero."""
    if not isinstance(table, Mapping) or not table:
        turn = "; a column of a table becomes one with .to_dict()" if hasattr(table, "to_dict") else ""
        raise ScienceError(f"{name} must map each category to its number of people or its share{turn}.")
    sizes = numbers(list(table.values()), name)
    if (sizes < 0).any():
        raise ScienceError(f"{name} must not be negative; {list(table)[int((sizes < 0).argmax())]!r} is.")
    if sizes.max() > MOST_PEOPLE or not sizes.sum() > 0:
        raise ScienceError(f"{name} must sum to more than zero people, and none be above {MOST_PEOPLE:.0e}.")
    return sizes


def read_margins(
    categories: Any,
    margins: Any,
    collapse: Mapping[str, Mapping[Hashable, Hashable]] | None,
    *,
    keep_missing: bool,
    fewest: int,
) -> tuple[tuple[Margin, ...], float | None]:
    """Bring respondents and margins together.

    Parameters: `categories` and `margins` by variable, `collapse` (which categories of a variable become which other),
    `keep_missing` and `fewest` respondents of a category. Returns the margins and the population's size, None where
    shares were given. Raises `ScienceError` as `rake` says.
    """
    categories = by_variable(categories, "Categories")
    if not isinstance(margins, Mapping) or not margins:
        raise ScienceError("Margins must map the name of at least one variable to its categories.")
    if len(margins) > MOST_MARGINS:
        raise ScienceError(f"There are {len(margins):,} margins; at most {MOST_MARGINS} can be met.")
    if set(categories) != set(margins):
        one_sided = listed(sorted(map(str, set(categories) ^ set(margins))))
        raise ScienceError(
            f"Each variable needs both respondents' categories and a margin; one is missing: {one_sided}."
        )
    astray = set(collapse or {}) - set(margins)
    if astray:
        raise ScienceError(f"Categories are to be collapsed in variables that have no margin: {listed(astray)}.")
    sizes = {name: population_sizes(table, f"The margin of {name!r}") for name, table in margins.items()}
    values = {name: as_list(categories[name], f"The categories of {name!r}") for name in margins}
    _require_one_length(values)
    read = tuple(
        _collapsed(name, list(margins[name]), sizes[name], values[name], (collapse or {}).get(name, {}))
        for name in margins
    )
    for margin in read:
        _require_people(margin, keep_missing=keep_missing, fewest=fewest)
    return tuple(_without_nobody(margin) for margin in read), _population(sizes)


def _require_one_length(values: Mapping[str, Sequence[Any]]) -> None:
    lengths = {name: len(given) for name, given in values.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name!r} has {length:,}" for name, length in lengths.items())
        raise ScienceError(f"Every variable must have one category for each respondent; {told}.")
    if next(iter(lengths.values())) < 2:  # noqa: PLR2004
        raise ScienceError("Weights compare respondents with each other; there must be at least 2.")


def _population(sizes: Mapping[str, Numbers]) -> float | None:
    """Give the size of the population that all margins describe, None where they are shares."""
    totals = {name: float(table.sum()) for name, table in sizes.items()}
    low, high = min(totals, key=totals.__getitem__), max(totals, key=totals.__getitem__)
    if totals[high] > totals[low] * (1 + SUMS_AGREE):
        raise ScienceError(
            f"Margins must describe one population: {low!r} sums to {totals[low]:,.10g} and {high!r} to "
            f"{totals[high]:,.10g}."
        )
    return None if abs(totals[low] - 1) <= 2 * SUMS_AGREE else totals[next(iter(totals))]


def _collapsed(
    name: str, labels: list[Hashable], sizes: Numbers, values: Sequence[Any], into: Mapping[Hashable, Hashable]
) -> Margin:
    """Code a variable, with some of its categories made part of others."""
    said = f"The categories of {name!r}"
    codes = code(values, labels, said)
    for source, target in into.items():
        if source not in labels or target not in labels or target in into:
            raise ScienceError(
                f"{said} cannot be collapsed from {source!r} into {target!r}: both must stand in its margin."
            )
    kept = [label for label in labels if label not in into]
    place_of = {label: place for place, label in enumerate(kept)}  # looking through a list would take hours for many
    places = np.array([place_of[into.get(label, label)] for label in labels])
    shares = np.bincount(places, sizes, minlength=len(kept))
    given = codes != NOT_GIVEN
    moved = np.full_like(codes, NOT_GIVEN)
    moved[given] = places[codes[given]]
    return Margin(name, tuple(kept), shares / shares.sum(), moved)


def _require_people(margin: Margin, *, keep_missing: bool, fewest: int) -> None:
    """Refuse a margin that respondents could not be brought to."""
    if not margin.known.any():
        raise ScienceError(f"Nobody's category of {margin.variable!r} is known.")
    if not keep_missing and not margin.known.all():
        raise ScienceError(
            f"Some respondents' category of {margin.variable!r} is not known: leave them out, or let them keep their "
            "weight in it with missing='keep'."
        )
    heard = np.bincount(margin.codes[margin.known], minlength=len(margin.labels))
    living = margin.shares > 0
    unheard = [margin.labels[place] for place in np.flatnonzero(living & (heard < fewest))]
    if unheard:
        raise ScienceError(
            f"Fewer than {fewest} people answered from these categories of {margin.variable!r}: {listed(unheard)}. So few "
            "cannot speak for all: collapse each into a category that resembles it, and say so."
        )
    ghosts = [margin.labels[place] for place in np.flatnonzero(~living & (heard > 0))]
    if ghosts:
        raise ScienceError(
            f"By its margin the population has nobody in these categories of {margin.variable!r}, yet people answered "
            f"from them: {listed(ghosts)}. Correct the margin, or collapse them into others."
        )


def _without_nobody(margin: Margin) -> Margin:
    """Drop the categories that neither the population nor respondents belong to."""
    living = margin.shares > 0
    if living.all():
        return margin
    places = np.cumsum(living) - 1
    labels = tuple(label for label, lives in zip(margin.labels, living, strict=True) if lives)
    codes = np.where(margin.known, places[margin.codes], NOT_GIVEN)
    return Margin(margin.variable, labels, margin.shares[living], codes)
