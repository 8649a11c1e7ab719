"""The same people twice: tests of SciPy, simulated truth, who left, and what may be shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lecen.science.before_after import CANNOT_SHOW, before_after
from lecen.science.errors import ScienceError

RNG = np.random.default_rng(61)
BEFORE = RNG.integers(1, 6, 60).astype(float)
AFTER = np.clip(BEFORE + RNG.integers(-1, 3, 60), 1, 5)
NAN = float("nan")


def test_the_paired_t_test_equals_scipys():
    found = before_after(BEFORE, AFTER)
    theirs = stats.ttest_rel(AFTER, BEFORE)

    assert (found.p_value, found.pairs) == (pytest.approx(theirs.pvalue), 60)
    assert found.interval == pytest.approx(tuple(theirs.confidence_interval()))
    assert found.change == pytest.approx(found.mean_after - found.mean_before)


def test_ranks_and_signs_equal_scipys():
    found = before_after(BEFORE, AFTER)
    change = (AFTER - BEFORE)[AFTER != BEFORE]

    assert found.wilcoxon_p == pytest.approx(stats.wilcoxon(change, method="asymptotic").pvalue)
    assert found.directions.complete
    assert found.sign_p == pytest.approx(stats.binomtest(int((change > 0).sum()), len(change)).pvalue)


def test_few_distinct_changes_are_ranked_exactly():
    change = RNG.normal(0.3, 1, 15)
    before = RNG.normal(size=15)
    found = before_after(before, before + change)

    assert found.wilcoxon_p == pytest.approx(stats.wilcoxon(change, method="exact").pvalue)


def test_the_standardized_change_has_its_error_on_simulated_people():
    rng = np.random.default_rng(7)
    effects, squares = [], []
    for _ in range(400):
        before = rng.normal(size=30)
        found = before_after(before, 0.5 + 0.6 * before + 0.8 * rng.normal(size=30)).standardized
        effects.append(found.effect)
        squares.append(found.standard_error**2)

    assert np.mean(effects) == pytest.approx(0.5, abs=0.03)
    assert np.mean(squares) == pytest.approx(np.var(effects), rel=0.25)


def test_a_few_who_went_down_are_not_counted_out():
    after = np.where(np.arange(60) < 3, BEFORE - 1, BEFORE + 1)
    found = before_after(BEFORE, after)

    assert (found.directions.cells["down"].value, found.sign_p) == (None, None)


def test_those_who_left_are_compared_with_those_who_stayed():
    after = AFTER.copy()
    after[:15] = NAN
    found = before_after(BEFORE, after)

    assert (found.attrition.first, found.attrition.both, found.pairs) == (60, 45, 45)
    assert found.attrition.gap == pytest.approx(BEFORE[15:].mean() - BEFORE[:15].mean())
    assert found.attrition.sentence.startswith("Of 60 people who answered before, 45 answered again; before, those")


def test_a_few_who_left_are_not_described_nor_counted():
    after = AFTER.copy()
    after[:3] = NAN
    attrition = before_after(BEFORE, after).attrition

    assert (attrition.first, attrition.gap) == (None, None)
    assert attrition.sentence == "57 people answered twice; fewer than 10 who answered before did not again."


def test_that_all_answered_again_is_said():
    assert before_after(BEFORE, AFTER).attrition.sentence == "All 60 people who answered before answered again."


def test_a_person_who_answered_only_afterward_does_not_count():
    before = BEFORE.copy()
    before[0] = NAN

    assert before_after(before, AFTER).attrition == before_after(before[1:], AFTER[1:]).attrition


def test_the_sentence_states_the_figures_and_what_they_cannot_show_stands_beside():
    before, after = np.tile([1.0, 2, 3, 4], 5), np.tile([2.0, 2, 4, 4], 5)
    found = before_after(before, after)

    assert found.sentence == (
        "Among 20 people who answered twice, the mean was 2.5 before and 3 after: 0.5 higher (95% range 0.26 to 0.74)."
    )
    assert found.cannot_show == CANNOT_SHOW
    assert "associated with" in found.cannot_show[0]
    assert "cause" not in " ".join([found.sentence, *found.cannot_show])


@settings(max_examples=30, deadline=None)
@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e3))
def test_units_do_not_matter(shift, factor):
    plain, moved = before_after(BEFORE, AFTER), before_after(factor * BEFORE + shift, factor * AFTER + shift)

    assert (moved.p_value, moved.standardized.effect) == pytest.approx(
        (plain.p_value, plain.standardized.effect), rel=1e-4
    )


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (BEFORE[:9], AFTER[:9], "Fewer than 10 people answered both times"),
        (np.where(np.arange(60) < 9, BEFORE, NAN), AFTER, "Fewer than 10 people"),
        (BEFORE, AFTER[:-1], "60 before and 59 after"),
        (np.full(60, 3.0), AFTER, "alike before"),
        (BEFORE, np.full(60, 3.0), "alike after"),
        (BEFORE, BEFORE + 0.1, "changed by the same"),
        (BEFORE, BEFORE, "changed by the same"),
        (BEFORE, np.where(AFTER > 4, np.inf, AFTER), "finite"),
        (BEFORE, AFTER * 1e200, "too large"),
        (["yes"] * 60, AFTER, "numbers"),
        ([], [], "at least one number"),
        (np.ones((60, 2)), AFTER, "1 dimensions"),
    ],
)
def test_answers_that_tell_nothing_or_too_much_are_refused(before, after, sentence):
    with pytest.raises(ScienceError, match=sentence):
        before_after(before, after)


def test_a_researcher_under_agreement_may_go_down_to_five():
    assert before_after(BEFORE[:9], AFTER[:9], k=5).pairs == 9
