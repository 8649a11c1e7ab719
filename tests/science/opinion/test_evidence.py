"""Few false alarms without groups, few misses with groups; the full simulation is in tests/bench."""

import numpy as np
import pytest

from lecen.science.intervals import wilson
from lecen.science.opinion.clusters import groupings, in_order, points
from lecen.science.opinion.evidence import DRAWS, Evidence, agreement, beyond, clearest, separation
from lecen.science.opinion.projection import statement_keys
from lecen.science.opinion.tally import tally_votes
from lecen.science.opinion.votes import votes_from_table
from tests.science.opinion.simulated import dealt_anew, simulated_votes


def agreed(table, chance):
    votes = votes_from_table(table)
    return agreement(votes, statement_keys(tally_votes(votes)), chance)


def test_p_values_of_agreement_without_structure_are_no_smaller_than_they_say():
    low = 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        table = dealt_anew(simulated_votes(seed=seed, people=40, statements=8, groups=2, apart=2)[0], chance)
        low += beyond(agreed(table, chance))

    assert wilson([low], [200])[0][0] <= 1 / (DRAWS + 1)


def test_p_values_of_separation_in_one_even_cloud_are_no_smaller_than_they_say():
    low = 0
    for seed in range(100):
        chance = np.random.default_rng(seed)
        places = chance.uniform(-1, 1, (150, 2))
        places = in_order(places[np.hypot(*places.T) < 1] * [3, 1])
        best = clearest(groupings(points(places), 10))
        low += beyond(separation(best, places, 10, chance))

    assert wilson([low], [100])[0][0] <= 1 / (DRAWS + 1)


def test_agreement_among_people_of_two_minds_is_seen():
    table, _ = simulated_votes(seed=1, groups=2, apart=1.5)

    assert agreed(table, np.random.default_rng(1)) == 1 / (DRAWS + 1)


def test_agreement_on_two_statements_is_seen():
    table = np.repeat([[1.0, 1], [-1, -1]], 40, axis=0)

    assert beyond(agreed(table, np.random.default_rng(1)))


@pytest.mark.parametrize(
    ("agreeing", "separate", "clear"), [(0.025, 0.025, True), (0.025, 0.05, False), (0.5, 0.025, False)]
)
def test_groups_need_both(agreeing, separate, clear):
    assert Evidence(agreeing, separate).clear is clear
