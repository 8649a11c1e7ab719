"""A trial is taken as it was drawn, and refused where it could tell nothing or too much about few people."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.experiments.trial import trial_of

ARMS = np.tile([0, 1], 12)
HALVES = np.repeat([1, 0], 12)
OUTCOME = np.arange(24.0)


def test_clusters_are_brought_to_their_means_and_sizes():
    trial = trial_of([1, 3, 5, 7, 8, 9], [0, 0, 1, 1, 0, 1], None, list("aabbcd"), people=False)

    assert (trial.means.tolist(), trial.sizes.tolist()) == ([2, 6, 8, 9], [2, 2, 1, 1])
    assert (trial.treated.tolist(), trial.mean(True)) == ([False, True, False, True], pytest.approx(7))


def test_blocks_are_numbered_from_zero():
    trial = trial_of(OUTCOME, ARMS, np.repeat(["north", "south", "west"], 8), None, people=True)

    assert (trial.blocks, np.bincount(trial.block).tolist()) == (3, [8, 8, 8])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"treated": ARMS[:-1]}, "24 outcomes and 23 arms"),
        ({"treated": ARMS + 1}, "1 for treated and 0"),
        ({"treated": np.full(24, np.nan)}, "finite"),
        ({"outcome": np.full(24, np.inf)}, "finite"),
        ({"outcome": OUTCOME * 1e200}, "too large"),
        ({"outcome": ["a"] * 24}, "numbers"),
        ({"outcome": [], "treated": []}, "at least one number"),
        ({"outcome": OUTCOME[:18], "treated": ARMS[:18]}, "fewer than 10 people"),
        ({"treated": np.arange(24) == 3, "people": False}, "treated arm has 1 unit"),
        ({"treated": np.ones(24), "people": False}, "comparison arm has 0 unit"),
        ({"treated": HALVES, "clusters": np.repeat([0, 1, 2], [12, 6, 6])}, "treated arm has 1 cluster"),
        ({"clusters": np.repeat([0, 1, 2], 8)}, "rows in both arms"),
        ({"blocks": np.arange(24) // 4, "clusters": np.arange(24) % 12}, "rows in two blocks"),
        ({"treated": HALVES, "blocks": np.repeat([0, 1, 2, 3], 6)}, "4 of 4 blocks lack an arm"),
        ({"blocks": np.arange(23)}, "labels of shape"),
        ({"clusters": [None] * 24}, "missing"),
    ],
)
def test_a_trial_that_tells_nothing_is_refused(change, sentence):
    whole = {"outcome": OUTCOME, "treated": ARMS, "blocks": None, "clusters": None, "people": True}

    with pytest.raises(ScienceError, match=sentence):
        trial_of(**(whole | change))
