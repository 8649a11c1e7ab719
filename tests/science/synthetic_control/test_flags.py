"""The warnings beside an estimate."""

import numpy as np
import pytest

from lecen.science.synthetic_control import LeftOut, TimePlacebo, fit, placebo_test
from lecen.science.synthetic_control.diagnostics import hull, pre_fit
from lecen.science.synthetic_control.flags import flags_of
from tests.science.synthetic_control.panels import named, simulated


def flags(table, before=14, method="classic", made=None, **more):
    made = made or named(table, before)
    fitted = fit(table, before, method=method)
    placebo, graded = placebo_test(table, before, method=method), pre_fit(table, fitted, method)
    found = flags_of(made, fitted, placebo=placebo, fit_before=graded, hull=hull(made, method), **more)
    return {flag.kind: flag.sentence for flag in found}


@pytest.fixture
def sound():
    """25 donors, 40 periods before, a treated unit in their midst: nothing to warn of."""
    table = simulated(1, units=26, periods=50, before=40, noise=0.05)
    table[0] = table[1:].mean(axis=0) + 0.05 * np.random.default_rng(2).normal(size=50)
    return table


def test_a_sound_estimate_has_no_flag(sound):
    assert flags(sound, 40) == {}


def test_one_heavy_donor_is_named(sound):
    sound[0] = 0.8 * sound[3] + 0.2 * sound[4]
    sound[0, 40:] += 1

    assert flags(sound, 40)["heavy_donor"] == "One donor, donor 3, carries 80% of the weight."


def test_a_doubtful_donor_is_named_with_the_reason(sound):
    sound[0] = 0.7 * sound[3] + 0.3 * sound[4]
    made = named(sound, 40, exclusions={"donor 3": "a hurricane."}).with_excluded()

    fitted = flags(made.table(), 40, made=made)

    assert fitted["doubtful_donor"] == "donor 3 carries 70% of the weight although: a hurricane."


def test_a_donor_that_itself_changed_is_named(sound):
    sound[0] = 0.3 * sound[3] + 0.7 * sound[5:].mean(axis=0)
    sound[3, 40:] += 30

    assert "donor 3 (30% of the weight) itself changed at that time" in flags(sound, 40)["shaken_donor"]


def test_a_unit_unlike_all_donors_is_told(sound):
    sound[0] = sound[1:].max(axis=0) + 5

    found = flags(sound, 40)

    assert found["poor_fit"].startswith("The fit before the treatment is poor")
    assert found["outside_hull"] == (
        "In 40 of 40 periods before, the treated unit lies outside all donors, mostly above."
    )


def test_weights_below_zero_are_told(sound):
    sound[0] = 3 * sound[3] - 2 * sound[4]

    assert "negative_weights" in flags(sound, 40, method="ridge_augmented")


def test_little_data_is_told():
    table = simulated(3, units=9, periods=9, before=5)
    table[0] = table[1:3].mean(axis=0)
    table[0, 5:] += 1

    found = flags(table, 5)

    assert found["more_donors_than_periods"].startswith("8 donors for 5 periods before")
    assert found["few_periods"].startswith("Only 5 periods before")
    assert found["few_placebos"].startswith("With 9 units no p-value is below 0.11")
    assert "exact_fit" in found


def test_placebos_that_are_matched_exactly_are_counted(sound):
    sound[3], sound[4] = sound[5], sound[6]

    assert flags(sound, 40)["exact_placebos"].startswith("4 of 25 placebos are matched exactly before")


def test_an_estimate_that_turns_on_one_donor_is_told(sound):
    effect = fit(sound, 40).effect

    found = flags(sound, 40, left_out=[LeftOut("donor 1", 0.2, effect + 1, 0.1), LeftOut("donor 2", 0.1, effect, 0.1)])

    assert found["turns_on_one_donor"].startswith("Without donor 1 the estimate is")


def test_a_false_start_that_looks_like_an_effect_is_told(sound):
    fakes = [TimePlacebo(20, -1.0, 3.0, 2, 26), TimePlacebo(30, -1.0, 3.0, 3, 26)]

    found = flags(sound, 40, in_time=fakes)

    assert found["unusual_before"].startswith("A start in 20, when nothing happened, ranks 2 of 26")
