"""Figures with a margin where there is one, and words where there is none."""

from itertools import product

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.weighting import (
    OPT_IN_HAS_NO_MARGIN,
    Sample,
    effective_n,
    estimate_mean,
    estimate_shares,
    margin_of_error,
    rake,
)
from lecen.science.weighting.estimates import LINEARIZED, LINEARIZED_RAKED

SCALE = [1, 2, 3, 4, 5] * 20
EQUAL = np.ones(100)


def test_an_opt_in_sample_has_no_margin_of_error():
    with pytest.raises(ScienceError) as caught:
        margin_of_error(SCALE, Sample("opt-in", EQUAL))

    assert str(caught.value) == OPT_IN_HAS_NO_MARGIN


def test_the_margin_of_a_share_of_one_half_is_the_textbooks():
    # 1.96 sqrt(0.25 / 1000) = 3.1 points.
    assert margin_of_error([0, 1] * 500, Sample("probability", np.ones(1000))) == pytest.approx(0.031, abs=5e-5)


def test_the_mean_and_its_interval_are_those_of_an_independent_package():
    rng = np.random.default_rng(3)
    y, w = rng.normal(3, 1, 200), rng.uniform(1, 5, 200)
    frame = pl.DataFrame({"y": y, "w": w})

    found = estimate_mean(y, Sample("probability", w))

    row = svy.Sample(frame, svy.Design(wgt="w")).estimation.mean("y").to_polars()
    assert (found.value, found.standard_error) == (pytest.approx(row["est"][0]), pytest.approx(row["se"][0]))
    assert tuple(found.interval) == (pytest.approx(row["lci"][0]), pytest.approx(row["uci"][0]))
    assert found.method == LINEARIZED


def test_raked_weights_give_the_error_of_a_jackknife_that_rakes_again():
    rng = np.random.default_rng(6)
    n = 600
    age, sex = rng.choice(["a", "b", "c"], n), rng.choice(["f", "m"], n)
    y = rng.normal(size=n) + 1.5 * (age == "a") + (sex == "f")
    margins = {"age": {"a": 0.5, "b": 0.3, "c": 0.2}, "sex": {"f": 0.5, "m": 0.5}}
    categories = {"age": age, "sex": sex}

    found = estimate_mean(y, Sample("probability", rake(categories, margins).weights, raked_on=categories))

    means = []
    for group in range(60):
        kept = np.arange(n) % 60 != group
        weights = rake({name: labels[kept] for name, labels in categories.items()}, margins).weights
        means.append(weights @ y[kept] / weights.sum())
    jackknife = np.sqrt(59 / 60 * ((np.array(means) - np.mean(means)) ** 2).sum())
    assert found.standard_error == pytest.approx(jackknife, rel=0.15)
    assert found.method == LINEARIZED_RAKED


def test_raking_to_what_goes_with_the_answer_narrows_the_margin():
    age = ["a", "b"] * 100
    y = np.array([0.0, 1.0] * 100) + np.random.default_rng(2).normal(0, 0.1, 200)

    plain = margin_of_error(y, Sample("probability", np.ones(200)))
    raked = margin_of_error(y, Sample("probability", np.ones(200), raked_on={"age": age}))

    assert raked < plain / 4


def test_an_opt_in_mean_has_n_and_effective_n_and_no_interval():
    weights = [1, 3] * 50

    found = estimate_mean(SCALE, Sample("opt-in", weights))

    assert (found.n, found.effective_n) == (100, pytest.approx(effective_n(weights)))
    assert (found.standard_error, found.interval, found.method) == (None, None, "")
    assert found.words == (
        "Not representative: 100 people who chose for themselves to answer, weighted to an effective n of 80. No "
        "margin of sampling error can be given."
    )


def test_a_probability_mean_says_what_its_margin_leaves_out():
    found = estimate_mean(SCALE, Sample("probability", EQUAL))

    assert found.value == pytest.approx(3)
    assert found.words == (
        "100 people drawn by chance, weighted to an effective n of 100; the interval is the 95% margin of sampling "
        "error, and leaves out other errors such as who did not answer."
    )


@pytest.mark.parametrize("design", ["opt-in", "probability"])
@pytest.mark.parametrize(
    ("answers", "n"),
    [([1, 2, 3] * 3, None), ([4] * 100, 100), ([5] * 91 + [1] * 9, 100)],
    ids=["few", "alike", "nearly alike"],
)
def test_a_mean_that_would_show_a_few_people_is_withheld(design, answers, n):
    found = estimate_mean(answers, Sample(design, np.ones(len(answers))))

    assert (found.n, found.value, found.interval, found.effective_n) == (n, None, None, None)


