"""Whom figures count when several releases are read together."""

import pytest

from lecen.science.disclosure.tables import Release, flat, tree
from lecen.science.disclosure.universe import Universe
from lecen.science.errors import ScienceError

AREA = tree("area", {"city": ["north", "b3"], "north": ["b1", "b2"]})
ANSWER = flat("answer", ["yes", "no"])


def test_a_figure_counts_all_groups_of_a_dimension_it_does_not_have():
    universe = Universe([Release((AREA,), {}, 10), Release((ANSWER,), {}, 10)])

    assert (universe.shape, universe.size) == ((3, 2), 6)
    assert universe.groups((AREA,), ("north",), step=0).tolist() == [0, 1, 2, 3]
    assert universe.groups((ANSWER,), ("no",), step=0).tolist() == [1, 3, 5]


def test_later_steps_count_the_earlier_people_and_those_added():
    universe = Universe([Release((ANSWER,), {}, 10), Release((ANSWER,), {}, 10, step=4)])

    assert universe.groups((ANSWER,), ("yes",), step=0).tolist() == [0]
    assert universe.groups((ANSWER,), ("yes",), step=4).tolist() == [0, 2]
    assert universe.groups((ANSWER,), ("yes",), step=4, since=0).tolist() == [2]


def test_trees_over_other_leaves_are_refused():
    with pytest.raises(ScienceError, match="The releases divide 'answer' into different finest labels"):
        Universe([Release((ANSWER,), {}, 10), Release((flat("answer", ["yes", "never"]),), {}, 10)])


def test_too_many_groups_are_refused():
    wide = [Release((flat(name, map(str, range(500))),), {}, 10) for name in "ab"]

    with pytest.raises(ScienceError, match="into 250,000 groups; at most 100,000 can be audited"):
        Universe(wide)
