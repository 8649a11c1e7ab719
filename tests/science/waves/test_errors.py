"""The estimate of false and missed matches against simulated truth; `make bench` measures it on more."""

import numpy as np
import pytest

from lecen.science.waves.matching import match_waves
from tests.science.waves.people import two_waves


def estimated_and_true(runs, *people, **codes):
    """Mean false and missed shares, estimated and true, how often the interval held, and what independence expects."""
    rows = []
    for seed in range(runs):
        waves = two_waves(seed, *people, **codes)
        found = match_waves(waves.first, waves.second)
        false, errors = waves.false(found), found.errors
        held = errors.false_matches_interval.low <= false <= errors.false_matches_interval.high
        pairs = len(found.first)
        shares = errors.false_share, false / pairs, errors.missed_share, waves.missed(found)
        rows.append((*shares, held, errors.false_if_independent / pairs))
    return np.mean(rows, axis=0)


def test_the_estimates_are_near_the_truth():
    false, true_false, missed, true_missed, held, _ = estimated_and_true(25, 300, 200, 200)

    assert false == pytest.approx(true_false, abs=0.008)
    assert missed == pytest.approx(true_missed, abs=0.02)
    assert held >= 0.88


def test_elements_that_go_together_do_not_mislead():
    false, true_false, _, _, held, independent = estimated_and_true(25, 300, 200, 200, together=0.4)

    assert false == pytest.approx(true_false, abs=0.012)
    assert independent < 0.7 * true_false  # what the elements' frequencies alone would have said
    assert held >= 0.88


def test_how_often_people_slip_is_found():
    waves = two_waves(3, 4_000, 500, 500, slip=0.05, missing=0, elements=(26, 31, 12, 26, 30))
    slips = match_waves(waves.first, waves.second).errors.slip_shares

    assert slips == pytest.approx([1 - 0.95**2] * 5, abs=0.02)


def test_long_codes_without_slips_leave_no_errors():
    waves = two_waves(4, 300, 50, 50, elements=(90, 90, 90, 90, 90, 90), slip=0, missing=0)
    errors = match_waves(waves.first, waves.second).errors

    assert (errors.false_matches, errors.missed_share, errors.present_in_both) == (0, pytest.approx(0), 300)
    assert errors.false_matches_interval.low == 0


def test_a_code_handed_in_twice_is_noticed():
    waves = two_waves(5, 200, 50, 50, elements=(26, 31, 12, 26, 31))
    found = match_waves(waves.first + waves.first[:20], waves.second)

    assert "handed in twice" in " ".join(found.cautions)
