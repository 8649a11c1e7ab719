"""The four ways to build a synthetic unit."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import METHODS, Matching, fit
from tests.science.synthetic_control.panels import simulated

SHARES = np.array([0.6, 0.3, 0.1] + [0.0] * 17)


@pytest.fixture
def mixed():
    """A treated unit that is a mixture of donors, with an effect of 5 from the 15th period on."""
    table = simulated(1)
    table[0] = SHARES @ table[1:]
    table[0, 14:] += 5
    return table


def test_classic_finds_the_mixture_and_the_effect(mixed):
    found = fit(mixed, 14)

    assert found.shares == pytest.approx(SHARES, abs=1e-4)
    assert found.effect == pytest.approx(5, abs=1e-3)
    assert (found.before_error, found.level, found.penalty) == pytest.approx((0, 0, 0), abs=1e-3)


def test_demeaned_finds_them_below_a_constant_too(mixed):
    mixed[0] += 100

    found = fit(mixed, 14, method="demeaned")

    assert found.effect == pytest.approx(5, abs=1e-3)
    assert found.level == pytest.approx(100, abs=1e-3)


@pytest.mark.parametrize("method", METHODS)
def test_an_effect_is_found_in_noise(method):
    effects = [fit(simulated(seed, effect=3.0), 14, method=method).effect for seed in range(12)]

    assert np.mean(effects) == pytest.approx(3, abs=0.3)


@pytest.mark.parametrize("method", METHODS)
def test_an_added_effect_moves_the_estimate_by_as_much(method):
    plain, moved = (fit(simulated(2, effect=effect), 14, method=method) for effect in (0.0, 7.0))

    assert moved.effect - plain.effect == pytest.approx(7)
    assert moved.gaps[:14] == pytest.approx(plain.gaps[:14])


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("unit", [1e-80, 1e80])
def test_the_unit_of_measure_carries_through(method, unit):
    assert fit(unit * simulated(3), 14, method=method).effect / unit == pytest.approx(
        fit(simulated(3), 14, method=method).effect
    )


@pytest.mark.parametrize("method", METHODS)
def test_donors_that_never_change_are_no_trouble(method):
    table = np.vstack([np.arange(8.0), np.ones((4, 8))])

    assert np.isfinite(fit(table, 5, method=method).gaps).all()


def test_ridge_may_start_from_predictors():
    table, matching = simulated(4), Matching(np.random.default_rng(1).normal(size=(21, 2)), np.ones(2))

    found = fit(table, 14, method="ridge_augmented", matching=matching)

    assert found.before_error < fit(table, 14, matching=matching).before_error
    assert found.shares.sum() == pytest.approx(1)


BAD = {
    "missing": ([[1, np.nan, 2, 3, 4]] * 4, 3, {}, "The outcome must be finite numbers; place 0, 1"),
    "infinite": ([[1, np.inf, 2, 3, 4]] * 4, 3, {}, "finite numbers"),
    "empty": ([], 3, {}, "must have 2 dimensions"),
    "one unit": ([[1, 2, 3, 4, 5]], 3, {}, "At least 2 donors are needed beside the treated unit, not 0"),
    "words": ([["a", "b"]], 3, {}, "must be numbers"),
    "no pre-periods": (simulated(1), 0, {}, "periods before the treatment must be at least 3, not 0"),
    "half a period": (simulated(1), 3.5, {}, "must be a whole number"),
    "nothing after": (simulated(1), 20, {}, "No period is left after the 20 periods"),
    "constant": (np.ones((5, 8)), 4, {}, "treated unit never changes"),
    "too large": (1e120 * simulated(1), 14, {}, r"must lie within ±1e\+100"),
    "too small": (1e-120 * simulated(1), 14, {}, "not far smaller"),
    "a million periods": (np.zeros((3, 1_000_000)), 9, {}, "At most 1,000 units and 1,000 periods"),
    "unknown method": (simulated(1), 14, {"method": "magic"}, "must be one of classic, demeaned"),
    "several treated": (simulated(1), 14, {"treated_count": 2}, "'classic' takes one treated unit, not 2"),
    "no treated": (simulated(1), 14, {"treated_count": 0}, "treated units must be at least 1"),
    "predictors of others": (simulated(1), 14, {"matching": Matching(np.eye(3))}, "for 3 units, the outcome for 21"),
    "predictors for did": (
        simulated(1),
        14,
        {"method": "synthetic_did", "matching": Matching(np.eye(21))},
        "takes no predictors",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_compared_is_refused(case):
    outcome, before, options, message = BAD[case]

    with pytest.raises(ScienceError, match=message):
        fit(outcome, before, **options)
