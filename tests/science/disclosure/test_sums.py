"""Tables of hours and dollars: sensitive sums keep their distance from what readers can work out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lecen.science.disclosure.dominance import PercentRule, ShareRule
from lecen.science.disclosure.sums import Need, Sums, exposed_sums, protect_sums
from lecen.science.disclosure.tables import flat, tree
from lecen.science.errors import ScienceError

AREA = tree("area", {"city": ["north", "b3"], "north": ["b1", "b2"]})
KIND = flat("kind", ["hours", "training", "travel"])
SITE = flat("site", ["a", "b", "c"])


def even(place, people=12, amount=10.0):
    return {f"{place} {person}": amount for person in range(people)}


def test_a_table_without_sensitive_sums_is_shown_whole():
    release = protect_sums({(site,): even(site) for site in SITE.leaves}, (SITE,))

    assert release.cells == {("all",): 360.0, ("a",): 120.0, ("b",): 120.0, ("c",): 120.0}


def test_a_dominated_sum_takes_another_along():
    contributions = {
        ("a",): even("a") | {"grant": 5000.0},
        ("b",): even("b", amount=600),
        ("c",): even("c", amount=900),
    }

    release = protect_sums(contributions, (SITE,))

    assert release.cells == {("all",): 23120.0, ("a",): None, ("b",): None, ("c",): 10800.0}


def test_a_sum_of_fewer_than_k_contributors_is_withheld():
    contributions = {("a",): even("a", people=4), ("b",): even("b"), ("c",): even("c", amount=30)}

    release = protect_sums(contributions, (SITE,))

    assert [key for key, one in release.cells.items() if one is None] == [("a",), ("b",)]


def test_two_lone_contributors_do_not_hide_behind_each_other():
    # Each would work out the other from what both come to, so a third sum goes with them.
    contributions = {("a",): {"one": 500.0}, ("b",): {"two": 500.0}, ("c",): even("c", people=30, amount=300)}

    release = protect_sums(contributions, (SITE,))

    assert [key for key, one in release.cells.items() if one is None] == [("a",), ("b",), ("c",)]


def test_all_is_withheld_where_the_total_is_dominated():
    release = protect_sums({(site,): {"one": 900.0} for site in SITE.leaves}, (SITE,))

    assert set(release.cells.values()) == {None}


def test_who_contributes_in_several_places_counts_once():
    release = protect_sums({(site,): even("the same eight", people=8) for site in SITE.leaves}, (SITE,))

    assert set(release.cells.values()) == {None}


def ranges(release, keys):
    """The reader's range by scipy, figure by figure."""
    leaves = list(product(*(one.leaves for one in release.dimensions)))

    def row(key):
        inside = [one.leaves_in[label] for one, label in zip(release.dimensions, key, strict=True)]
        return [float(all(a in b for a, b in zip(leaf, inside, strict=True))) for leaf in leaves]

    shown = [key for key, one in release.cells.items() if one is not None]
    costs = [sum(parts) for parts in zip(*(row(key) for key in keys), strict=True)]
    told, values = [row(key) for key in shown], [release.cells[key] for key in shown]
    ends = [linprog([sign * one for one in costs], A_eq=told, b_eq=values, bounds=(0, None)) for sign in (1, -1)]
    return ends[0].fun, -ends[1].fun


@settings(max_examples=40, deadline=None)
@given(st.data(), st.sampled_from([PercentRule(10), PercentRule(40), ShareRule(2, 0.85)]))
def test_every_dominated_sum_keeps_the_distance_that_the_rule_asks(data, rule):
    amounts = st.lists(st.floats(0, 1000), min_size=12, max_size=16)
    contributions = {
        key: {f"{key} {place}": one for place, one in enumerate(data.draw(amounts))}
        for key in product(AREA.leaves, SITE.leaves)
    }
    large = data.draw(st.sampled_from(sorted(contributions)))
    contributions[large]["large"] = data.draw(st.floats(5_000, 50_000))

    release = protect_sums(contributions, (AREA, SITE), rule)

    truth = sum(contributions[large].values())
    lack = rule.lack(contributions[large].values())
    if lack > 0 and any(one is not None for one in release.cells.values()):
        low, high = ranges(release, [large])
        assert release.cells[large] is None
        assert high >= truth + lack - 0.5
        assert low <= max(0, truth - lack) + 0.5


def test_the_range_of_the_handbook_is_found():
    # Example 3 of section 4.2 (Geurts 1992): the first cell lies between 3 and 6.
    rows, columns = flat("row", "123"), flat("column", ["1", "2"])
    shown = {("all", "all"): 16.0, ("1", "all"): 7.0, ("2", "all"): 3.0, ("3", "all"): 6.0, ("all", "1"): 9.0}
    shown |= {("all", "2"): 7.0, ("3", "1"): 3.0, ("3", "2"): 3.0}
    release = Sums((rows, columns), shown)

    need = Need((("1", "1"),), 2.0, 6.0)
    ((_, low, high),) = exposed_sums(release, [need])

    assert (low, high) == (pytest.approx(3, abs=1e-4), pytest.approx(6, abs=1e-4))
    assert exposed_sums(release, [Need((("1", "1"),), 3.0, 6.0)]) == []


@pytest.mark.parametrize(
    ("contributions", "sentence"),
    [
        ({}, "The contributions must map every combination of finest labels, and no other."),
        ({("a",): {}}, "The contributions must map every combination of finest labels, and no other."),
        (
            {("a",): {"Ann": -1.0}, ("b",): {}, ("c",): {}},
            "A contribution to ('a',) is not a number of at least 0.",
        ),
        ({("a",): [3], ("b",): {}, ("c",): {}}, "The contributions to ('a',) must map contributors to amounts."),
    ],
)
def test_protect_sums_says_what_is_wrong_with_bad_input(contributions, sentence):
    with pytest.raises(ScienceError) as caught:
        protect_sums(contributions, (SITE,))

    assert str(caught.value) == sentence


def test_nothing_contributed_at_all_is_withheld():
    assert set(protect_sums({(site,): {} for site in SITE.leaves}, (SITE,)).cells.values()) == {None}
