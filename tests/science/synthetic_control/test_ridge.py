"""Ridge augmentation."""

import numpy as np
import pytest

from lecen.science.synthetic_control import ridge
from lecen.science.synthetic_control.ridge import PENALTIES, augmented, corrections
from lecen.science.synthetic_control.solve import mixture


@pytest.fixture
def panel():
    chance = np.random.default_rng(3)
    donors = chance.normal(size=(12, 7))
    return chance.normal(size=7) + 1, donors, mixture(np.zeros(7), donors)


@pytest.mark.parametrize("penalty", [0.1, 3.0, 100.0])
def test_the_weights_minimize_what_the_paper_says(panel, penalty):
    """Lemma 1: |target - w donors|² / penalty + |w - shares|² among weights that sum to 1, by dense algebra."""
    target, donors, shares = panel
    count = len(donors)
    system = np.ones((count + 1, count + 1))
    system[:count, :count] = donors @ donors.T / penalty + np.eye(count)
    system[count, count] = 0
    wanted = np.append(donors @ target / penalty + shares, 1.0)

    found = shares + corrections(target, donors, shares, np.array([penalty]))[0]

    assert found == pytest.approx(np.linalg.solve(system, wanted)[:count])


def test_a_larger_penalty_stays_nearer_to_the_shares(panel):
    sizes = np.linalg.norm(corrections(*panel, np.geomspace(0.01, 1e6, 9)), axis=1)

    assert (np.diff(sizes) < 0).all()
    assert sizes[-1] < 1e-4


def test_the_penalty_is_the_largest_within_one_error_of_the_best(panel):
    target, donors, shares = panel
    largest = np.linalg.norm(donors - donors.mean(axis=0), 2) ** 2
    penalties = largest * np.geomspace(1, 1e-8, PENALTIES)
    errors = np.empty((7, PENALTIES))
    for period in range(7):
        kept = [other for other in range(7) if other != period]
        base = mixture(target[kept], donors[:, kept])
        centered = donors[:, kept] - donors[:, kept].mean(axis=0)
        for place, penalty in enumerate(penalties):
            added = np.linalg.solve(centered.T @ centered + penalty * np.eye(6), target[kept] - base @ donors[:, kept])
            errors[period, place] = (target[period] - (base + centered @ added) @ donors[:, period]) ** 2
    means = errors.mean(axis=0)
    allowed = means.min() + errors[:, means.argmin()].std(ddof=1) / np.sqrt(7)

    assert augmented(target, donors, shares)[1] == pytest.approx(penalties[means <= allowed].max())


def test_of_a_long_pre_period_some_periods_are_left_out(monkeypatch):
    chance = np.random.default_rng(4)
    tried = []
    plain = ridge._left_out
    monkeypatch.setattr(ridge, "_left_out", lambda *given: tried.append(given[2]) or plain(*given))

    augmented(chance.normal(size=100), chance.normal(size=(5, 100)), np.full(5, 0.2))

    assert (len(tried), tried[0], tried[-1]) == (30, 0, 99)


def test_weights_sum_to_one_and_fit_closer(panel):
    target, donors, shares = panel
    weights, _ = augmented(target, donors, shares)

    assert weights.sum() == pytest.approx(1)
    assert np.linalg.norm(target - weights @ donors) < np.linalg.norm(target - shares @ donors)


def test_donors_that_do_not_differ_are_left_as_they_are():
    weights, _ = augmented(np.array([1.0, 2.0, 4.0]), np.ones((3, 3)), np.full(3, 1 / 3))

    assert weights == pytest.approx([1 / 3] * 3)
