"""Groups of respondents and the program that says what cannot be."""

import numpy as np
import pytest

from lecen.science.weighting.coding import Margin
from lecen.science.weighting.fitting import fit, grouped, obstacle

MARGINS = (
    Margin("age", ("old", "young"), np.array([0.4, 0.6]), np.array([0, 0, 1, 1, 1])),
    Margin("place", ("north", "south"), np.array([0.5, 0.5]), np.array([0, 0, 0, 1, -1])),
)


def test_respondents_alike_in_all_margins_are_one_group():
    groups = grouped(MARGINS, np.ones(5), by_weight=False)

    assert sorted(groups.sizes.tolist()) == [1, 1, 1, 2]
    assert groups.member_of[0] == groups.member_of[1]


def test_respondents_of_other_base_weight_are_another_group_where_weights_are_bounded():
    groups = grouped(MARGINS, np.array([0.5, 1.5, 1, 1, 1]), by_weight=True)

    assert groups.sizes.tolist() == [1] * 5


def test_those_not_known_have_the_weight_they_came_with_as_their_target():
    groups = grouped(MARGINS, np.ones(5), by_weight=False)

    assert [target.tolist() for target in groups.targets] == [[2, 3], [2, 2, 1]]


def test_many_variables_are_grouped_without_a_table_of_all_their_combinations():
    rng = np.random.default_rng(1)
    margins = [Margin(str(at), tuple(range(50)), np.full(50, 0.02), rng.integers(0, 50, 300)) for at in range(60)]

    assert len(grouped(margins, np.ones(300), by_weight=False).sizes) == 300


@pytest.mark.parametrize(("bounds", "possible"), [((0, 4), True), ((0.7, 4), False), ((0, 1.4), False)])
def test_the_program_tells_which_bounds_can_be_kept(bounds, possible):
    # Of 4 people 1 is old, and should weigh 2; the others 2 together.
    margin = Margin("age", ("old", "young"), np.array([0.5, 0.5]), np.array([0, 1, 1, 1]))

    assert (obstacle(grouped([margin], np.ones(4), by_weight=True), bounds) == "") is possible


def test_a_fit_that_cannot_be_stays_finite():
    margins = (
        Margin("age", ("old", "young"), np.array([0.5, 0.5]), np.array([0, 0, 1, 1])),
        Margin("place", ("north", "south"), np.array([0.1, 0.9]), np.array([0, 0, 1, 1])),
    )
    groups = grouped(margins, np.ones(4), by_weight=True)

    found = fit(groups, np.ones(4), (0.5, 1.2), 1e-6, 20_000)

    assert not found.met
    assert np.isfinite(found.weights).all()
