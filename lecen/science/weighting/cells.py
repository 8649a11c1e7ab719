"""Post-stratification: weights that bring respondents to the population cell by cell."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.weighting.coding import NOT_GIVEN, Codes, as_list, by_variable, code, listed, population_sizes
from lecen.science.weighting.efficiency import design_effect, positive_weights

Cell = tuple[Hashable, ...]
Group = tuple[Cell, ...]
FEWEST = 10  # respondents of a cell that is weighted by itself: with fewer, the effective n gives away how few
MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class PostStratification:
    """Weights by cell; for the analyst who holds the answers, not for a page.

    `weights` have mean 1, in the order of the respondents. `groups` are the cells that share one factor, in order: a
    group of one cell was weighted by itself, others were joined. `shares` are the groups' shares of the population.
    """

    weights: Numbers
    groups: tuple[Group, ...]
    shares: Numbers
    design_effect: float
    effective_n: float

    @property
    def joined(self) -> tuple[Group, ...]:
        """The groups of more than one cell."""
        return tuple(group for group in self.groups if len(group) > 1)


def post_stratify(
    categories: Mapping[str, Any],
    cells: Mapping[Cell, float],
    *,
    base_weights: ArrayLike | None = None,
    fewest: int = FEWEST,
) -> PostStratification:
    """Weight respondents so that each cell of several variables crossed has its share of the population.

    Parameters
    ----------
    categories : mapping of variable to list or array
        Each respondent's category, in one order for all variables, none missing.
    cells : mapping of tuple of categories to number
        Counts of people (or shares) of the population, one tuple for each cell, its parts in the order of
        `categories`. A cell left out has nobody in it.
    base_weights : array-like of shape (n,), optional
        Above 0. All 1 if left out.
    fewest : int
        A cell with fewer respondents is joined to its neighbor in the last variable (categories in the order in which
        `cells` names them); a line of the last variable that is too small as a whole is joined to the neighboring line
        of the variable before, and so on. So put the variable that matters most first. With 1, empty cells are joined.

    Returns
    -------
    PostStratification

    Raises
    ------
    ScienceError
        Input that is not as above; respondents of a group that the population has nobody in; fewer than `fewest`
        respondents in all.

    Notes
    -----
    Source: Holt & Smith, Journal of the Royal Statistical Society A 142 (1979) 33-46. The order of joining is ours.

    """
    least = whole(fewest, "The fewest respondents of a cell", least=1)
    values = _lists(categories)
    sizes = population_sizes(cells, "The population's cells")
    labels = _labels(cells, len(values))
    parts = [
        code(given, labels[place], f"The categories of {name!r}") for place, (name, given) in enumerate(values.items())
    ]
    _require_known(parts, list(values))
    shape = tuple(len(line) for line in labels)
    places = np.ravel_multi_index(
        [code([cell[part] for cell in cells], line, "Cells") for part, line in enumerate(labels)], shape
    )
    people = np.bincount(places, sizes, minlength=int(np.prod(shape)))
    respondents = np.ravel_multi_index(parts, shape)
    n = len(respondents)
    if n < least:
        raise ScienceError(f"There must be at least {least} respondents, the fewest of a cell, not {n}.")
    base = np.ones(n) if base_weights is None else positive_weights(base_weights, n)
    counts = np.bincount(respondents, minlength=len(people))
    joined = _joined(counts.reshape(shape), people.reshape(shape), least)
    lived_in = [[cell for cell in line if people[cell] > 0 or counts[cell]] for line in joined]
    lines = [line for line in lived_in if line]
    return _weighted(lines, labels, people / people.sum(), respondents, base)


def _weighted(
    lines: Sequence[Sequence[int]],
    labels: Sequence[Sequence[Hashable]],
    people: Numbers,
    respondents: Codes,
    base: Numbers,
) -> PostStratification:
    """Give each group of cells the weight of its share of the population."""
    shape = tuple(len(line) for line in labels)
    names = [_named(line, labels, shape) for line in lines]
    group_of = np.zeros(len(people), dtype=np.int64)
    for place, line in enumerate(lines):
        group_of[list(line)] = place
    shares: Numbers = np.bincount(group_of, people, minlength=len(lines)).astype(float)
    held = np.bincount(group_of[respondents], base, minlength=len(lines))
    ghosts = [names[place] for place in np.flatnonzero((held > 0) & (shares <= 0))]
    if ghosts:
        raise ScienceError(
            f"By its table the population has nobody in cells that people answered from: {listed(ghosts)}."
        )
    weights = base * (shares * len(base) / held)[group_of[respondents]]
    kish = design_effect(weights)
    return PostStratification(
        weights=weights,
        groups=tuple(names),
        shares=shares,
        design_effect=kish,
        effective_n=len(base) / kish,
    )


def _named(line: Sequence[int], labels: Sequence[Sequence[Hashable]], shape: tuple[int, ...]) -> Group:
    parts = np.unravel_index(np.array(line), shape)
    return tuple(tuple(labels[at][int(part[row])] for at, part in enumerate(parts)) for row in range(len(line)))


def _joined(counts: NDArray[Any], people: NDArray[Any], least: int) -> list[list[int]]:
    """Join cells, as numbered in reading order, into groups of at least `least` respondents, smallest lines first.

    Cells that hold neither people nor respondents belong to no group of their own and make no group small.
    """
    if counts.ndim == 0:
        return [[0]]
    step = int(np.prod(counts.shape[1:]))
    children = [
        [[place * step + cell for cell in group] for group in _joined(counts[place], people[place], least)]
        for place in range(len(counts))
    ]
    sizes = counts.reshape(len(counts), -1).sum(axis=1)
    lives = (people.reshape(len(counts), -1).sum(axis=1) > 0) | (sizes > 0)
    groups = []
    for run in _runs(sizes, lives, least):
        groups += (
            children[run[0]]
            if len(run) == 1
            else [[cell for place in run for group in children[place] for cell in group]]
        )
    return groups


def _runs(sizes: NDArray[np.intp], lives: NDArray[np.bool_], least: int) -> list[list[int]]:
    """Cut a line into runs of neighbors, each of at least `least`; what is left at the end goes to the last run."""
    runs: list[list[int]] = []
    short: list[int] = []
    for place in range(len(sizes)):
        if not lives[place]:
            runs.append([place])
            continue
        short.append(place)
        if sum(sizes[one] for one in short) >= least:
            runs.append(short)
            short = []
    living = [run for run in runs if lives[run[0]]]
    if short and living:
        living[-1].extend(short)
    elif short:
        runs.append(short)
    return runs


def _lists(categories: Any) -> dict[str, Sequence[Any]]:
    variables = by_variable(categories, "Categories").items()
    values = {name: as_list(given, f"The categories of {name!r}") for name, given in variables}
    if len({len(given) for given in values.values()}) > 1:
        told = ", ".join(f"{name!r} has {len(given):,}" for name, given in values.items())
        raise ScienceError(f"Every variable must have one category for each respondent; {told}.")
    return values


def _labels(cells: Mapping[Cell, float], variables: int) -> list[list[Hashable]]:
    """Give each variable's categories in the order in which cells name them first."""
    for cell in cells:
        if not isinstance(cell, tuple) or len(cell) != variables:
            raise ScienceError(
                f"Each cell must be a tuple of {variables} categories, one a variable; this is not: {cell!r}."
            )
    labels = [list(dict.fromkeys(cell[place] for cell in cells)) for place in range(variables)]
    size = np.prod([float(len(line)) for line in labels])
    if size > MOST_CELLS:
        raise ScienceError(
            f"The variables make {size:,.0f} cells; at most {MOST_CELLS:,} can be weighted by, so rake instead."
        )
    return labels


def _require_known(parts: Sequence[Codes], names: Sequence[str]) -> None:
    for name, codes in zip(names, parts, strict=True):
        if (codes == NOT_GIVEN).any():
            raise ScienceError(f"Some respondents' category of {name!r} is not known: leave them out, or rake instead.")
