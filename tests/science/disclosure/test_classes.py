"""Classes of people and what is asked of each."""

import numpy as np
import pytest

from lecen.science.disclosure.classes import Least, Rule, classes_of, kinds_of, spread


def test_people_who_agree_in_all_columns_are_one_class():
    found = classes_of([np.array([0, 0, 1, 1]), np.array([0, 1, 0, 0])], 4)

    assert len(set(found.tolist())) == 3
    assert found[2] == found[3]
    assert classes_of([], 3).tolist() == [0, 0, 0]


def test_one_of_each_kind_stands_for_all():
    codes, people = kinds_of({"a": np.array([1, 0, 1, 1]), "b": np.array([0, 0, 0, 1])})

    kinds = zip(codes["a"].tolist(), codes["b"].tolist(), people.tolist(), strict=True)
    assert sorted(kinds) == [(0, 0, 1), (1, 0, 2), (1, 1, 1)]


def test_spread_counts_values_and_their_evenness():
    values, entropy = spread(np.array([0, 0, 1]), np.array([0, 1, 1]), np.array([5, 5, 9]))

    assert values.tolist() == [2, 1]
    assert entropy == pytest.approx([2.0, 1.0])


def test_a_class_breaks_the_rule_by_size_or_by_likeness():
    classes, view = np.array([0, 0, 1, 2]), np.array([0, 1, 0, 1])

    assert Rule([], np.array([6, 6, 9, 12]), Least(10, 2, 1.0)).broken(classes) == 9
    assert Rule([view], np.array([6, 6, 9, 12]), Least(10, 2, 1.0)).broken(classes) == 21
    assert Rule([view], np.array([6, 7, 9, 12]), Least(10, 2, 2.0)).broken(classes) == 34
