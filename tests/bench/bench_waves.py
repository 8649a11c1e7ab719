"""Joining waves: how near the estimated errors are to the true ones, and how long 100,000 codes take."""

import numpy as np
import pytest

from lecen.science.waves import match_waves
from tests.science.waves.people import two_waves

RUNS = 100
SETTINGS = {
    "150 of 200 and 200 come twice": ((150, 50, 50), {}),
    "300 of 500 and 500": ((300, 200, 200), {}),
    "the same, elements going together": ((300, 200, 200), {"together": 0.4}),
    "1,000 of 2,000 and 2,000": ((1_000, 1_000, 1_000), {}),
    "2,000 of 5,000 and 3,000, six elements": ((2_000, 3_000, 1_000), {"elements": (26, 31, 12, 26, 8, 2)}),
    "60 of 100 and 80, three elements": ((60, 40, 20), {"elements": (26, 31, 12)}),
    "400 of 700 and 700, four weak elements": ((400, 300, 300), {"elements": (12, 31, 5, 8), "together": 0.4}),
}


@pytest.mark.parametrize("setting", SETTINGS)
def bench_estimated_errors_are_near_the_true_ones(setting):
    people, codes = SETTINGS[setting]
    rows = []
    for seed in range(RUNS):
        waves = two_waves(seed, *people, **codes)
        found = match_waves(waves.first, waves.second)
        errors, false = found.errors, waves.false(found)
        held = errors.false_matches_interval.low <= false <= errors.false_matches_interval.high
        independent, pairs = errors.false_if_independent, len(found.first)
        rows.append(
            (errors.false_share, false / pairs, held, independent / pairs, errors.missed_share, waves.missed(found))
        )
    share, true, held, independent, missed, truly_missed = np.mean(rows, axis=0)
    told = (
        f"{setting}: false {share:.1%}, truly {true:.1%}, interval held {held:.0%}, by frequencies {independent:.1%}; "
    )
    print(told + f"missed {missed:.1%}, truly {truly_missed:.1%}")
    assert share == pytest.approx(true, abs=0.03)
    assert missed == pytest.approx(truly_missed, abs=0.03)


def bench_a_hundred_thousand_codes(benchmark):
    waves = two_waves(1, 70_000, 30_000, 30_000, elements=(26, 31, 12, 26, 60, 50, 40))
    found = benchmark.pedantic(match_waves, (waves.first, waves.second), rounds=1)

    print(f"100,000 codes: {len(found.first):,} joined, {waves.false(found) / len(found.first):.1%} falsely")
    assert found.errors.false_share == pytest.approx(waves.false(found) / len(found.first), abs=0.01)
