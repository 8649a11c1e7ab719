"""Raking beside an independent one, a convex solver, and what must hold of every fit."""

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from lecen.science.errors import ScienceError
from lecen.science.weighting import effective_n, rake

SIZES = (4, 8, 6, 4)


def survey(n, seed, sizes=SIZES):
    """Simulated respondents whose categories are far from the population's, and that population's shares."""
    rng = np.random.default_rng(seed)
    drawn = {f"v{at}": rng.choice(size, n, p=rng.dirichlet(np.full(size, 20))) for at, size in enumerate(sizes)}
    categories = {name: [f"c{place}" for place in places] for name, places in drawn.items()}
    shares = {
        f"v{at}": {f"c{place}": float(share) for place, share in enumerate(rng.dirichlet(np.full(size, 30)))}
        for at, size in enumerate(sizes)
    }
    return categories, shares


def held(labels, weights):
    """Each category's share of the weights."""
    labels = np.array(labels)
    return {label: weights[labels == label].sum() / weights.sum() for label in sorted(set(labels.tolist()))}


def peer_weights(categories, shares, base):
    frame = pl.DataFrame({**categories, "base": base})
    raked = svy.Sample(frame, svy.Design(wgt="base")).weighting.rake(shares=shares, tol=1e-10, max_iter=1000)
    return raked.data["rk_wgt"].to_numpy()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_margins_of_a_thousand_give_the_weights_of_an_independent_raking(seed):
    categories, shares = survey(1000, seed)

    ours = rake(categories, shares).weights

    peer = peer_weights(categories, shares, np.ones(1000))
    assert np.abs(ours - peer / peer.mean()).max() < 1e-3


def test_base_weights_give_the_weights_of_an_independent_raking():
    categories, shares = survey(1000, 4)
    base = np.random.default_rng(4).uniform(0.5, 4, 1000)

    ours = rake(categories, shares, base_weights=base).weights

    peer = peer_weights(categories, shares, base)
    assert np.abs(ours - peer / peer.mean()).max() < 1e-3


def test_counts_give_the_weights_of_shares_and_the_size_of_the_population():
    categories, shares = survey(400, 5)
    counts = {name: {label: share * 52_000 for label, share in table.items()} for name, table in shares.items()}

    by_counts, by_shares = rake(categories, counts), rake(categories, shares)

    assert by_counts.weights == pytest.approx(by_shares.weights)
    assert (by_counts.population, by_shares.population) == (pytest.approx(52_000), None)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(300, 500))
def test_every_margin_holds(seed, n):
    categories, shares = survey(n, seed, (3, 4))

    weights = rake(categories, shares).weights

    for name, table in shares.items():
        assert held(categories[name], weights) == pytest.approx(table, rel=1e-5)


def test_weights_have_a_mean_of_one():
    assert rake(*survey(1000, 6)).weights.mean() == pytest.approx(1)


def test_the_order_of_respondents_and_variables_does_not_matter():
    categories, shares = survey(500, 7)
    shuffled = np.random.default_rng(7).permutation(500)
    other = {name: [categories[name][place] for place in shuffled] for name in reversed(categories)}

    again = rake(other, dict(reversed(shares.items()))).weights

    assert again == pytest.approx(rake(categories, shares).weights[shuffled], rel=1e-4)


