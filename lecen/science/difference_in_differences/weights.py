"""How comparisons are put together into one figure or several: by time since treatment, by cohort, by period, or all.

Source: Callaway and Sant'Anna, Journal of Econometrics 225 (2021) 200-230: cohorts weigh by their sizes,
which are estimates themselves and add to the error.
"""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.difference_in_differences.comparisons import Comparisons
from lecen.science.difference_in_differences.panel import Places
from lecen.science.errors import ScienceError

Kind = Literal["simple", "group", "calendar", "event"]


@dataclass(frozen=True)
class Weighted:
    """Estimates as sums of comparisons: `weights` comparisons × estimates, `sampling` cohorts × estimates.

    `sampling` is what a unit adds to the error by belonging to its cohort rather than to another.
    """

    values: Numbers
    weights: sparse.csc_array
    sampling: Numbers


@dataclass(frozen=True)
class Scheme:
    """A way to put comparisons together.

    Column j of `members` averages comparisons, each as heavy as its cohort times its entry; `mix` makes the estimates
    from those averages. `labels` name the estimates but for the last, which is the overall one if `overall` is true.
    """

    labels: Places
    members: sparse.csc_array
    mix: sparse.csc_array
    overall: bool

    def values(self, effects: Numbers, sizes: Numbers) -> Numbers:
        """Put `effects` (... × comparisons) together, `sizes` (... × comparisons) being those of their cohorts."""
        sums, masses = (_times(each, self.members) for each in (effects * sizes, sizes))
        return _times(sums / masses, self.mix)

    def apply(self, comparisons: Comparisons) -> Weighted:
        """Work out the weights for the cohorts as they are."""
        sizes = comparisons.sizes
        treated, controls = comparisons.effects(comparisons.cohort_sums(comparisons.outcomes), sizes)
        effects, heavy = treated - controls, sizes[comparisons.cohort]
        masses = _times(heavy, self.members)
        averages = _times(effects * heavy, self.members) / masses
        share = sparse.diags_array(1 / masses)
        weights = sparse.diags_array(heavy) @ self.members @ share @ self.mix
        apart = sparse.diags_array(effects) @ self.members - self.members @ sparse.diags_array(averages)
        places = (np.ones(heavy.size), (comparisons.cohort, np.arange(heavy.size)))
        by_cohort = sparse.csr_array(places, shape=(sizes.size, heavy.size))
        sampling = (by_cohort @ apart @ share @ self.mix).toarray()
        return Weighted(_times(averages, self.mix), sparse.csc_array(weights), sampling)


def _times(values: Numbers, matrix: sparse.csc_array) -> Numbers:
    result: Numbers = (matrix.T @ values.reshape(-1, values.shape[-1]).T).T
    return result.reshape(*values.shape[:-1], -1)


def each_alone(comparisons: Comparisons) -> Scheme:
    """Every comparison its own estimate."""
    alone = sparse.eye_array(comparisons.cohort.size, format="csc")
    return Scheme(np.arange(comparisons.cohort.size), alone, alone, overall=False)


def scheme(comparisons: Comparisons, kind: Kind) -> Scheme:
    """Give the scheme of that name. Raises `ScienceError` where it would be empty."""
    if kind not in get_args(Kind):
        raise ScienceError(f"Effects can be put together as {', '.join(get_args(Kind))}, not {kind!r}.")
    after = comparisons.event_times >= 0
    if not after.any():
        raise ScienceError("No comparison lies at or after a first treated period.")
    if kind == "event":
        labels, members = _columns(comparisons.event_times, np.ones(after.size, dtype=bool))
        return Scheme(labels, members, _with_mean(labels >= 0), overall=True)
    if kind == "calendar":
        labels, members = _columns(comparisons.panel.periods[comparisons.period], after)
        return Scheme(labels, members, _with_mean(np.ones(labels.size, dtype=bool)), overall=True)
    total = after.astype(np.float64)[:, None]
    if kind == "simple":
        return Scheme(
            np.empty(0, dtype=np.int64), sparse.csc_array(total), sparse.eye_array(1, format="csc"), overall=True
        )
    labels, members = _columns(comparisons.cohorts[comparisons.cohort].astype(np.int64), after)
    lengths = np.bincount(comparisons.cohort, weights=after)[comparisons.cohort]
    share = sparse.csc_array(total / np.maximum(lengths, 1)[:, None])
    both = sparse.hstack([members, share], format="csc")
    return Scheme(labels, both, sparse.eye_array(labels.size + 1, format="csc"), overall=True)


def _columns(values: Places, used: NDArray[np.bool_]) -> tuple[Places, sparse.csc_array]:
    """Make one column for each value among the comparisons that are `used`."""
    labels, codes = np.unique(values[used], return_inverse=True)
    places = (np.ones(codes.size), (np.flatnonzero(used), codes))
    return labels, sparse.csc_array(places, shape=(values.size, labels.size))


def _with_mean(chosen: NDArray[np.bool_]) -> sparse.csc_array:
    """Keep every average, and add the plain mean of the `chosen`."""
    mean = (chosen / chosen.sum())[:, None]
    return sparse.csc_array(np.hstack([np.eye(chosen.size), mean]))
