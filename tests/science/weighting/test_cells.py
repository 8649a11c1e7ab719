"""Cells weighted by themselves, and cells that are joined because few answered from them."""

from collections import Counter

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.weighting import post_stratify


def people(counts):
    """Respondents by variable from counts by cell."""
    rows = [cell for cell, count in counts.items() for _ in range(count)]
    return {"age": [row[0] for row in rows], "sex": [row[1] for row in rows]}


POPULATION = {("young", "f"): 300, ("young", "m"): 200, ("old", "f"): 350, ("old", "m"): 150}


def test_each_cell_has_its_share_of_the_population():
    answers = people({("young", "f"): 10, ("young", "m"): 30, ("old", "f"): 20, ("old", "m"): 40})

    found = post_stratify(answers, POPULATION)

    expected = [30.0] * 10 + [20 / 3] * 30 + [17.5] * 20 + [3.75] * 40
    assert found.weights == pytest.approx(np.array(expected) / 10)
    assert (found.joined, len(found.groups)) == ((), 4)


def test_the_weights_are_those_of_an_independent_post_stratification():
    answers = people({("young", "f"): 14, ("young", "m"): 33, ("old", "f"): 21, ("old", "m"): 40})
    base = np.random.default_rng(2).uniform(1, 3, 108)
    cells = [f"{age}/{sex}" for age, sex in zip(answers["age"], answers["sex"], strict=True)]
    sample = svy.Sample(pl.DataFrame({"cell": cells, "base": base}), svy.Design(wgt="base"))
    controls = {"/".join(cell): count for cell, count in POPULATION.items()}

    ours = post_stratify(answers, POPULATION, base_weights=base).weights

    peer = sample.weighting.poststratify(cells="cell", controls=controls, wgt_name="ps").data["ps"].to_numpy()
    assert ours == pytest.approx(peer / peer.mean(), rel=1e-9)


def test_a_small_cell_is_joined_to_its_neighbor_in_the_last_variable():
    answers = people({("young", "f"): 3, ("young", "m"): 30, ("old", "f"): 20, ("old", "m"): 40})

    found = post_stratify(answers, POPULATION)

    assert found.joined == ((("young", "f"), ("young", "m")),)
    assert found.weights[:33] == pytest.approx(np.full(33, 0.5 * 93 / 33))


def test_a_small_line_is_joined_to_the_next_line():
    answers = people({("young", "f"): 3, ("young", "m"): 4, ("old", "f"): 20, ("old", "m"): 40})

    found = post_stratify(answers, POPULATION)

    assert found.groups == ((("young", "f"), ("young", "m"), ("old", "f"), ("old", "m")),)


def test_a_small_end_is_joined_to_what_came_before():
    found = post_stratify({"age": ["a"] * 20 + ["b"] * 20 + ["c"]}, {("a",): 1, ("b",): 1, ("c",): 1})

    assert found.groups == ((("a",),), (("b",), ("c",)))


def test_a_cell_of_nobody_makes_nothing_small():
    answers = people({("young", "f"): 20, ("old", "f"): 20, ("old", "m"): 20})

    found = post_stratify(answers, {cell: size for cell, size in POPULATION.items() if cell != ("young", "m")})

    assert found.joined == ()
    assert found.shares.sum() == pytest.approx(1)


@given(st.lists(st.integers(0, 30), min_size=12, max_size=12), st.integers(1, 12))
def test_groups_hold_enough_people_and_every_cell_once(counts, fewest):
    cells = [(age, sex) for age in "abcd" for sex in "xyz"]
    answers = people(dict(zip(cells, counts, strict=True)))
    if sum(counts) < max(fewest, 1):
        return

    found = post_stratify(answers, dict.fromkeys(cells, 1), fewest=fewest)

    held = Counter(zip(answers["age"], answers["sex"], strict=True))
    assert sorted(cell for group in found.groups for cell in group) == cells
    assert min(sum(held[cell] for cell in group) for group in found.groups) >= fewest
    assert found.weights.mean() == pytest.approx(1)


@pytest.mark.parametrize(
    ("categories", "cells", "options", "sentence"),
    [
        ({}, {("a",): 1}, {}, "Categories must map the name of at least one variable"),
        ({"x": ["a"] * 9}, {("a",): 1}, {}, "There must be at least 10 respondents, the fewest of a cell, not 9."),
        ({"x": ["a"] * 10}, {"a": 1}, {}, "Each cell must be a tuple of 1 categories"),
        ({"x": ["a"] * 10}, {("a", "b"): 1}, {}, "Each cell must be a tuple of 1 categories"),
        ({"x": ["a"] * 10}, {}, {}, "The population's cells must map each category"),
        ({"x": ["a"] * 10}, {("a",): -1}, {}, "The population's cells must not be negative"),
        ({"x": ["a"] * 9 + [None]}, {("a",): 1}, {}, "Some respondents' category of 'x' is not known"),
        ({"x": ["a"] * 9 + ["b"]}, {("a",): 1}, {}, "The categories of 'x' hold categories"),
        ({"x": ["a"], "y": ["b", "c"]}, {("a", "b"): 1}, {}, "Every variable must have one category"),
        ({"x": ["a"] * 10}, {("a",): 1}, {"base_weights": [0] * 10}, "Weights must be above 0"),
        ({"x": ["a"] * 10}, {("a",): 1}, {"fewest": 0}, "The fewest respondents of a cell must be at least 1"),
        (
            {"x": ["a"] * 10 + ["b"] * 10},
            {("a",): 1, ("b",): 0},
            {},
            "By its table the population has nobody in cells that people answered from: (('b',),).",
        ),
        (
            {str(at): [0] * 10 for at in range(25)},
            {(side,) * 25: 1 for side in range(2)},
            {},
            "The variables make 33,554,432 cells; at most 1,000,000",
        ),
    ],
)
def test_bad_input_is_refused_with_a_sentence(categories, cells, options, sentence):
    with pytest.raises(ScienceError) as caught:
        post_stratify(categories, cells, **options)

    assert str(caught.value).startswith(sentence)
