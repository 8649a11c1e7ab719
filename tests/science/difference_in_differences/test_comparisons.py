"""Which comparisons a panel allows."""

import numpy as np
import pytest

from lecen.science.difference_in_differences import NEVER, wide_panel
from lecen.science.difference_in_differences.comparisons import compare
from lecen.science.errors import ScienceError

OUTCOMES = np.arange(20.0).reshape(5, 4) ** 2
DATES = [2, 3, 3, NEVER, 9]


def cells(panel, **options):
    found = compare(panel, **({"controls": "never", "base": "varying", "anticipation": 0} | options))
    sizes = found.control_sizes(found.sizes)
    cohorts = found.cohorts[found.cohort]
    return [tuple(int(part) for part in cell) for cell in zip(cohorts, found.period, found.base, sizes, strict=True)]


def test_before_treatment_a_varying_base_is_the_period_before_and_after_it_the_last_one_before():
    assert cells(wide_panel(OUTCOMES, DATES)) == [
        (2, 1, 0, 2),
        (2, 2, 1, 2),
        (2, 3, 1, 2),
        (3, 1, 0, 2),
        (3, 2, 1, 2),
        (3, 3, 2, 2),
    ]


def test_a_universal_base_is_the_last_period_before_treatment_throughout():
    assert cells(wide_panel(OUTCOMES, DATES), base="universal") == [
        (2, 0, 1, 2),
        (2, 2, 1, 2),
        (2, 3, 1, 2),
        (3, 0, 2, 2),
        (3, 1, 2, 2),
        (3, 3, 2, 2),
    ]


def test_units_not_yet_treated_are_controls_until_they_are_treated():
    assert cells(wide_panel(OUTCOMES, DATES), controls="not_yet") == [
        (2, 1, 0, 4),
        (2, 2, 1, 4),
        (2, 3, 1, 2),
        (3, 1, 0, 3),
        (3, 2, 1, 2),
        (3, 3, 2, 2),
    ]


def test_anticipation_moves_the_base_back_and_takes_controls_out_earlier():
    assert cells(wide_panel(OUTCOMES, DATES), controls="not_yet", anticipation=1) == [
        (2, 1, 0, 4),
        (2, 2, 0, 2),
        (2, 3, 0, 2),
        (3, 1, 0, 2),
        (3, 2, 1, 2),
        (3, 3, 1, 2),
    ]


def test_periods_without_any_untreated_unit_are_left_out():
    assert cells(wide_panel(OUTCOMES, [2, 3, 3, 2, 2]), controls="not_yet") == [
        (2, 1, 0, 2),
        (2, 2, 1, 2),
        (3, 1, 0, 3),
    ]


@pytest.mark.parametrize(
    ("dates", "options", "message"),
    [
        ([NEVER] * 5, {}, "No unit is first treated after the first period"),
        ([0, 0, 0, NEVER, NEVER], {}, "No unit is first treated after the first period"),
        ([1, 1, 2, 2, 2], {}, "No unit is never treated; compare with those not yet treated"),
        ([2] * 5, {"controls": "not_yet"}, "In no period is a treated unit beside one"),
        (DATES, {"controls": "all"}, "The controls must be 'never' or 'not_yet' treated, not 'all'"),
        (DATES, {"base": "fixed"}, "The base period must be 'varying' or 'universal'"),
        (DATES, {"anticipation": -1}, "Anticipation must be at least 0"),
        (DATES, {"anticipation": 9}, "Anticipation must be at most 3"),
        (DATES, {"anticipation": 3}, "No unit is first treated after the first period"),
    ],
)
def test_a_panel_that_allows_no_comparison_is_refused(dates, options, message):
    with pytest.raises(ScienceError, match=message):
        cells(wide_panel(OUTCOMES, dates), **options)


def test_a_cohort_of_one_unit_is_told():
    found = compare(wide_panel(OUTCOMES, DATES), controls="never", base="varying", anticipation=0)

    assert found.lonely.tolist() == [True, True, True, False, False, False]
