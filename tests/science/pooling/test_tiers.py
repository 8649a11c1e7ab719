"""Estimates of different kinds stand side by side and are never one figure."""

import pytest

from lecen.science.errors import ScienceError
from lecen.science.pooling import Basis, pool_by_basis, random_effects
from tests.science.pooling.trials import EFFECTS, ERRORS

MIXED = ["placebo-derived"] * 3 + ["design-based"] * 9 + ["model-based"]


def test_each_kind_is_pooled_by_itself_and_design_stands_first():
    tiers = pool_by_basis(EFFECTS, ERRORS, basis=MIXED)

    assert [(tier.basis, len(tier.places)) for tier in tiers] == [
        (Basis.DESIGN, 9),
        (Basis.MODEL, 1),
        (Basis.PLACEBO, 3),
    ]
    assert tiers[0].pooled == random_effects(EFFECTS[3:12], ERRORS[3:12], basis="design-based")
    assert tiers[2].pooled == random_effects(EFFECTS[:3], ERRORS[:3], basis="placebo-derived")


def test_an_estimate_alone_is_shown_as_it_is():
    alone = pool_by_basis(EFFECTS, ERRORS, basis=MIXED)[1]

    assert (alone.pooled, alone.places, alone.effects, alone.errors) == (None, (12,), (EFFECTS[12],), (ERRORS[12],))


@pytest.mark.parametrize(("basis", "sentence"), [(["design-based"], "13 estimates, 1 given"), (["?"] * 13, "'\\?'")])
def test_an_estimate_without_the_kind_of_its_error_is_refused(basis, sentence):
    with pytest.raises(ScienceError, match=sentence):
        pool_by_basis(EFFECTS, ERRORS, basis=basis)
