"""Cautions beside figures."""

from lecen.science.cautions import few_answers


def test_below_100_answers_a_figure_carries_a_caution():
    [caution] = few_answers(99)

    assert (caution.code, "rest on 99 people" in caution.text) == ("few-answers", True)


def test_100_answers_carry_none():
    assert few_answers(100) == ()
