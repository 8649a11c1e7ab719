"""The same question asked in every way."""

import pytest

from lecen.science.errors import ScienceError
from lecen.science.synthetic_control import METHODS, analyze, specifications
from tests.science.synthetic_control.panels import homicides, named, simulated


def test_every_combination_is_answered_once():
    made = named(simulated(1, units=8), exclusions={"donor 3": "a merger"})

    found = specifications(made, methods=("classic", "demeaned"), first_periods=[4])

    labels = [(one.method, one.scale, one.donors, one.first_period) for one in found]
    assert labels == [
        (method, scale, donors, first)
        for method in ("classic", "demeaned")
        for scale in ("level", "log")
        for donors in ("planned", "all")
        for first in (0, 4)
    ]


def test_an_answer_is_that_of_its_analysis():
    made = named(simulated(2), exclusions={"donor 3": "a merger"})

    found = {(one.method, one.scale, one.donors): one.estimate for one in specifications(made)}

    for method in METHODS:
        alone = analyze(made.with_excluded().in_logs(), method=method)
        one = found[method, "log", "all"]
        assert (one.effect, one.rank, one.n, one.interval) == (
            alone.effect,
            alone.placebo.rank,
            alone.placebo.n,
            alone.interval,
        )
        assert one.heaviest == next(iter(alone.weights))


def test_percents_of_levels_and_logs_are_alike():
    table = simulated(3, effect=-1.0, noise=0.01)

    level, log = (one.estimate.percent for one in specifications(named(table), methods=["classic"]))

    assert level == pytest.approx(log, abs=0.5)


def test_what_cannot_be_run_says_why():
    table = simulated(4)
    table[2, 3] = 0

    found = specifications(named(table), methods=["classic"], first_periods=[13])

    refused = [(one.scale, one.first_period, one.estimate is None, one.refused) for one in found]
    assert refused == [
        ("level", 0, False, None),
        ("level", 13, True, "The number of periods before the treatment must be at least 3, not 1."),
        ("log", 0, True, "Logarithms need an outcome above 0; 'donor 2' has 0 in 3."),
        ("log", 13, True, "The number of periods before the treatment must be at least 3, not 1."),
    ]


def test_predictors_double_the_answers_of_methods_that_take_them():
    made = named(simulated(5), predictors={"size": simulated(6)[:, 0]})

    found = specifications(made, methods=("classic", "synthetic_did"), scales=["level"], predictor_weights="equal")

    assert [(one.method, one.matched_on) for one in found] == [
        ("classic", "outcomes"),
        ("classic", "predictors"),
        ("synthetic_did", "outcomes"),
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"methods": ["magic"]}, "'magic' is none of classic"),
        ({"scales": ["square"]}, "'square' is none of level, log"),
        ({"predictor_weights": "equal"}, "no predictors to match on"),
    ],
)
def test_unknown_ways_are_refused(options, message):
    with pytest.raises(ScienceError, match=message):
        specifications(named(simulated(1)), **options)


@pytest.mark.data
def test_homicides_in_dc_depend_on_how_one_asks(real_data):
    found = {
        (one.method, one.scale, one.donors): one.estimate
        for one in specifications(homicides(real_data), methods=("classic", "demeaned"))
    }

    ranks = {labels: (one.rank, one.n, one.pre_fit.grade) for labels, one in found.items()}
    assert ranks["classic", "level", "planned"] == (26, 57, "poor")
    assert ranks["classic", "level", "all"] == (3, 58, "poor")
    assert ranks["demeaned", "log", "planned"] == (1, 57, "good")
    assert found["demeaned", "log", "planned"].percent == pytest.approx(-27.2, abs=0.05)
    assert (found["classic", "level", "all"].heaviest, round(found["classic", "level", "all"].share, 2)) == (
        "New Orleans",
        0.70,
    )
