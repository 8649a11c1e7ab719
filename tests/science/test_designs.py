"""A design is said, never guessed."""

import pytest

from lecen.science.designs import Design, Sample, read_design, read_sample
from lecen.science.errors import ScienceError


@pytest.mark.parametrize("given", ["opt-in", Design.OPT_IN])
def test_a_design_is_taken_by_name(given):
    assert read_design(given) is Design.OPT_IN


@pytest.mark.parametrize("given", ["random", "", None, 1, ["opt-in"]])
def test_anything_else_is_refused(given):
    with pytest.raises(ScienceError, match=r"^The design must be 'probability' or 'opt-in', not "):
        read_design(given)


def test_a_sample_is_taken_by_its_design():
    assert read_sample(Sample("probability", [1])) is Design.PROBABILITY


@pytest.mark.parametrize("given", [None, "opt-in", [1, 2]])
def test_what_is_no_sample_is_refused(given):
    with pytest.raises(ScienceError, match=r"^The sample must be a Sample with its design and weights, not "):
        read_sample(given)