def test_a_published_two_by_two_is_met_from_its_margins():
    # Closed form: weights of rows and columns; here the fitted table keeps the odds ratio of the answers.
    rows, columns = ["a"] * 50 + ["b"] * 50, ["x"] * 40 + ["y"] * 10 + ["x"] * 20 + ["y"] * 30

    weights = rake(
        {"row": rows, "column": columns}, {"row": {"a": 0.3, "b": 0.7}, "column": {"x": 0.5, "y": 0.5}}
    ).weights

    table = {
        pair: sum(w for w, *at in zip(weights, rows, columns, strict=True) if tuple(at) == pair)
        for pair in [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    }
    odds = table["a", "x"] * table["b", "y"] / (table["a", "y"] * table["b", "x"])
    assert odds == pytest.approx(40 * 30 / (10 * 20), rel=1e-5)


# --- Bounds ----------------------------------------------------------------------------------------------------------
def test_bounded_weights_stay_within_bounds_and_margins_still_hold():
    categories, shares = survey(1000, 8)
    bounds = (0.4, 1.9)
    free = rake(categories, shares)
    assert free.weights.min() < bounds[0]
    assert free.weights.max() > bounds[1]

    trimmed = rake(categories, shares, bounds=bounds)

    assert (trimmed.weights.min(), trimmed.weights.max()) == bounds
    assert max(margin.after for margin in trimmed.fits) < 1e-6
    assert trimmed.trimmed == ((trimmed.weights == 0.4) | (trimmed.weights == 1.9)).sum() > 0


def test_bounded_weights_are_the_closest_ones_that_a_convex_solver_finds():
    categories, shares = survey(90, 9, (3, 3))
    base = np.random.default_rng(9).uniform(0.5, 1.5, 90)
    base /= base.mean()
    bounds = (0.3, 2.6)
    sides = [
        (np.array(categories[name]) == label, share * 90) for name in shares for label, share in shares[name].items()
    ]

    ours = rake(categories, shares, base_weights=base, bounds=bounds, tolerance=1e-9, most_iterations=20_000)

    solved = minimize(
        lambda w: float((w * np.log(w / base) - w + base).sum()),
        np.ones(90),
        jac=lambda w: np.log(w / base),
        bounds=[bounds] * 90,
        constraints=[
            {"type": "eq", "fun": lambda w, s=s, t=t: w[s].sum() - t, "jac": lambda w, s=s: s.astype(float)}
            for s, t in sides[:-1]  # the last follows from the others
        ],
        method="SLSQP",
        options={"maxiter": 500, "ftol": 1e-13},
    )
    assert ours.trimmed > 0
    assert np.abs(ours.weights - solved.x).max() < 1e-3


def test_bounds_that_no_weights_can_keep_are_told():
    categories, shares = survey(1000, 8)

    with pytest.raises(ScienceError) as caught:
        rake(categories, shares, bounds=(0.9, 1.1))

    assert str(caught.value) == (
        "No weights from 0.9 to 1.1 times the mean meet all margins: widen the bounds or join categories."
    )


def test_bounds_that_no_weights_can_keep_come_back_unmet_on_request():
    categories, shares = survey(1000, 8)

    found = rake(categories, shares, bounds=(0.9, 1.1), unmet="report")

    assert not found.converged
    assert (found.weights.min(), found.weights.max()) == (0.9, 1.1)
    assert found.words.startswith("Margins are not met. No weights from 0.9 to 1.1 times the mean meet all margins")


# --- Margins that cannot be met --------------------------------------------------------------------------------------
def test_margins_that_call_for_people_who_did_not_answer_are_told():
    # Everyone old lives in the north and nobody young does: age and place cannot differ.
    categories = {"age": ["old"] * 20 + ["young"] * 20, "place": ["north"] * 20 + ["south"] * 20}
    shares = {"age": {"old": 0.5, "young": 0.5}, "place": {"north": 0.3, "south": 0.7}}

    with pytest.raises(ScienceError, match=r"^No weights meet all margins: combinations of categories"):
        rake(categories, shares)


def test_margins_that_only_weights_of_zero_meet_are_told():
    categories = {"age": ["old"] * 30 + ["young"] * 20, "place": ["north"] * 20 + ["south"] * 30}
    shares = {"age": {"old": 0.5, "young": 0.5}, "place": {"north": 0.5, "south": 0.5}}

    with pytest.raises(ScienceError, match=r"^Only weights of zero for some respondents meet all margins"):
        rake(categories, shares)


def test_too_few_rounds_are_told():
    with pytest.raises(ScienceError, match=r"^Margins were not met within 1 rounds; allow for more\.$"):
        rake(*survey(1000, 10), most_iterations=1)


def test_unmet_margins_show_in_the_report():
    found = rake(*survey(1000, 10), most_iterations=1, unmet="report")

    assert (found.converged, found.iterations) == (False, 1)
    assert max(margin.after for margin in found.fits) > 1e-6
    assert found.words.startswith("Margins are not met. Margins were not met within 1 rounds")


# --- Report ----------------------------------------------------------------------------------------------------------
def test_the_report_gives_the_largest_difference_before_and_after():
    labels = {"sex": ["f"] * 70 + ["m"] * 30}

    found = rake(labels, {"sex": {"f": 0.5, "m": 0.5}})

    (sex,) = found.fits
    assert (sex.variable, sex.before, sex.missing) == ("sex", pytest.approx(0.2), 0)
    assert sex.after == pytest.approx(0, abs=1e-12)
    assert (found.converged, found.obstacle, found.iterations) == (True, "", 1)
    assert found.effective_n == pytest.approx(effective_n(found.weights))
    assert found.words == (
        "100 answers were weighted to the population by sex. The largest difference from a population share was 20.0% "
        "before and is 0.0% after. Effective n is 84 (design effect 1.19)."
    )


# --- Missing and collapsed categories --------------------------------------------------------------------------------
def test_respondents_without_a_category_keep_their_share_and_the_others_meet_the_margin():
    labels = ["f"] * 60 + ["m"] * 20 + [None] * 10 + [math.nan] * 10

    found = rake({"sex": labels}, {"sex": {"f": 0.5, "m": 0.5}}, missing="keep")

    assert found.weights[80:] == pytest.approx(np.ones(20))
    assert (found.weights[:60].sum(), found.weights[60:80].sum()) == (pytest.approx(40), pytest.approx(40))
    assert found.fits[0].missing == 20


@pytest.mark.parametrize("absent", [0, 3, 9])
def test_fewer_than_ten_without_a_category_are_not_counted_nor_told_by_the_words(absent):
    labels = ["f"] * 60 + ["m"] * 20 + [None] * absent

    found = rake({"sex": labels}, {"sex": {"f": 0.5, "m": 0.5}}, missing="keep")

    assert found.fits[0].missing is None
    assert found.words == f"{len(labels)} answers were weighted to the population by sex."


def test_the_columns_of_a_table_are_raked_as_lists_are():
    categories, shares = survey(300, 11, (3, 4))

    by_table = rake(pd.DataFrame(categories), shares).weights

    assert by_table == pytest.approx(rake(categories, shares).weights)


def test_respondents_without_a_category_are_refused_unless_asked_for():
    with pytest.raises(ScienceError, match=r"^Some respondents' category of 'sex' is not known: leave them out"):
        rake({"sex": ["f", "m", None] * 10}, {"sex": {"f": 1, "m": 1}})


def test_a_category_that_nobody_answered_from_is_named():
    with pytest.raises(ScienceError) as caught:
        rake({"age": ["18-64"] * 20}, {"age": {"18-64": 80, "65-84": 15, "85+": 5}})

    assert str(caught.value) == (
        "Fewer than 10 people answered from these categories of 'age': '65-84', '85+'. So few cannot speak for all: "
        "collapse each into a category that resembles it, and say so."
    )


def test_a_category_is_collapsed_into_another_on_request():
    labels = ["18-64"] * 30 + ["65-84"] * 10

    found = rake({"age": labels}, {"age": {"18-64": 80, "65-84": 15, "85+": 5}}, collapse={"age": {"85+": "65-84"}})

    assert found.weights[30:].sum() / 40 == pytest.approx(0.2)
    assert found.collapsed == ("age: 85+ into 65-84",)
    assert "Categories were joined: age: 85+ into 65-84." in found.words


def test_respondents_of_a_collapsed_category_go_along():
    found = rake(
        {"age": ["a"] * 30 + ["b"] * 10 + ["c"] * 2}, {"age": {"a": 50, "b": 30, "c": 20}}, collapse={"age": {"c": "b"}}
    )

    assert found.weights[30:] == pytest.approx(np.full(12, 42 * 0.5 / 12))


def test_a_category_without_people_or_respondents_is_left_out():
    found = rake({"age": ["a"] * 15 + ["b"] * 10}, {"age": {"none": 0, "a": 1, "b": 1}})

    assert found.weights == pytest.approx(np.array([25 / 30] * 15 + [25 / 20] * 10))


AGE = {"age": ["a"] * 12 + ["b"] * 12}
HALVES = {"age": {"a": 0.5, "b": 0.5}}


@pytest.mark.parametrize(
    ("categories", "margins", "options", "sentence"),
    [
        ({}, HALVES, {}, "Categories must map the name of at least one variable"),
        (AGE, {}, {}, "Margins must map the name of at least one variable"),
        ([1, 2], HALVES, {}, "Categories must map the name"),
        (
            AGE,
            {"sex": {"f": 1}},
            {},
            "Each variable needs both respondents' categories and a margin; one is missing: 'age', 'sex'",
        ),
        (AGE, {"age": {}}, {}, "The margin of 'age' must map each category"),
        (AGE, {"age": [0.5, 0.5]}, {}, "The margin of 'age' must map each category"),
        (AGE, {"age": {"a": -1, "b": 2}}, {}, "The margin of 'age' must not be negative; 'a' is"),
        (AGE, {"age": {"a": 0, "b": 0}}, {}, "The margin of 'age' must sum to more than zero"),
        (AGE, {"age": {"a": math.nan, "b": 1}}, {}, "The margin of 'age' must be finite numbers; place 0"),
        (AGE, {"age": {"a": math.inf, "b": 1}}, {}, "The margin of 'age' must be finite numbers; place 0"),
        (AGE, {"age": {"a": 1e308, "b": 1e308}}, {}, "The margin of 'age' must sum"),
        (AGE, {"age": {"a": "many", "b": 1}}, {}, "The margin of 'age' must be numbers"),
        ({"age": "aabb"}, HALVES, {}, "The categories of 'age' must be a list"),
        ({"age": []}, HALVES, {}, "The categories of 'age' must be a list"),
        ({"age": [["a"], ["b"]]}, HALVES, {}, "The categories of 'age' must be single values"),
        ({"age": ["a"]}, HALVES, {}, "Weights compare respondents with each other; there must be at least 2"),
        ({"age": [None] * 3}, HALVES, {"missing": "keep"}, "Nobody's category of 'age' is known"),
        ({"age": ["a", "b", "z"] * 9}, HALVES, {}, "The categories of 'age' hold categories"),
        (
            {"age": ["a"] * 24},
            {"age": {"a": 0, "b": 1}},
            {"collapse": {"age": {"b": "c"}}},
            "The categories of 'age' cannot be collapsed",
        ),
        (AGE, {"age": {"a": 0, "b": 1}}, {}, "By its margin the population has nobody in these categories of 'age'"),
        (
            AGE,
            HALVES,
            {"collapse": {"sex": {"f": "m"}}},
            "Categories are to be collapsed in variables that have no margin: 'sex'",
        ),
        (AGE, HALVES, {"base_weights": [1] * 23}, "There must be one weight for each of 24 respondents, not 23"),
        (AGE, HALVES, {"base_weights": [0] + [1] * 23}, "Weights must be above 0; place 0"),
        (AGE, HALVES, {"base_weights": [math.nan] * 24}, "Weights must be finite numbers"),
        (AGE, HALVES, {"base_weights": [1e-320] + [1e300] * 23}, "Weights must be of comparable size"),
        (AGE, HALVES, {"bounds": (2, 3)}, "Bounds must be a low and a high multiple"),
        (AGE, HALVES, {"bounds": (0.5, math.nan)}, "Bounds must be finite"),
        (AGE, HALVES, {"bounds": 3}, "Bounds must be a low and a high multiple"),
        (AGE, HALVES, {"missing": "drop"}, "missing must be 'refuse' or 'keep'"),
        (AGE, HALVES, {"unmet": "hide"}, "unmet must be 'refuse' or 'report'"),
        (AGE, HALVES, {"tolerance": 0}, "The tolerance must lie between 0 and 1"),
        (AGE, HALVES, {"most_iterations": 0}, "The number of iterations must be at least 1"),
        (AGE, HALVES, {"fewest": 9}, "The fewest respondents of a category must be at least 10"),
        (pd.Series([1, 2]), HALVES, {}, "Categories must map the name"),
        (AGE, {"age": pd.Series({"a": 1, "b": 1})}, {}, "The margin of 'age' must map each category to its number of"),
        (
            {**AGE, "sex": ["f", "m"] * 12},
            {"age": {"a": 500, "b": 500}, "sex": {"f": 600, "m": 600}},
            {},
            "Margins must describe one population: 'age' sums to 1,000 and 'sex' to 1,200.",
        ),
        (
            {**AGE, "sex": ["f"]},
            {**HALVES, "sex": {"f": 1}},
            {},
            "Every variable must have one category for each respondent",
        ),
        (
            {str(at): ["a", "b"] for at in range(101)},
            {str(at): {"a": 1, "b": 1} for at in range(101)},
            {},
            "There are 101 margins; at most 100 can be met.",
        ),
    ],
)
def test_bad_input_is_refused_with_a_sentence(categories, margins, options, sentence):
    with pytest.raises(ScienceError) as caught:
        rake(categories, margins, **options)

    assert str(caught.value).startswith(sentence)
