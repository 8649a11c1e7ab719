"""Rounding as another way to release a table: every figure is a multiple of a base, and the table still adds up.

What it protects: with a base of at least k, a figure shown as 0 may truly be anything from 0 to base - 1, one shown as
the base anything from 0 to 2 base - 1, and what is shown as two bases or more is truly k or more. So every small
count keeps all of 0..k-1 open, on every level and in any number of dimensions, to a reader who knows the table, the
base and this rule: moving one finest group under the figure by the difference, and the totals above it along, gives
another table that rounds to the same release. Every whole multiple may move up too, and by chance each table that fits
has some probability, so no value is excluded by how it is drawn; values are not equally likely.

What it does not protect: the same counts rounded twice with different seeds. Round a table once and keep the result.

Sources: Cox, Journal of the American Statistical Association 82 (1987) 520-524 (controlled rounding); Hundepool et
al., Statistical Disclosure Control (Wiley 2012), chapter 5. Letting exact multiples move as well is our addition.
"""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
from scipy import sparse

from lecen.science.arrays import Numbers, generator
from lecen.science.disclosure.cells import DEFAULT_K, Cell
from lecen.science.disclosure.programs import Program, UnsolvedError
from lecen.science.disclosure.tables import (
    Dimension,
    Key,
    Release,
    check_counts,
    check_dimensions,
    totals_of,
)
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

# The least probability, before sums are kept, with which a figure goes to either neighbor.
LEAST_CHANCE = 0.05
HALF = 0.5
# In three dimensions the linear program may end between 0 and 1, at one half for instance; nearer than this is whole.
WHOLE = 1e-6


def round_table(
    counts: Mapping[Key, int],
    dimensions: Sequence[Dimension],
    k: int = DEFAULT_K,
    *,
    base: int | None = None,
    seed: int,
    step: int = 0,
) -> Release:
    """Release every figure of a table as a multiple of `base`, by chance the one below or the one above; sums hold.

    Parameters
    ----------
    counts, dimensions
        As `complement.protect_table` takes them.
    k : int
        Smallest count of people that may be known; at least 2.
    base : int
        What figures are rounded to: at least k, and k if not given.
    seed : int
        Where chance starts. Keep it secret, and the release: a second rounding of the same table tells more.
    step : int
        Place in time, as for `complement.protect_table`.

    Returns
    -------
    Release
        With its `base`; the audit takes it as ranges. A table of fewer than k people is withheld whole.

    Raises
    ------
    ScienceError
        Bad input, a base below k, or a table of three dimensions in which no rounding keeps all sums.

    """
    k = whole(k, "k", least=2)
    base = k if base is None else whole(base, "The base", least=k, most=10**6)
    dimensions = check_dimensions(dimensions)
    figures = totals_of(check_counts(counts, dimensions), dimensions)
    chance = generator(seed)
    blank = Release(dimensions, {}, k, whole(step, "The step", least=0))
    if next(iter(figures.values())) < k:
        return Release(dimensions, dict.fromkeys(figures, Cell(None)), k, blank.step)
    rounded = _rounded(figures, dimensions, base, chance)
    cells = {key: Cell(int(value)) for key, value in zip(figures, rounded, strict=True)}
    return Release(dimensions, cells, k, blank.step, base)


def _rounded(
    figures: Mapping[Key, int], dimensions: Sequence[Dimension], base: int, chance: np.random.Generator
) -> Numbers:
    """Choose for each figure whether it goes up, each choice the likelier the nearer, so that all sums hold."""
    truth = np.array(list(figures.values()))
    down = truth // base
    sums = _sums(figures, dimensions)
    lacking = -(sums @ down)
    share = np.clip(truth % base / base, LEAST_CHANCE, 1 - LEAST_CHANCE)
    pull = np.log(share / (1 - share)) + chance.logistic(size=len(truth))
    program = Program(sums, (lacking, lacking), (np.zeros(len(truth)), np.ones(len(truth))))
    try:
        found = program.least(-pull)
        if found is not None and np.abs(found.columns - np.rint(found.columns)).max() > WHOLE:
            program.whole(np.arange(len(truth)))
            found = program.least(-pull)
    except UnsolvedError:
        found = None
    if found is None:
        raise ScienceError("No rounding of this table keeps all its sums; leave out a dimension or a level.")
    return (down + (found.columns > HALF)) * base


def _sums(figures: Mapping[Key, int], dimensions: Sequence[Dimension]) -> sparse.csr_array:
    """Write one row for each figure that is divided along some dimension: it less its parts is nothing."""
    place = {key: at for at, key in enumerate(figures)}
    rows, columns, values = [], [], []
    count = 0
    for at, dimension in enumerate(dimensions):
        for key in product(*(one.labels for one in dimensions)):
            parts = dimension.children.get(key[at], ())
            if parts:
                inside = [place[*key[:at], part, *key[at + 1 :]] for part in parts]
                rows += [count] * (len(parts) + 1)
                columns += [place[key], *inside]
                values += [1.0] + [-1.0] * len(parts)
                count += 1
    return sparse.csr_array((values, (rows, columns)), shape=(count, len(place)))
