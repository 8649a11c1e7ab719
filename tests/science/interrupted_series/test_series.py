"""What a series must have, and the terms it is described by."""

import numpy as np
import pytest

from lecen.science.errors import ScienceError
from lecen.science.interrupted_series.series import series_of, terms_of


def test_the_terms_of_a_short_series():
    terms = terms_of(4, 2, None)

    assert terms.columns.tolist() == [[1, -0.5, 0, 0], [1, -0.25, 0, 0], [1, 0, 1, 0], [1, 0.25, 1, 0.25]]
    assert terms.without[:, 2:].tolist() == [[0, 0]] * 4
    assert terms.average.tolist() == [0, 0, 1, 0.125]


@pytest.mark.parametrize(
    ("periods", "start", "year", "columns", "said"),
    [
        (48, 24, 12, 8, "2 waves a year"),
        (24, 12, 4, 6, "1 wave a year"),
        (48, 23, 12, 4, "none: two years before"),
        (35, 24, 12, 4, "none: two years before"),
        (40, 20, 1, 4, "none: periods are too long"),
        (40, 20, None, 4, "none: the number of periods"),
    ],
)
def test_waves_of_the_year_come_in_where_they_can_be_told_from_change(periods, start, year, columns, said):
    terms = terms_of(periods, start, year)

    assert (terms.columns.shape[1], terms.seasons.startswith(said)) == (columns, True)
    assert np.linalg.matrix_rank(terms.columns) == columns


@pytest.mark.parametrize(
    ("values", "start", "sentence"),
    [
        (np.arange(20.0), 7, "7 lie before the start"),
        (np.arange(20.0), 13, "7 lie from the start"),
        (np.arange(20.0), 40, "0 lie from the start"),
        (np.arange(20.0), -1, "at least 0"),
        (np.arange(20.0), 9.5, "whole number"),
        ([1.0, np.nan] * 10, 10, "finite"),
        (np.arange(20.0) * 1e200, 10, "too large"),
        ([], 0, "at least one number"),
        ("rates", 10, "numbers"),
        (np.ones((20, 2)), 10, "1 dimensions"),
    ],
)
def test_a_series_that_cannot_be_cut_is_refused(values, start, sentence):
    with pytest.raises(ScienceError, match=sentence):
        series_of(values, start, "The outcome")


def test_a_year_of_a_thousand_periods_is_refused():
    with pytest.raises(ScienceError, match="at most 366"):
        terms_of(40, 20, 1000)
