"""Variances beside an independent package and the textbook's formulas."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
import svy

from lecen.science.errors import ScienceError
from lecen.science.weighting import Sample
from lecen.science.weighting.variance import read_sampling, variance


def sample(seed=1, n=240):
    rng = np.random.default_rng(seed)
    clusters = rng.integers(0, 12, n)
    return pl.DataFrame(
        {
            "y": rng.normal(3, 1, n) + clusters / 6,
            "w": rng.uniform(1, 4, n),
            "stratum": np.where(clusters < 5, "a", "b"),
            "cluster": clusters,
        }
    )


def drawn(**design):
    """A sample whose weights do not matter."""
    return Sample("probability", [], **design)


def ours(frame, **design):
    sampling = read_sampling(len(frame), Sample("probability", frame["w"], **design))
    return float(np.sqrt(variance(frame["y"].to_numpy()[:, None], frame["w"].to_numpy(), sampling)[0]))


def peer(frame, **design):
    return svy.Sample(frame, svy.Design(wgt="w", **design)).estimation.mean("y").to_polars()["se"][0]


def test_unequal_weights_give_the_error_of_an_independent_package():
    assert ours(sample()) == pytest.approx(peer(sample()), rel=1e-9)


def test_strata_and_clusters_give_the_error_of_an_independent_package():
    frame = sample()

    error = ours(frame, strata=frame["stratum"].to_list(), clusters=frame["cluster"].to_list())

    assert error == pytest.approx(peer(frame, stratum="stratum", psu="cluster"), rel=1e-9)


def test_equal_weights_give_the_standard_error_of_the_mean():
    values = np.array([1.0, 2.0, 4.0, 9.0])

    found = variance(values[:, None], np.ones(4), read_sampling(4, drawn()))

    assert found[0] == pytest.approx(values.var(ddof=1) / 4)


def test_a_variable_that_was_raked_to_does_not_vary():
    sex = ["f", "m"] * 50
    is_woman = np.array([label == "f" for label in sex], dtype=float)

    found = variance(is_woman[:, None], np.ones(100), read_sampling(100, drawn(raked_on={"sex": sex})))

    assert found[0] == pytest.approx(0, abs=1e-20)


def test_residuals_are_those_of_a_weighted_regression_on_the_raking_variables():
    rng = np.random.default_rng(5)
    age, sex = rng.integers(0, 3, 90), rng.integers(0, 2, 90)
    y, w = rng.normal(size=90) + age, rng.uniform(1, 2, 90)
    design = np.column_stack([np.ones(90), age == 1, age == 2, sex == 1]).astype(float)
    root = np.sqrt(w)[:, None]
    fitted = design @ np.linalg.lstsq(root * design, root[:, 0] * y, rcond=None)[0]
    scores = w * (y - fitted) / w.sum()

    found = variance(y[:, None], w, read_sampling(90, drawn(raked_on={"age": age, "sex": sex})))

    assert found[0] == pytest.approx(90 / 86 * ((scores - scores.mean()) ** 2).sum())  # four numbers are fitted


def test_clusters_of_one_name_in_two_strata_are_two():
    assert read_sampling(4, drawn(strata=["a", "a", "b", "b"], clusters=[1, 2, 1, 2])).degrees_of_freedom == 2


def freedom(n, **design):
    return read_sampling(n, drawn(**design)).degrees_of_freedom


def test_raking_takes_degrees_of_freedom_from_people_drawn_one_by_one():
    sex, age = ["f", "m"] * 30, ["a", "b", "c"] * 20

    assert freedom(60, raked_on={"sex": sex, "age": age}) == 60 - 4


def test_raking_across_clusters_takes_none_from_them():
    assert freedom(60, clusters=list(range(6)) * 10, raked_on={"x": [place // 10 % 3 for place in range(60)]}) == 5


def test_raking_on_what_clusters_are_of_takes_their_differences():
    clusters = list(range(6)) * 10

    assert freedom(60, clusters=clusters, raked_on={"district": [place % 3 for place in clusters]}) == 3


def test_raking_on_the_strata_takes_nothing_more_than_strata_do():
    strata = ["a", "b", "c"] * 20

    assert freedom(60, strata=strata, raked_on={"stratum": strata}) == 57


@pytest.mark.parametrize("clusters", [None, [place // 2 for place in range(40)]])
def test_as_many_categories_as_were_drawn_are_refused(clusters):
    labels = list(range(40)) if clusters is None else clusters

    with pytest.raises(ScienceError) as caught:
        read_sampling(40, drawn(clusters=clusters, raked_on={"place": labels}))

    assert str(caught.value) == (
        "The categories raked on leave nothing over to see chance by: there are as many as respondents or clusters. "
        "Join categories."
    )


def test_variables_raked_on_may_be_the_columns_of_a_table():
    rng = np.random.default_rng(4)
    table = pd.DataFrame({"sex": rng.integers(0, 2, 60), "age": rng.integers(0, 3, 60)})
    named = {name: table[name].tolist() for name in table.columns}
    values, weights = rng.normal(size=(60, 1)), np.ones(60)

    by_table = variance(values, weights, read_sampling(60, drawn(raked_on=table)))

    assert by_table == pytest.approx(variance(values, weights, read_sampling(60, drawn(raked_on=named))))


@pytest.mark.parametrize(
    ("n", "strata", "clusters", "raked_on", "sentence"),
    [
        (1, None, None, None, "Each stratum must have at least 2 clusters"),
        (3, ["a", "a", "b"], None, None, "Each stratum must have at least 2 clusters"),
        (3, None, [1, 1, 1], None, "Each stratum must have at least 2 clusters"),
        (3, ["a"], None, None, "Strata must have one entry for each of 3 respondents, not 1."),
        (3, None, "abc", None, "Clusters must be a list"),
        (3, None, [[1], [2], [3]], None, "Clusters must be single values"),
        (3, None, None, ["x", "y"], "The variables raked on must map the name of at least one variable"),
        (3, None, None, 5, "The variables raked on must map the name of at least one variable"),
        (3000, None, None, {"x": range(2500)}, "The categories of 'x' must have one entry"),
        (3000, None, None, {"x": range(3000)}, "The variables raked on have 3,000 categories; at most 2,000"),
        (3, None, None, {"x": ["a"]}, "The categories of 'x' must have one entry for each of 3 respondents"),
    ],
)
def test_bad_designs_are_refused_with_a_sentence(n, strata, clusters, raked_on, sentence):
    with pytest.raises(ScienceError) as caught:
        read_sampling(n, drawn(strata=strata, clusters=clusters, raked_on=raked_on))

    assert str(caught.value).startswith(sentence)
