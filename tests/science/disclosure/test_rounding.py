"""Rounded tables add up, stay near the truth, and leave small counts open."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.rounding import round_table
from lecen.science.disclosure.tables import flat, totals_of, tree
from lecen.science.errors import ScienceError
from tests.science.disclosure.readers import exposed_by_trying

AREA = tree("area", {"city": ["north", "b3"], "north": ["b1", "b2"]})
AGE = flat("age", ["young", "old"])
ANSWER = flat("answer", ["yes", "no", "unsure"])
SHAPES = [(ANSWER,), (AREA,), (AREA, ANSWER), (AGE, ANSWER, flat("sex", ["f", "m"]))]


@st.composite
def tables(draw, shapes=SHAPES, most=40):
    dimensions = draw(st.sampled_from(shapes))
    leaves = list(product(*(one.leaves for one in dimensions)))
    counts = draw(st.lists(st.integers(0, most), min_size=len(leaves), max_size=len(leaves)))
    return dimensions, dict(zip(leaves, counts, strict=True))


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(2, 12), st.integers(0, 2**32))
def test_rounded_figures_are_neighbors_of_the_truth_and_add_up(table, k, seed):
    dimensions, counts = table
    figures = totals_of(counts, dimensions)

    release = round_table(counts, dimensions, k, seed=seed)

    if release.withheld:
        assert sum(counts.values()) < k
        return
    shown = {key: cell.value for key, cell in release.cells.items()}
    assert all(shown[key] in (count // k * k, count // k * k + k) for key, count in figures.items())
    assert totals_of({key: shown[key] for key in counts}, dimensions) == shown


def test_a_rounding_that_would_end_at_halves_still_adds_up():
    dimensions = (AGE, ANSWER, flat("sex", ["f", "m"]))
    leaves = product(*(one.leaves for one in dimensions))
    counts = dict(zip(leaves, [3, 0, 0, 0, 1, 0, 0, 1, 2, 2, 1, 3], strict=True))

    shown = {key: cell.value for key, cell in round_table(counts, dimensions, 2, seed=702).cells.items()}

    assert totals_of({key: shown[key] for key in counts}, dimensions) == shown


@settings(max_examples=60, deadline=None)
@given(tables(), st.integers(2, 12), st.integers(0, 2**32))
def test_a_rounded_release_passes_the_audit(table, k, seed):
    dimensions, counts = table

    result = audit([round_table(counts, dimensions, k, seed=seed)], k)

    assert (result.exposed, result.proved) == ((), True)


@settings(max_examples=30, deadline=None)
@given(tables([(AREA,)], most=8), st.integers(2, 4), st.integers(0, 2**32))
def test_a_reader_who_tries_every_table_narrows_no_rounded_count(table, k, seed):
    dimensions, counts = table
    release = round_table(counts, dimensions, k, seed=seed)

    assert exposed_by_trying([release], k, sum(counts.values()) + k) == {}


def test_every_rounding_that_fits_comes_up_for_some_seed():
    # Truths 0 and 12 with base 10: each goes to either neighbor, and the total, 12, to 10 or 20 with them.
    counts = {("young",): 0, ("old",): 12}

    seen = {tuple(cell.value for cell in round_table(counts, (AGE,), seed=seed).cells.values()) for seed in range(200)}

    assert seen == {(10, 0, 10), (20, 0, 20), (20, 10, 10)}


def test_the_same_seed_gives_the_same_release():
    counts = dict.fromkeys(product(AREA.leaves, ANSWER.leaves), 13)

    assert round_table(counts, (AREA, ANSWER), seed=5) == round_table(counts, (AREA, ANSWER), seed=5)


def test_a_larger_base_may_be_chosen():
    release = round_table({("young",): 33, ("old",): 61}, (AGE,), seed=1, base=25)

    assert release.base == 25
    assert {cell.value % 25 for cell in release.cells.values()} == {0}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"seed": -1}, "The seed must be at least 0, not -1."),
        ({"seed": 1, "base": 5}, "The base must be at least 10, not 5."),
        ({"seed": 1, "base": 12.5}, "The base must be a whole number, not 12.5."),
        ({"seed": 1, "step": -2}, "The step must be at least 0, not -2."),
    ],
)
def test_round_table_says_what_is_wrong_with_bad_input(arguments, sentence):
    with pytest.raises(ScienceError) as caught:
        round_table({("young",): 30, ("old",): 61}, (AGE,), **arguments)

    assert str(caught.value) == sentence