@pytest.mark.parametrize("counts", [(50, 3, 40), (50, 40, 3), (4, 50, 50), (60, 0, 50)])
@pytest.mark.parametrize("design", ["opt-in", "probability"])
def test_a_mean_of_three_answers_does_not_give_away_one_of_a_few(design, counts):
    found = estimate_mean(np.repeat([0, 1, 2], counts), Sample(design, np.ones(sum(counts))))

    assert (found.n, found.value, found.standard_error) == (sum(counts), None, None)
    assert found.words == (
        f"{sum(counts)} people answered; a mean would tell how many gave an answer that fewer than 10 gave."
    )


def test_a_mean_whose_error_would_tell_a_few_people_comes_without_one():
    answers = np.repeat([1, 2, 3, 4, 5], [20, 30, 4, 30, 20])

    found = estimate_mean(answers, Sample("probability", np.ones(104)))

    assert (found.value, found.standard_error, found.interval, found.method) == (pytest.approx(3), None, None, "")
    assert found.words == (
        "104 people drawn by chance, weighted to an effective n of 104. No margin of sampling error is shown: it would "
        "tell how many gave an answer that fewer than 10 gave."
    )


@pytest.mark.parametrize("design", ["opt-in", "probability"])
def test_every_mean_of_few_answers_leaves_small_counts_open(design):
    """Every table of 16 people who gave 0 to 3, at a limit of 3: who sees n and the figures cannot tell a small count."""
    seen = {}
    for counts in product(range(17), repeat=4):
        if sum(counts) == 16 and min(counts[0], counts[3]) > 0:
            found = estimate_mean(np.repeat([0, 1, 2, 3], counts), Sample(design, np.ones(16)), k=3)
            if found.value is not None:
                error = found.standard_error and round(found.standard_error, 9)
                seen.setdefault((round(found.value, 9), error), []).append(counts)

    assert seen
    for key, tables in seen.items():
        value, error = key
        possible = (
            tables
            if error is not None
            else [
                counts
                for counts in product(range(17), repeat=4)
                if sum(counts) == 16 and np.dot(counts, range(4)) == pytest.approx(16 * value)
            ]
        )
        for place in range(4):
            small = {counts[place] for counts in possible if counts[place] < 3}
            assert not any(counts[place] < 3 for counts in tables) or small == {0, 1, 2}


def test_tiny_answers_have_the_error_of_large_ones():
    answers = np.random.default_rng(5).normal(size=100)
    sample = Sample("probability", EQUAL)

    tiny, plain = estimate_mean(answers * 1e-300, sample), estimate_mean(answers, sample)

    assert tiny.standard_error * 1e300 == pytest.approx(plain.standard_error)
    assert margin_of_error(answers * 1e-300, sample) * 1e300 == pytest.approx(margin_of_error(answers, sample))


# --- Shares ----------------------------------------------------------------------------------------------------------
def test_shares_of_an_opt_in_sample_have_no_intervals():
    found = estimate_shares(["yes"] * 30 + ["no"] * 20, Sample("opt-in", np.ones(50)), options=["yes", "no"])

    assert (found.shares, found.intervals) == ({"yes": pytest.approx(0.6), "no": pytest.approx(0.4)}, {})
    assert found.words.startswith("Not representative: 50 people")


def test_a_share_drawn_by_chance_has_wilsons_interval_almost():
    found = estimate_shares(["yes"] * 500 + ["no"] * 500, Sample("probability", np.ones(1000)), options=["yes", "no"])

    # Wilson at 500 of 1,000: 0.4691 to 0.5309; Student's t widens it in the fourth place.
    assert found.intervals["yes"] == (pytest.approx(0.4691, abs=2e-4), pytest.approx(0.5309, abs=2e-4))


def test_the_shares_are_those_of_an_independent_package():
    rng = np.random.default_rng(8)
    chosen, w = rng.choice(["a", "b", "c"], 300), rng.uniform(1, 3, 300)
    frame = pl.DataFrame({"x": chosen, "w": w})

    found = estimate_shares(chosen, Sample("probability", w), options=["a", "b", "c"])

    rows = svy.Sample(frame, svy.Design(wgt="w")).estimation.prop("x").to_polars().sort("x")
    assert list(found.shares.values()) == pytest.approx(rows["est"].to_list())
    assert [interval.low for interval in found.intervals.values()] == pytest.approx(rows["lci"].to_list(), abs=5e-3)
    assert [interval.high for interval in found.intervals.values()] == pytest.approx(rows["uci"].to_list(), abs=5e-3)


