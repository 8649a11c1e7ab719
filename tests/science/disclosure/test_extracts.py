"""Extracts: classes and diversity by plain counting, and the columns that break them."""

import math
from collections import Counter, defaultdict
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.disclosure.extracts import Diversity, Repair, assess_extract
from lecen.science.errors import ScienceError

# Three classes of four; all of one class have the same condition.
PATIENTS = {
    "zip": ["130**"] * 4 + ["1485*"] * 4 + ["130**"] * 4,
    "age": ["<30"] * 4 + [">=40"] * 4 + ["3*"] * 4,
    "condition": ["heart", "heart", "viral", "viral", "cancer", "heart", "viral", "viral", *["cancer"] * 4],
}


def by_counting(columns, identifiers, sensitive, k, entropy=1):
    """Rows in classes that break the rule."""
    rows = list(zip(*(columns[name] for name in [*identifiers, *sensitive]), strict=True))
    classes = defaultdict(list)
    for row in rows:
        classes[row[: len(identifiers)]].append(row[len(identifiers) :])
    bad = 0
    for members in classes.values():
        broken = len(members) < k
        for values in zip(*members, strict=True):
            shares = [count / len(members) for count in Counter(values).values()]
            spread = math.exp(-sum(share * math.log(share) for share in shares))
            broken |= len(shares) < 2 or spread < entropy - 1e-9
        bad += len(members) * broken
    return bad


@st.composite
def extracts(draw):
    rows = draw(st.integers(1, 25))
    return {name: draw(st.lists(st.sampled_from(kinds), min_size=rows, max_size=rows)) for name, kinds in KINDS.items()}


KINDS = {"age": [20, 30, 40, 50], "sex": ["f", "m"], "beat": ["b1", "b2", "b3"], "view": ["yes", "no"]}
KNOWN = ["age", "sex", "beat"]


@settings(max_examples=120, deadline=None)
@given(extracts(), st.integers(2, 4), st.booleans())
def test_the_report_is_what_plain_counting_gives(columns, k, with_view):
    sensitive = ["view"] if with_view else []

    report = assess_extract(columns, identifiers=KNOWN, sensitive=sensitive, k=k)

    sizes = Counter(zip(*(columns[name] for name in KNOWN), strict=True)).values()
    assert (report.rows, report.classes, report.smallest_class) == (len(columns["age"]), len(sizes), min(sizes))
    assert report.classes_below_k == sum(size < k for size in sizes)
    assert report.rows_below_k == sum(size for size in sizes if size < k)
    assert report.safe == (by_counting(columns, KNOWN, sensitive, k) == 0)
    for repair in report.repairs:
        others = [name for name in KNOWN if name != repair.column]
        assert repair.rows_if_removed == by_counting(columns, others, sensitive, k)


@settings(max_examples=120, deadline=None)
@given(extracts(), st.integers(2, 4))
def test_sets_of_columns_are_the_smallest(columns, k):
    report = assess_extract(columns, identifiers=KNOWN, sensitive=["view"], k=k, entropy=1.7)

    subsets = [set(names) for size in range(4) for names in combinations(sorted(KNOWN), size)]
    breaking = [names for names in subsets if by_counting(columns, sorted(names), ["view"], k, 1.7)]
    mending = [names for names in subsets if set(KNOWN) - names not in breaking]
    assert [set(names) for names in report.telling] == [one for one in breaking if not any(o < one for o in breaking)]
    expected = [one for one in mending if not any(other < one for other in mending)] if breaking else []
    assert [set(names) for names in report.removals] == expected


def test_a_class_of_one_condition_is_found_in_a_4_anonymous_extract():
    report = assess_extract(PATIENTS, identifiers=["zip", "age"], sensitive=["condition"], k=4)

    assert (report.smallest_class, report.rows_below_k, report.safe) == (4, 0, False)
    assert report.diversity == (Diversity("condition", 1, 1.0, 4),)
    assert report.telling == (("age",),)
    assert report.removals == (("age",),)


def test_a_published_example_is_3_anonymous_and_3_diverse():
    # Table 7 of ITU-T, Technical Reports and Specifications: Shaping Smarter and More Sustainable Cities (2016), p. 731.
    columns = {
        "birth": ["1970"] * 3 + ["198*"] * 4,
        "gender": ["Male"] * 3 + ["Human"] * 4,
        "id": ["121"] * 3 + ["12*"] * 4,
        "problem": ["cold", "obesity", "diabetes", "diabetes", "obesity", "diabetes", "cold"],
    }

    report = assess_extract(columns, identifiers=["birth", "gender", "id"], sensitive=["problem"], k=3)

    assert (report.safe, report.smallest_class, report.diversity[0].fewest_values) == (True, 3, 3)


