"""What speaks for or against a synthetic unit."""

import numpy as np
import pytest

from lecen.science.synthetic_control import Matching, fit, placebo_test
from lecen.science.synthetic_control.diagnostics import hull, leave_one_out, placebos_in_time, pre_fit
from tests.science.synthetic_control.panels import named, simulated


@pytest.mark.parametrize(("error", "grade"), [(0.2, "good"), (0.4, "fair"), (0.6, "poor")])
def test_fit_is_graded_by_how_far_units_differ(error, grade):
    chance = np.random.default_rng(1)
    table = chance.normal(size=(50, 30))
    table /= np.sqrt(np.mean(table[:, :20].var(axis=0, ddof=1)))
    fitted = fit(table, 20)
    fitted.gaps[:20] *= error / fitted.before_error

    found = pre_fit(table, fitted, "classic")

    assert (found.error, found.relative, found.grade) == (pytest.approx(error), pytest.approx(error), grade)


def test_a_demeaned_fit_is_graded_without_levels():
    table = simulated(1) + 100 * np.arange(21)[:, None]
    demeaned = table[:, :14] - table[:, :14].mean(axis=1, keepdims=True)
    fitted = fit(table, 14, method="demeaned")

    found = pre_fit(table, fitted, "demeaned")

    assert found.relative == pytest.approx(fitted.before_error / np.sqrt(demeaned.var(axis=0, ddof=1).mean()))


def test_a_mixture_of_donors_lies_inside_their_hull():
    table = simulated(2)
    table[0] = table[1:6].mean(axis=0)

    found = hull(named(table), "classic")

    assert (found.inside, found.above, found.below) == (True, (), ())
    assert found.distance == pytest.approx(0, abs=1e-6)


def test_a_unit_above_all_donors_lies_outside():
    table = simulated(3)
    table[0] = table[1:].max(axis=0) + 2
    table[0, 5] = table[1:, 5].min() - 1

    found = hull(named(table), "classic")

    assert not found.inside
    assert (found.above, found.below) == (tuple(period for period in range(14) if period != 5), (5,))
    assert found.distance > 2


def test_levels_do_not_put_a_unit_outside_for_a_method_without_them():
    table = simulated(4)
    table[0] = table[1:6].mean(axis=0) + 1000

    assert (hull(named(table), "classic").inside, hull(named(table), "demeaned").inside) == (False, True)


def test_each_donor_that_carries_weight_is_left_out_once():
    table = simulated(5)
    fitted = fit(table, 14)
    heaviest = int(fitted.shares.argmax())

    found = leave_one_out(named(table), fitted, "classic", None)

    assert [one.share for one in found] == sorted((share for share in fitted.shares if share >= 0.01), reverse=True)
    assert found[0].donor == f"donor {heaviest + 1}"
    assert found[0].effect == fit(np.delete(table, heaviest + 1, axis=0), 14).effect


def test_predictors_are_left_out_with_their_donor():
    table, values = simulated(6), np.random.default_rng(6).normal(size=(21, 2))
    matching = Matching(values, np.ones(2))
    fitted = fit(table, 14, matching=matching)
    heaviest = int(fitted.shares.argmax()) + 1
    without = Matching(np.delete(values, heaviest, axis=0), np.ones(2))

    found = leave_one_out(named(table), fitted, "classic", matching)

    assert found[0].effect == fit(np.delete(table, heaviest, axis=0), 14, matching=without).effect


def test_two_donors_are_too_few_to_leave_one_out():
    table = simulated(7, units=3)

    assert leave_one_out(named(table), fit(table, 14), "classic", None) == ()


def test_false_starts_use_the_periods_before_alone():
    table = simulated(8, effect=100.0)
    alone = placebo_test(table[:, :14], 9)

    found = placebos_in_time(named(table), "classic", draws=1, seed=0)

    assert [one.start for one in found] == [7, 9, 11]
    assert (found[1].effect, found[1].ratio, found[1].rank, found[1].n) == (alone.effect, alone.ratio, alone.rank, 21)


def test_a_false_start_after_an_exact_fit_tells_nothing():
    table = simulated(10)
    table[0, :8] = table[1:3, :8].mean(axis=0)

    assert [one.start for one in placebos_in_time(named(table), "classic", draws=1, seed=0)] == [9, 11]


def test_a_unit_that_never_changes_before_has_no_false_start():
    table = simulated(11)
    table[0, :14] = 3

    assert placebos_in_time(named(table), "classic", draws=1, seed=0) == ()


def test_a_short_pre_period_has_no_false_start():
    assert placebos_in_time(named(simulated(9), before=3), "classic", draws=1, seed=0) == ()
