"""Codes as they are read and judged."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.waves.codes import code_strength, numbered
from tests.science.waves.people import two_waves


def test_text_is_compared_without_case_and_space_and_gaps_are_known():
    wave = [("A", " b", 3), ("a ", "B", 3.0), (None, "", float("nan"))] + [("c", "d", 1)] * 7
    [table] = numbered([wave])

    assert np.array_equal(table[0], table[1])
    assert table[2].tolist() == [-1, -1, -1]


def test_values_have_the_same_number_in_all_waves():
    one, other = numbered([[("x", 1, 1), ("y", 2, 2)] * 5, [("y", 2, 2), ("x", 1, 1)] * 5])

    assert np.array_equal(one, other[::-1])


def test_bits_are_those_of_even_shares():
    strength = code_strength([(place % 4, place % 2, place % 8) for place in range(64)])

    assert (strength.people, strength.bits, strength.needed_bits) == (64, (2, 1, 3), 6)
    assert (strength.unique_share, strength.missing_share) == (0, (0, 0, 0))


def test_codes_that_tell_people_apart_are_personal():
    strength = code_strength(two_waves(1, 300, 0, 0).first)

    assert strength.unique_share > 0.95
    assert "single a person out" in strength.cautions[0]


def test_weak_codes_are_told():
    cautions = code_strength([(place % 4, place % 3, place % 2) for place in range(64)]).cautions

    assert ("single a person out" in cautions[0], "bits" in cautions[1]) == (True, True)


def test_an_element_nobody_gave_has_no_bits():
    assert code_strength([(None, place % 2, place % 3) for place in range(20)]).bits[0] == 0


def test_an_element_that_is_a_name_is_refused():
    codes = [(place % 31, f"555-{place:04}", place % 12) for place in range(150)]

    with pytest.raises(ScienceError, match=r"Element 1 .* alone singles out 100% of the people"):
        code_strength(codes)


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ([(1, 2, 3)] * 9, "between 10 and 5,000,000 codes"),
        ([], "0 codes"),
        ([(1, 2)] * 20, "3 to 20 elements, not 2"),
        ([(1,) * 21] * 20, "not 21"),
        ([(1, 2, 3)] * 20 + [(1, 2)], "same number of elements"),
        (["abc"] * 20, "Code 0 of wave 0 must be a tuple"),
        ("abcdefghijkl", "must be a list of codes, not str"),
        (None, "not NoneType"),
        ([(1, 2, 0.5)] * 20, "neither text nor whole: 0.5"),
        ([(1, 2, float("inf"))] * 20, "neither text nor whole: inf"),
        ([(1, 2, True)] * 20, "neither text nor whole: True"),
        ([(1, 2, (3,))] * 20, "neither text nor whole"),
        ([(1, 2, np.array([3, 4]))] * 20, "neither text nor whole"),
    ],
)
def test_what_is_no_code_is_refused(codes, message):
    with pytest.raises(ScienceError, match=message):
        code_strength(codes)
