"""The least that must be withheld, beside trying every choice of figures."""

from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure import WITHHELD, Cell
from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.complement import protect_table
from lecen.science.disclosure.optimum import least_withheld, loss_of
from lecen.science.disclosure.tables import Release, flat, totals_of, tree
from lecen.science.errors import ScienceError

AREA = tree("area", {"city": ["north", "b3"], "north": ["b1", "b2"]})
AGE = flat("age", ["young", "old"])
SEX = flat("sex", ["f", "m", "x"])


def tables(dimensions, most=12):
    leaves = list(product(*(one.leaves for one in dimensions)))
    return st.lists(st.integers(0, most), min_size=len(leaves), max_size=len(leaves)).map(
        lambda counts: dict(zip(leaves, counts, strict=True))
    )


def least_by_trying(counts, dimensions, k, by):
    """The least loss of any choice of figures that the audit passes."""
    figures = totals_of(counts, dimensions)
    small = [key for key, count in figures.items() if count < k]
    open_ = [key for key in list(figures)[1:] if key not in small]
    choices = []
    for more in chain.from_iterable(combinations(open_, size) for size in range(len(open_) + 1)):
        hidden = {*small, *more}
        release = Release(dimensions, {key: WITHHELD if key in hidden else Cell(figures[key]) for key in figures}, k)
        choices.append((loss_of(release, counts, by), release))
    choices.sort(key=lambda choice: choice[0])
    return next(loss for loss, release in choices if audit([release], k).safe)


@settings(max_examples=4, deadline=None)
@given(st.sampled_from([(AREA,), (AGE, flat("answer", ["yes", "no"]))]).flatmap(lambda one: st.tuples(st.just(one), tables(one))), st.sampled_from(["people", "figures"]))  # fmt: skip
def test_the_least_is_what_trying_every_choice_finds(table, by):
    dimensions, counts = table
    if sum(counts.values()) < 4:
        return

    found = least_withheld(counts, dimensions, 4, by=by)

    assert found.loss == least_by_trying(counts, dimensions, 4, by) == loss_of(found.release, counts, by)


@settings(max_examples=4, deadline=None)
@given(tables((AREA, SEX), most=40), st.sampled_from(["people", "figures"]))
def test_the_search_never_withholds_less_than_the_least(counts, by):
    if sum(counts.values()) < 10:
        return

    least = least_withheld(counts, (AREA, SEX), by=by)

    assert audit([least.release]).safe
    assert loss_of(protect_table(counts, (AREA, SEX)), counts, by) >= least.loss


def test_loss_counts_figures_or_people():
    counts = {("young",): 4, ("old",): 30}
    release = protect_table(counts, (AGE,))

    assert (loss_of(release, counts, "figures"), loss_of(release, counts)) == (2.0, 36.0)


def test_nothing_is_withheld_from_a_table_of_large_counts():
    found = least_withheld({("young",): 40, ("old",): 30}, (AGE,))

    assert (found.release.complete, found.loss, found.rounds) == (True, 0.0, 1)


def test_least_withheld_says_what_is_wrong_with_bad_input():
    wide = flat("block", map(str, range(500)))
    with pytest.raises(ScienceError, match="The table has 501 figures; the least is found for at most 400"):
        least_withheld(dict.fromkeys(((label,) for label in wide.leaves), 12), (wide,))
    with pytest.raises(ScienceError, match="The table is about fewer than k people"):
        least_withheld({("young",): 4, ("old",): 3}, (AGE,))
