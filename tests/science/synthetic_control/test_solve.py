"""The nearest mixture of donors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import solve
from lecen.science.synthetic_control.solve import mixture


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(1, 20), st.sampled_from([0.0, 0.5, 20.0]))
def test_no_other_mixture_is_nearer(seed, count, rows, ridge):
    chance = np.random.default_rng(seed)
    donors, target = chance.normal(size=(count, rows)), chance.normal(size=rows)

    shares = mixture(target, donors, ridge=ridge)

    # The conditions of Karush, Kuhn and Tucker: moving weight to any donor must not make it better.
    slope = 2 * donors @ (shares @ donors - target) + 2 * ridge * shares
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1)
    assert (slope - shares @ slope >= -1e-8).all()


def test_a_target_that_is_a_mixture_is_found():
    donors = np.array([[1.0, 5.0, 2.0, 7.0], [4.0, 1.0, 3.0, 0.0], [2.0, 2.0, 9.0, 1.0]])

    assert mixture(np.array([0.5, 0.3, 0.2]) @ donors, donors) == pytest.approx([0.5, 0.3, 0.2])


def test_among_equally_near_mixtures_the_most_even_is_taken():
    corners = np.array([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])

    assert mixture(np.zeros(2), corners) == pytest.approx([0.25] * 4, abs=1e-4)


def test_two_equal_donors_share_alike():
    donors = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [0.0, 5.0, 0.0]])

    shares = mixture(np.array([0.5, 3.0, 1.0]), donors)

    assert shares[0] == pytest.approx(shares[1], abs=1e-4)


def test_the_order_of_donors_does_not_matter():
    chance = np.random.default_rng(5)
    donors, target = chance.normal(size=(30, 8)), 0.1 * chance.normal(size=8)
    order = chance.permutation(30)

    assert mixture(target, donors[order]) == pytest.approx(mixture(target, donors)[order], abs=1e-4)


@pytest.mark.parametrize("unit", [1e-90, 1e-3, 1e90])
def test_the_unit_of_measure_does_not_matter(unit):
    chance = np.random.default_rng(6)
    donors, target = chance.normal(size=(9, 5)), chance.normal(size=5)

    assert mixture(unit * target, unit * donors) == pytest.approx(mixture(target, donors))


def test_donors_that_all_equal_the_target_share_evenly():
    assert mixture(np.ones(3), np.ones((4, 3))) == pytest.approx([0.25] * 4)


def test_a_search_without_end_is_told(monkeypatch):
    def endless(*args, **kwargs):
        raise RuntimeError("Maximum number of iterations reached.")

    monkeypatch.setattr(solve, "nnls", endless)

    with pytest.raises(ScienceError, match="could not be found: the search did not end"):
        mixture(np.zeros(2), np.eye(2))