@pytest.mark.parametrize("design", ["opt-in", "probability"])
def test_a_small_option_and_its_neighbor_have_no_share(design):
    answers = ["1"] * 4 + ["2"] * 17 + ["3"] * 20 + ["4"] * 28

    found = estimate_shares(answers, Sample(design, np.ones(69)), options=["1", "2", "3", "4"])

    assert [share is None for share in found.shares.values()] == [True, True, False, False]


def test_an_option_that_nobody_chose_is_not_told():
    found = estimate_shares(["yes"] * 40, Sample("opt-in", np.ones(40)), options=["yes", "no"])

    assert found.shares == {"yes": None, "no": None}


def test_fewer_than_ten_answers_are_not_told():
    found = estimate_shares(["yes"] * 5 + ["no"] * 4, Sample("probability", np.ones(9)), options=["yes", "no"])

    assert (found.n, found.shares, found.words) == (
        None,
        {"yes": None, "no": None},
        "Fewer than 10 people answered; nothing is shown.",
    )


@given(st.lists(st.sampled_from("abc"), min_size=2, max_size=80), st.integers(0, 1000))
def test_intervals_stay_between_zero_and_one_and_hold_their_share(answers, seed):
    weights = np.random.default_rng(seed).lognormal(size=len(answers))

    found = estimate_shares(answers, Sample("probability", weights), options=list("abc"))

    for option, interval in found.intervals.items():
        assert interval is None or 0 <= interval.low <= found.shares[option] <= interval.high <= 1


def test_an_option_fixed_by_the_raking_has_an_interval_of_no_width():
    sex = ["f", "m"] * 50

    found = estimate_shares(sex, Sample("probability", EQUAL, raked_on={"sex": sex}), options=["f", "m"])

    assert found.intervals["f"] == (pytest.approx(0.5), pytest.approx(0.5))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: estimate_mean([], Sample("opt-in", [])), "Answers must hold at least one number"),
        (lambda: estimate_mean([1, np.nan], Sample("opt-in", [1, 1])), "Answers must be finite numbers; place 1"),
        (
            lambda: estimate_mean([1e300, -1e300], Sample("probability", [1, 1])),
            "Answers must be numbers of a size up to",
        ),
        (lambda: estimate_mean(["good"], Sample("opt-in", [1])), "Answers must be numbers"),
        (lambda: estimate_mean(SCALE, Sample("opt-in", [1])), "There must be one weight for each of 100 respondents"),
        (lambda: estimate_mean(SCALE, Sample("quota", EQUAL)), "The design must be"),
        (lambda: estimate_mean(SCALE, Sample("opt-in", EQUAL), k=1), "k must be at least 2"),
        (lambda: estimate_mean(SCALE, Sample("opt-in", EQUAL), level=2), "The level must lie between 0 and 1"),
        (lambda: margin_of_error(SCALE, None), "The sample must be a Sample"),
        (lambda: estimate_mean(SCALE, None), "The sample must be a Sample"),
        (lambda: estimate_shares(["a"], None, options=["a", "b"]), "The sample must be a Sample"),
        (
            lambda: estimate_mean(np.arange(40.0), Sample("probability", np.ones(40), raked_on={"x": range(40)})),
            "The categories raked on leave nothing over",
        ),
        (lambda: estimate_mean(SCALE, Sample("probability", EQUAL, raked_on=["sex"])), "The variables raked on must"),
        (lambda: margin_of_error([1], Sample("probability", [1])), "A margin of error would tell how many"),
        (lambda: margin_of_error([0] * 91 + [1] * 9, Sample("probability", EQUAL)), "A margin of error would tell"),
        (
            lambda: margin_of_error([0, 1] * 50, Sample("probability", EQUAL, clusters=[1] * 100)),
            "Each stratum must have at least 2 clusters",
        ),
        (lambda: estimate_shares(["a"], Sample("opt-in", [1]), options=["a"]), "The options must be at least 2"),
        (lambda: estimate_shares([], Sample("opt-in", []), options=["a", "b"]), "Answers must be a list"),
        (lambda: estimate_shares(["c"], Sample("opt-in", [1]), options=["a", "b"]), "Answers hold categories"),
        (lambda: estimate_shares([None], Sample("opt-in", [1]), options=["a", "b"]), "Some answers are missing"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(call, sentence):
    with pytest.raises(ScienceError) as caught:
        call()

    assert str(caught.value).startswith(sentence)
