"""Labels from lists, arrays and tables read alike."""

import numpy as np
import pandas as pd
import pytest

from lecen.science.errors import ScienceError
from lecen.science.weighting.coding import (
    as_list,
    by_variable,
    code,
    is_missing,
    listed,
    population_sizes,
    read_margins,
)

LABELS = ["a", "b", None, "a"]


@pytest.mark.parametrize(
    "values",
    [LABELS, tuple(LABELS), np.array(LABELS, dtype=object), pd.Series(LABELS), pd.Series(LABELS, dtype="category")],
    ids=["list", "tuple", "array", "column", "categorical column"],
)
def test_categories_are_read_from_any_list(values):
    (margin,), _ = read_margins({"x": values}, {"x": {"b": 1, "a": 3}}, None, keep_missing=True, fewest=1)

    assert margin.codes.tolist() == [1, 0, -1, 1]
    assert margin.shares.tolist() == [0.25, 0.75]


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        (np.array(["b", "a", "b"]), ["a", "b"]),
        (np.array([2, 1, 2]), [1, 2]),
        (np.array([2, 1, 2], dtype=np.uint8), [1, 2]),
        (np.array([2.0, 1.0, 2.0]), [1, 2]),
        (np.array([2, 1, 2]), [1.0, 2.0]),
        (np.array([2, 1, 2]), [1, *range(2, 100)]),
    ],
)
def test_arrays_are_coded_as_lists_are(values, labels):
    assert code(as_list(values, "x"), labels, "x").tolist() == code(values.tolist(), labels, "x").tolist() == [1, 0, 1]


@pytest.mark.parametrize("values", [np.array(["1", "2"]), np.array([3, 1])])
def test_strange_values_of_an_array_are_named(values):
    with pytest.raises(ScienceError, match=r"^Ages hold categories that the table of categories does not have: "):
        code(as_list(values, "Ages"), [1, 2], "Ages")


@pytest.mark.parametrize("label", [None, float("nan"), np.float64("nan"), pd.NA, pd.NaT])
def test_a_missing_label_is_known_as_such(label):
    assert is_missing(label)


@pytest.mark.parametrize("label", ["", "nan", 0, False])
def test_a_label_is_not_missing(label):
    assert not is_missing(label)


def test_strange_labels_are_named():
    with pytest.raises(ScienceError, match=r"the table of categories does not have: 'y', 'z'\.$"):
        code(["a", "y", "z", "y"], ["a"], "Answers")


def test_many_labels_are_cut_short():
    assert listed("abcdefg") == "'a', 'b', 'c', 'd', 'e' and 2 more"


def test_rounded_shares_are_taken_as_shares():
    (margin,), population = read_margins(
        {"x": [1, 2, 3]}, {"x": {1: 0.33, 2: 0.33, 3: 0.33}}, None, keep_missing=False, fewest=1
    )

    assert (population, margin.shares.sum()) == (None, pytest.approx(1))


def test_a_hundred_thousand_categories_are_read_at_once():
    labels = list(range(100_000))  # looked up one by one in a list, these would take minutes
    (margin,), _ = read_margins({"x": labels}, {"x": dict.fromkeys(labels, 1)}, None, keep_missing=False, fewest=1)

    assert np.array_equal(margin.codes, labels)


def test_a_table_gives_its_columns_by_variable():
    table = pd.DataFrame({"age": ["a", "b"], "sex": ["f", "m"]})

    assert {name: list(labels) for name, labels in by_variable(table, "Categories").items()} == {
        "age": ["a", "b"],
        "sex": ["f", "m"],
    }


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: by_variable(pd.DataFrame([[1, 2]], columns=["x", "x"]), "Categories"), "must have columns of diff"),
        (lambda: by_variable(pd.DataFrame(), "Categories"), "must map the name of at least one variable"),
        (lambda: as_list(pd.DataFrame({"x": [1]}), "Categories"), "must be a list with one category for each"),
        (
            lambda: population_sizes(pd.Series({"a": 1}), "Categories"),
            "its share; a column of a table becomes one with",
        ),
    ],
)
def test_a_table_in_the_wrong_place_is_refused_with_the_way_out(call, sentence):
    with pytest.raises(ScienceError, match=f"^Categories .*{sentence}"):
        call()
