"""Three waves."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.waves.chain import chain_waves
from lecen.science.waves.matching import match_waves
from tests.science.waves.people import two_waves

CROWD = [(f"p{place}", f"q{place}", f"r{place}", place + 100) for place in range(12)]


def with_crowd(*codes):
    return [*CROWD, *codes]


def test_people_are_followed_through_three_waves():
    chain = chain_waves([CROWD, CROWD[::-1], CROWD[2:]])

    assert chain.complete.tolist() == [[place, 11 - place, place - 2] for place in range(2, 12)]
    assert (sorted(chain.pairs), chain.contradicted) == ([(0, 1), (0, 2), (1, 2)], 0)


def test_slips_that_add_up_over_waves_are_followed():
    drift = [("a", "b", "c", 1), ("a", "b", "x", 1), ("a", "y", "x", 1)]

    assert [12, 12, 12] in chain_waves([with_crowd(code) for code in drift]).complete.tolist()


def test_a_contradiction_leaves_the_person_out():
    # By the second wave the person is the first newcomer of the third; directly, the other one.
    last = with_crowd(("z", "y", "c", 1), ("a", "b", "c", 9))
    chain = chain_waves([with_crowd(("a", "b", "c", 1)), with_crowd(("a", "y", "c", 1)), last])

    assert (chain.complete[:, 0].tolist(), chain.contradicted) == (list(range(12)), 1)


def test_two_waves_are_those_of_match_waves():
    waves = two_waves(1, 100, 20, 20)
    found = match_waves(waves.first, waves.second)
    chain = chain_waves([waves.first, waves.second])

    assert np.array_equal(chain.complete, np.column_stack([found.first, found.second]))


@pytest.mark.parametrize("waves", [[], [CROWD], [CROWD] * 11, None])
def test_other_numbers_of_waves_are_refused(waves):
    with pytest.raises(ScienceError, match="Between 2 and 10 waves"):
        chain_waves(waves)
