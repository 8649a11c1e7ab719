"""A trial as it was carried out: outcomes, arms, and what was assigned by lot (people, or whole clusters in blocks)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers, labels_of, numbers
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError

LEAST_UNITS = 2
LARGEST = 1e100


@dataclass(frozen=True)
class Trial:
    """A checked trial, one entry for each unit that was assigned: a row, or a cluster of rows.

    `means` are the units' mean outcomes, `sizes` their rows, `block` the number of each unit's block from 0.
    """

    means: Numbers
    treated: NDArray[np.bool_]
    block: NDArray[np.intp]
    sizes: Numbers
    clustered: bool

    @property
    def blocks(self) -> int:
        return int(self.block.max()) + 1

    def rows(self, treated: bool) -> int:
        return int(self.sizes[self.treated == treated].sum())

    def mean(self, treated: bool) -> float:
        arm = self.treated == treated
        return float(np.average(self.means[arm], weights=self.sizes[arm]))


def trial_of(outcome: Any, treated: Any, blocks: Any, clusters: Any, *, people: bool) -> Trial:
    """Check a trial and bring it to the units that were assigned.

    Parameters
    ----------
    outcome : array-like of numbers
        One a row.
    treated : array-like of 0 and 1 (or booleans)
        One a row; the same within a cluster.
    blocks, clusters : array-like of labels, or None
        One a row; a cluster lies in one block.
    people : bool
        Whether rows are people; fewer than ten in an arm are then refused.

    Returns
    -------
    Trial

    Raises
    ------
    ScienceError
        Lengths differ, an arm is empty or has one unit, a block lacks an arm, a cluster is in two arms or blocks, or
        fewer than ten people are in an arm.

    """
    y, arm = numbers(outcome, "The outcome"), arm_of(treated)
    if len(arm) != len(y):
        raise ScienceError(f"Each outcome needs its arm; there are {len(y)} outcomes and {len(arm)} arms.")
    if np.abs(y).max() > LARGEST:
        raise ScienceError("The outcome is too large to be worked with; choose another unit.")
    block = np.zeros(len(y), dtype=np.intp) if blocks is None else labels_of(blocks, "Blocks", len(y))[1]
    if people:
        _refuse_few_people(arm)
    if clusters is None:
        trial = Trial(y, arm, block, np.ones(len(y)), clustered=False)
    else:
        trial = _by_cluster(y, arm, block, labels_of(clusters, "Clusters", len(y))[1])
    _refuse_lonely_arms(trial)
    return trial


def arm_of(treated: Any) -> NDArray[np.bool_]:
    """Take arms as 0 and 1. Raises `ScienceError` where there is anything else."""
    arm = numbers(treated, "Arms")
    if not np.isin(arm, (0, 1)).all():
        raise ScienceError("Arms must be 1 for treated and 0 for the comparison.")
    return arm == 1


def center_and_scale(values: Numbers) -> tuple[float, float]:
    """Give a middle and a size that bring `values` to about -1..1. Raises `ScienceError` where all are the same."""
    middle = float(np.median(values))
    scale = float(np.abs(values - middle).max())
    if scale <= 0:
        raise ScienceError("The outcome is the same everywhere; there is nothing to compare.")
    return middle, scale


def _by_cluster(y: Numbers, arm: NDArray[np.bool_], block: NDArray[np.intp], cluster: NDArray[np.intp]) -> Trial:
    first = np.unique(cluster, return_index=True)[1]
    if (arm != arm[first][cluster]).any():
        raise ScienceError("A cluster has rows in both arms; clusters must be assigned whole.")
    if (block != block[first][cluster]).any():
        raise ScienceError("A cluster has rows in two blocks; it must lie in one.")
    sizes = np.bincount(cluster).astype(np.float64)
    return Trial(np.bincount(cluster, y) / sizes, arm[first], block[first], sizes, clustered=True)


def _refuse_few_people(arm: NDArray[np.bool_]) -> None:
    few = min(int(arm.sum()), int((~arm).sum()))
    if few < DEFAULT_K:
        raise ScienceError(f"An arm has fewer than {DEFAULT_K} people; groups that small are not described.")


def _refuse_lonely_arms(trial: Trial) -> None:
    name = "cluster" if trial.clustered else "unit"
    for treated, called in ((True, "treated"), (False, "comparison")):
        count = int((trial.treated == treated).sum())
        if count < LEAST_UNITS:
            raise ScienceError(f"The {called} arm has {count} {name}s; chance between {name}s needs at least two.")
    inside = np.bincount(trial.block, trial.treated, minlength=trial.blocks)
    lonely = (inside == 0) | (inside == np.bincount(trial.block))
    if lonely.any():
        raise ScienceError(f"{int(lonely.sum())} of {trial.blocks} blocks lack an arm; each needs both.")
