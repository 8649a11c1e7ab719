"""Ratios that say who is missing and never how few they are."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.disclosure import protect
from lecen.science.errors import ScienceError
from lecen.science.intervals import Interval
from lecen.science.weighting import representation_ratios

AGES = {"18-34": 300, "35-64": 500, "65+": 200}


def answers(**counts):
    return [label for label, count in counts.items() for _ in range(count)]


def test_a_ratio_is_the_share_of_respondents_over_the_share_of_the_population():
    labels = ["18-34"] * 15 + ["35-64"] * 60 + ["65+"] * 75 + [None] * 50

    found = representation_ratios(labels, AGES, design="opt-in")

    assert [(one.category, one.respondents, one.ratio) for one in found.ratios] == [
        ("18-34", 15, pytest.approx(0.1 / 0.3)),
        ("35-64", 60, pytest.approx(0.4 / 0.5)),
        ("65+", 75, pytest.approx(0.5 / 0.2)),
    ]
    assert (found.n, found.no_answer) == (200, 50)


def test_the_interval_is_that_of_a_share():
    labels = ["18-34"] * 50 + ["35-64"] * 25 + ["65+"] * 25 + [None] * 20

    found = representation_ratios(labels, AGES, design="opt-in").ratios[0]

    # Wilson's interval of 50 out of 100 is 0.4038 to 0.5962.
    assert found.interval == Interval(pytest.approx(0.4038 / 0.3, abs=2e-4), pytest.approx(0.5962 / 0.3, abs=2e-4))


def test_a_small_category_and_one_beside_it_are_withheld():
    found = representation_ratios(["18-34"] * 4 + ["35-64"] * 60 + ["65+"] * 75 + [None] * 50, AGES, design="opt-in")

    assert [one.ratio is None for one in found.ratios] == [True, True, False]
    assert [one.respondents for one in found.ratios] == [None, None, 75]


def test_nothing_is_said_of_fewer_than_ten():
    found = representation_ratios(["65+"] * 9, AGES, design="probability")

    assert (found.n, found.no_answer) == (None, None)
    assert [one.share for one in found.ratios] == [None] * 3
    assert found.verdict == "Fewer than 10 people answered; nothing can be said about who they are."


def test_an_opt_in_sample_is_not_representative_even_when_every_ratio_is_one():
    labels = ["18-34"] * 30 + ["35-64"] * 50 + ["65+"] * 20

    found = representation_ratios(labels, AGES, design="opt-in")

    assert found.verdict == ("These 100 answers are not representative: people chose for themselves whether to answer.")


def test_a_category_without_population_has_no_ratio():
    labels = answers(a=20, b=20) + [None] * 10

    found = representation_ratios(labels, {"a": 1, "b": 0}, design="probability")

    assert [(one.share, one.ratio) for one in found.ratios] == [(0.5, pytest.approx(0.5)), (0.5, None)]


def test_where_those_without_a_category_are_few_shares_are_of_all():
    labels = ["18-34"] * 50 + ["35-64"] * 40 + ["65+"] * 30 + [None] * 5

    found = representation_ratios(labels, AGES, design="probability")

    assert (found.n, found.no_answer, found.ratios[0].share) == (125, None, 0.4)


def test_what_is_said_follows_from_the_protected_counts_alone():
    """Every table of up to 12 people in 3 categories and no answer, k=3: equal releases say the same."""
    said = {}
    for counts in product(range(6), repeat=4):
        labels = answers(a=counts[0], b=counts[1], c=counts[2]) + [None] * counts[3]
        if not labels or sum(counts) > 12:
            continue
        release = protect(dict(zip("0123", counts, strict=True)), 3)
        found = representation_ratios(labels, {"a": 0.5, "b": 0.3, "c": 0.2}, design="opt-in", k=3)
        key = (release.total, tuple(release.cells.values()))
        assert said.setdefault(key, found) == found


@given(st.lists(st.integers(0, 40), min_size=3, max_size=3), st.integers(0, 40))
def test_intervals_hold_their_ratio(counts, absent):
    labels = ["18-34"] * counts[0] + ["35-64"] * counts[1] + ["65+"] * counts[2] + [None] * absent
    if not labels:
        return

    found = representation_ratios(labels, AGES, design="probability")

    shown = [one for one in found.ratios if one.ratio is not None]
    assert all(one.respondents >= 10 and one.interval.low <= one.ratio <= one.interval.high for one in shown)


@pytest.mark.parametrize(
    ("labels", "margin", "options", "sentence"),
    [
        ([], AGES, {}, "Categories must be a list"),
        ("65+", AGES, {}, "Categories must be a list"),
        (["90"], AGES, {}, "Categories hold categories that the table of categories does not have: '90'."),
        (["65+"], {}, {}, "The margin must map"),
        (["65+"], {"65+": 0}, {}, "The margin must sum to more than zero"),
        ([["65+"]], AGES, {}, "Categories must be single values"),
        (["65+"], AGES, {"k": 1}, "k must be at least 2"),
        (["65+"], AGES, {"level": 95}, "The level must lie between 0 and 1"),
        (["65+"], AGES, {"design": "poll"}, "The design must be"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(labels, margin, options, sentence):
    with pytest.raises(ScienceError) as caught:
        representation_ratios(labels, margin, **{"design": "opt-in", **options})

    assert str(caught.value).startswith(sentence)