def test_entropy_counts_how_even_the_values_are():
    columns = {"beat": ["b1"] * 20, "view": ["yes"] * 19 + ["no"]}

    (found,) = assess_extract(columns, identifiers=["beat"], sensitive=["view"]).diversity

    assert (found.fewest_values, found.rows_below) == (2, 0)
    assert found.least_entropy == pytest.approx(0.95**-0.95 * 0.05**-0.05)
    (asked,) = assess_extract(columns, identifiers=["beat"], sensitive=["view"], entropy=1.3).diversity
    assert asked.rows_below == 20


def test_the_column_that_mends_most_comes_first():
    columns = {"badge": list(range(40)), "beat": ["b1", "b2"] * 20, "shift": ["day"] * 38 + ["night"] * 2}

    report = assess_extract(columns, identifiers=["shift", "beat", "badge"])

    assert report.repairs == (
        Repair("badge", 2, 40, "neighboring values joined two by two"),
        Repair("beat", 40, 40, None),
        Repair("shift", 40, 40, None),
    )
    assert report.telling == (("badge",), ("shift",))
    assert report.removals == (("badge", "shift"),)


def test_rare_words_are_joined():
    columns = {"rank": ["officer"] * 30 + ["chief", "sheriff", "deputy"] * 4}

    (repair,) = assess_extract(columns, identifiers=["rank"]).repairs

    assert repair == Repair("rank", 0, 0, "values of fewer than 10 rows joined")


def test_missing_values_are_a_value_of_their_own():
    columns = {"age": [30.0, float("nan"), 30.0, float("nan")], "sex": ["f", None, "f", None]}

    report = assess_extract(columns, identifiers=["age", "sex"], k=2)

    assert (report.classes, report.smallest_class, report.safe) == (2, 2, True)


def test_a_table_of_pandas_will_do():
    table = pd.DataFrame({"age": [30, 30, 41], "sex": ["f", "f", "m"], "since": pd.to_datetime(["2020-01-01"] * 3)})

    assert assess_extract(table, identifiers=["age", "sex", "since"], k=2).rows_below_k == 1


@settings(max_examples=30, deadline=None)
@given(extracts(), st.permutations(KNOWN))
def test_the_report_does_not_depend_on_the_order_of_columns_or_rows(columns, order):
    backwards = {name: values[::-1] for name, values in columns.items()}

    once = assess_extract(columns, identifiers=KNOWN, sensitive=["view"], k=3)

    assert assess_extract(backwards, identifiers=order, sensitive=["view"], k=3) == once


def test_too_few_people_in_all_cannot_be_mended():
    report = assess_extract({"sex": ["f", "m"]}, identifiers=["sex"])

    assert (report.telling, report.removals) == (((),), ())


@pytest.mark.parametrize(
    ("columns", "arguments", "sentence"),
    [
        ({"a": [1]}, {"identifiers": []}, "An extract must have 1 to 12 identifiers, not 0."),
        (
            {str(place): [1] for place in range(13)},
            {"identifiers": [str(place) for place in range(13)]},
            "An extract must have 1 to 12 identifiers, not 13.",
        ),
        ({"a": [1]}, {"identifiers": "a"}, "The identifiers must be a list of column names."),
        ({"a": [1]}, {"identifiers": ["b"]}, "The extract has no column 'b'."),
        ({"a": [1]}, {"identifiers": ["a", "a"]}, "The identifiers must name each column once."),
        (
            {"a": [1]},
            {"identifiers": ["a"], "sensitive": ["a"]},
            "The column 'a' cannot be an identifier and sensitive.",
        ),
        ({"a": [1], "b": [1, 2]}, {"identifiers": ["a", "b"]}, "The column 'b' has 2 rows and 'a' has 1."),
        ({"a": []}, {"identifiers": ["a"]}, "The extract has no rows."),
        ({"a": [[1], [2]]}, {"identifiers": ["a"]}, "The column 'a' must hold one value a row."),
        ({"a": [{1}, {2}]}, {"identifiers": ["a"]}, "The column 'a' holds values that cannot be compared."),
        ({"a": [1]}, {"identifiers": ["a"], "k": 1}, "k must be at least 2, not 1."),
        ({"a": [1]}, {"identifiers": ["a"], "diversity": 1}, "The diversity must be at least 2, not 1."),
        ({"a": [1]}, {"identifiers": ["a"], "entropy": 0.5}, "The entropy must be a number of at least 1, not 0.5."),
    ],
)
def test_assess_extract_says_what_is_wrong_with_bad_input(columns, arguments, sentence):
    with pytest.raises(ScienceError) as caught:
        assess_extract(columns, **arguments)

    assert str(caught.value) == sentence


def test_an_error_does_not_repeat_what_stands_in_a_row():
    with pytest.raises(ScienceError) as caught:
        assess_extract({"name": np.array([{"secret": 1}, {"secret": 2}], dtype=object)}, identifiers=["name"])

    assert "secret" not in str(caught.value)
