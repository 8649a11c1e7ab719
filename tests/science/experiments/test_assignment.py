"""Lots that anybody can draw again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.experiments import assign

BEATS = [f"beat {number}" for number in range(1, 13)]


def test_half_are_drawn_and_the_seed_repeats_it():
    drawn = assign(BEATS, seed=2026)

    assert (sum(drawn.treated), drawn) == (6, assign(BEATS, seed=2026))


def test_another_seed_draws_others():
    assert len({assign(BEATS, seed=seed).treated for seed in range(20)}) > 10


def test_the_order_of_the_list_does_not_matter():
    forward, backward = assign(BEATS, seed=5), assign(BEATS[::-1], seed=5)

    assert dict(zip(forward.units, forward.treated, strict=True)) == dict(
        zip(backward.units, backward.treated, strict=True)
    )


@given(st.lists(st.integers(2, 9), min_size=1, max_size=6), st.floats(0.01, 0.99), st.integers(0, 2**40))
def test_every_block_has_both_arms_and_its_share(sizes, share, seed):
    blocks = np.repeat(np.arange(len(sizes)), sizes)
    drawn = assign([f"unit {number}" for number in range(sum(sizes))], seed=seed, blocks=blocks, share=share)
    counts = np.bincount(blocks, drawn.treated)

    for size, count in zip(sizes, counts, strict=True):
        assert 1 <= count <= size - 1
        assert count == pytest.approx(np.clip(size * share, 1, size - 1), abs=0.5000001)


def test_each_unit_is_drawn_as_often_as_any_other():
    counts = np.sum([assign(BEATS, seed=seed).treated for seed in range(2000)], axis=0)

    assert (abs(counts - 1000) < 4 * np.sqrt(2000 / 4)).all()


@pytest.mark.parametrize(
    ("units", "change", "sentence"),
    [
        (["a", "b", "a"], {}, "'a' is named twice"),
        (["a", " "], {}, "none of them empty"),
        (["a", 3], {}, "list of names"),
        ("ab", {}, "list of names"),
        (7, {}, "list of names"),
        (["a"], {}, "At least two units"),
        ([], {}, "At least two units"),
        (["a", "b", "c"], {"blocks": [1, 1, 2]}, "block '2' has one unit"),
        (["a", "b", "c"], {"blocks": [1, 1]}, "3 rows"),
        (["a", "b"], {"share": 1.0}, "share must lie"),
        (["a", "b"], {"seed": 1.5}, "whole number"),
    ],
)
def test_a_list_that_no_lot_can_be_drawn_from_is_refused(units, change, sentence):
    with pytest.raises(ScienceError, match=sentence):
        assign(units, **({"seed": 1} | change))
