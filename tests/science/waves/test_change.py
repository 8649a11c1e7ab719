"""What false matches do to change, against simulated truth."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.waves.change import change_under_errors
from lecen.science.waves.matching import match_waves
from tests.science.waves.people import two_waves

CROWD = [(f"p{place}", f"q{place}", f"r{place}", place + 100) for place in range(30)]


def outcomes(waves, seed, *, others):
    """Who comes twice changes by 1 and goes together at 0.8; who comes once differs by `others` between the waves."""
    chance = np.random.default_rng(seed)
    people = 1 + max(waves.who_first.max(), waves.who_second.max())
    trait = chance.normal(size=people)
    before, after = (0.8**0.5 * trait + 0.2**0.5 * chance.normal(size=people) for _ in range(2))
    twice = np.isin(np.arange(people), np.intersect1d(waves.who_first, waves.who_second))
    after += np.where(twice, 1, others)
    return before[waves.who_first], after[waves.who_second]


def corrected_and_found(others):
    rows = []
    for seed in range(12):
        waves = two_waves(seed, 800, 700, 700, slip=0.02)
        found = change_under_errors(*outcomes(waves, seed, others=others), match_waves(waves.first, waves.second))
        rows.append((found.observed, found.corrected, found.correlation, found.correlation_corrected))
    return np.mean(rows, axis=0)


def test_the_correction_takes_the_false_matches_out_of_a_mean_change():
    observed, corrected, _, _ = corrected_and_found(others=-2)

    assert observed < 0.9  # the true change of those who come twice is 1
    assert abs(corrected - 1) < 0.5 * abs(observed - 1)


def test_a_correlation_is_mended_where_the_others_do_not_differ():
    observed, _, correlation, mended = corrected_and_found(others=1)

    assert observed == pytest.approx(1, abs=0.02)
    assert correlation < 0.77
    assert mended == pytest.approx(0.8, abs=0.02)


def test_without_false_matches_nothing_is_corrected():
    codes = [(place % 5, place // 5, place) for place in range(60)]
    first, second = np.arange(60.0), np.arange(60.0) + np.tile([0, 1, 2], 20)
    found = change_under_errors(first[:45], second[15:], match_waves(codes[:45], codes[15:]))

    assert (found.pairs, found.observed, found.corrected, found.attenuation) == (30, 1, 1, 1)
    assert found.bounds.low <= 1 <= found.bounds.high


def test_too_few_others_leave_the_change_uncorrected():
    found = change_under_errors(np.arange(30), np.arange(30) ** 1.1, match_waves(CROWD, CROWD))

    assert (found.corrected, found.bounds) == (None, None)
    assert ["cannot be corrected" in caution for caution in found.cautions] == [True]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (range(29), range(30), r"Outcomes of \(30, 30\) people"),
        ([*range(9), *[None] * 21], range(30), "Fewer than 10 pairs"),
        ([1] * 30, range(30), "same for everybody"),
        (range(30), range(1, 31), "same for everybody"),
        (range(30), ["x"] * 30, "must be numbers"),
    ],
)
def test_what_says_nothing_is_refused(first, second, message):
    with pytest.raises(ScienceError, match=message):
        change_under_errors(list(first), list(second), match_waves(CROWD, CROWD))


def test_pairs_of_which_half_may_be_false_are_refused():
    waves = two_waves(1, 60, 200, 200, elements=(12, 10, 5, 4))

    with pytest.raises(ScienceError, match="of the pairs may be false"):
        change_under_errors(*outcomes(waves, 1, others=0), match_waves(waves.first, waves.second))
