"""Tables of up to three dimensions with totals and hierarchies: which figures to withhold beside the small ones.

The search starts from the small counts. For each withheld figure that cannot be 0, or cannot be k-1, in any table
that readers could take for the true one, the cheapest move of people that brings it there tells which more figures
must be withheld; it ends when none is left, and then shows again what is not needed. Sources: Hundepool et al.,
Statistical Disclosure Control (Wiley 2012), chapter 4; Kelly, Golden, Assad, Networks (1992) (linear programs that
choose complementary cells); Castro, "Recent advances in optimization techniques for statistical tabular data
protection", European Journal of Operational Research (accepted 2011) (what such methods reach).
"""

from collections.abc import Mapping, Sequence

from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.cells import DEFAULT_K, WITHHELD, Cell
from lecen.science.disclosure.search import patterns
from lecen.science.disclosure.tables import (
    Dimension,
    Key,
    Release,
    check_counts,
    check_dimensions,
    keys,
    totals_of,
)
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole


def protect_table(
    counts: Mapping[Key, int],
    dimensions: Sequence[Dimension],
    k: int = DEFAULT_K,
    *,
    earlier: Sequence[Release] = (),
    step: int = 0,
) -> Release:
    """Decide which figures of a table with totals and levels may be published, beside what was published earlier.

    A count below k, zero included, is never shown, nor one from which it could be computed, whatever level it is on.
    The total n is shown where n >= k; below, nothing is.

    Parameters
    ----------
    counts : mapping of (label, ...) to count
        People by one finest label of each dimension, one person in one cell, every combination present, zeros too.
    dimensions : sequence of Dimension
        One to three, made by `flat` or `tree`; their order is that of the labels.
    k : int
        Smallest count of people that may be shown; at least 2.
    earlier : sequence of Release
        All that readers have of the same people, or (with a lower `step`) of part of them.
    step : int
        Place in time: each person counted at an earlier step is counted now too.

    Returns
    -------
    Release
        Every figure, shown or withheld. It has passed the audit together with `earlier`.

    Raises
    ------
    ScienceError
        Bad input; a contradiction with `earlier`; fewer than k people added since; or no way to publish even n.

    """
    k = whole(k, "k", least=2)
    dimensions = check_dimensions(dimensions)
    figures = totals_of(check_counts(counts, dimensions), dimensions)
    blank = Release(dimensions, {}, k, whole(step, "The step", least=0))
    if any(release.step > blank.step for release in earlier):
        raise ScienceError("An earlier release has a later step than this table.")
    if next(iter(figures.values())) < k:
        return _require(_released(blank, figures, set(figures)), earlier, k)
    for hidden in patterns(figures, blank, earlier):
        release = _released(blank, figures, hidden)
        if audit([*earlier, release], k).safe:
            return release
    raise ScienceError(
        "This table cannot be released: beside the earlier releases even its total tells too much. Keep what is "
        "published until at least k more people are counted."
    )


def _require(release: Release, earlier: Sequence[Release], k: int) -> Release:
    if not audit([*earlier, release], k).safe:
        raise ScienceError(
            "This table cannot be released: that it is withheld would tell too much beside the earlier ones."
        )
    return release


def _released(blank: Release, figures: Mapping[Key, int], hidden: set[Key]) -> Release:
    cells = {key: WITHHELD if key in hidden else Cell(figures[key]) for key in keys(blank.dimensions)}
    return Release(blank.dimensions, cells, blank.k, blank.step)
