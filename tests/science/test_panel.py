"""Panels from incidents, against counting by hand and with pandas."""

from datetime import UTC, date, datetime

import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.panel import Period, build_panel, checksum, panel_matrix, period_starts, set_aside

FIRST, LAST = date(2020, 1, 10), date(2020, 3, 1)
QUARTER_OF_MONTHS = {"period": "month", "first": FIRST, "last": LAST}
ROWS = [
    ("a", date(2020, 1, 5)),
    ("a", date(2020, 3, 31)),
    ("b", date(2020, 2, 1)),
    (None, date(2020, 1, 1)),
    ("z", date(2020, 1, 1)),
    ("b", date(2030, 1, 1)),
    ("b", None),
]


def incidents(rows=ROWS):
    return ibis.memtable(
        {"unit": [unit for unit, _ in rows], "at": [day for _, day in rows]}, schema={"unit": "string", "at": "date"}
    )


def units(names=("a", "b", "c"), population=(1000, 2000, 3000)):
    return ibis.memtable({"unit": list(names), "population": list(population)})


def column(panel, name):
    return panel_matrix(panel, value=name).figures.tolist()


def test_a_unit_without_incidents_has_zeros():
    matrix = panel_matrix(build_panel(incidents(), units(), **QUARTER_OF_MONTHS))

    assert matrix.units == ("a", "b", "c")
    assert matrix.periods == (date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1))
    assert matrix.figures.tolist() == [[1, 0, 1], [0, 1, 0], [0, 0, 0]]


def test_rates_are_per_100_000_people():
    assert column(build_panel(incidents(), units(), **QUARTER_OF_MONTHS), "rate") == [
        [100, 0, 100],
        [0, 50, 0],
        [0] * 3,
    ]


def test_a_population_that_is_not_known_gives_no_rate():
    panel = build_panel(incidents(), units(population=(1000, None, 3000)), **QUARTER_OF_MONTHS)

    assert np.isnan(panel_matrix(panel, value="rate").figures).tolist() == [[False] * 3, [True] * 3, [False] * 3]


def test_lags_and_windows_begin_where_there_are_enough_periods():
    panel = build_panel(incidents(), units(), **QUARTER_OF_MONTHS, lags=[2], windows=[2])

    np.testing.assert_array_equal(panel_matrix(panel, value="incidents_lag_2").figures[0], [np.nan, np.nan, 1])
    np.testing.assert_array_equal(panel_matrix(panel, value="incidents_mean_2").figures[0], [np.nan, 0.5, 0.5])


def test_every_incident_is_counted_or_set_aside_with_its_reason():
    row = set_aside(incidents(), units(), **QUARTER_OF_MONTHS).to_pandas().iloc[0]

    assert row.to_dict() == {
        "counted": 3,
        "without_unit": 1,
        "without_date": 1,
        "unknown_unit": 1,
        "outside_dates": 1,
    }


def test_an_hour_late_on_the_last_day_still_counts():
    late = ibis.memtable({"unit": ["a"], "at": [datetime(2020, 3, 31, 23, 59, tzinfo=UTC)]})

    assert column(build_panel(late, units(), **QUARTER_OF_MONTHS), "incidents")[0] == [0, 0, 1]


@given(
    rows=st.lists(
        st.tuples(st.sampled_from("abcz"), st.dates(date(2019, 12, 1), date(2021, 2, 1))), min_size=1, max_size=40
    ),
    period=st.sampled_from(list(Period)),
)
@settings(max_examples=25, deadline=None)
def test_counts_equal_those_of_pandas(rows, period):
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    matrix = panel_matrix(build_panel(incidents(rows), units(), period=period, first=first, last=last))
    table = pd.DataFrame(rows, columns=["unit", "at"])
    table["period"] = pd.to_datetime(table["at"]).dt.to_period(period[0].upper()).dt.start_time.dt.date
    expected = (
        table.groupby(["unit", "period"])
        .size()
        .reindex(pd.MultiIndex.from_product([matrix.units, matrix.periods]), fill_value=0)
    )

    assert matrix.figures.ravel().tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("period", "starts"),
    [
        ("week", [date(2019, 12, 30), date(2020, 1, 6)]),
        ("month", [date(2020, 1, 1)]),
        ("quarter", [date(2020, 1, 1)]),
        ("year", [date(2020, 1, 1)]),
    ],
)
def test_periods_begin_as_calendars_say(period, starts):
    assert period_starts(period, first=date(2020, 1, 1), last=date(2020, 1, 8)) == starts


def test_equal_panels_have_equal_checksums_in_whatever_order_rows_came():
    sums = [checksum(build_panel(incidents(rows), units(), **QUARTER_OF_MONTHS)) for rows in (ROWS, ROWS[::-1])]

    assert sums[0] == sums[1]
    assert sums[0] != checksum(build_panel(incidents(ROWS[1:]), units(), **QUARTER_OF_MONTHS))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"period": "day"}, "must be one of week, month, quarter, year, not 'day'"),
        ({"period": ["month"]}, "must be one of week"),
        ({"last": date(2019, 1, 1)}, "dates are reversed: the last day, 2019-01-01"),
        ({"first": date(1, 1, 1), "last": date(9000, 1, 1)}, "more than 10,000 periods"),
        ({"first": datetime(2020, 1, 1, tzinfo=UTC)}, "dates without a time"),
        ({"first": "2020-01-01"}, "dates without a time"),
        ({"unit": "beat"}, "table of incidents has no column 'beat'; it has unit, at"),
        ({"at": "unit"}, "'unit' must hold dates or timestamps, not string"),
        ({"lags": [0]}, "A lag must be at least 1"),
        ({"lags": [3]}, "A lag must be at most 2"),
        ({"windows": [1]}, "A window must be at least 2"),
        ({"windows": [2.5]}, "A window must be a whole number"),
    ],
)
def test_what_cannot_be_counted_is_refused(changes, message):
    with pytest.raises(ScienceError, match=message):
        build_panel(incidents(), units(), **(QUARTER_OF_MONTHS | changes))


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (lambda: units(("a", "a", "b")), "1 rows of the units name a unit a second time"),
        (lambda: units(("a", None, "b")), "1 rows of the units have no name"),
        (lambda: units(population=(1, 0, 2)), "1 units have a population of zero or less"),
        (lambda: units().mutate(population=ibis.literal("many")), "The population must be numbers"),
        (lambda: units().mutate(unit=ibis.row_number()), "Units are string in the incidents and int64 in the units"),
        (lambda: units().filter(ibis.literal(value=False)), "The table of units is empty"),
        (lambda: units().rename(beat="unit"), "table of units has no column 'unit'"),
    ],
)
def test_units_that_cannot_be_told_apart_are_refused(table, message):
    with pytest.raises(ScienceError, match=message):
        build_panel(incidents(), table(), **QUARTER_OF_MONTHS)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(ScienceError, match="has no column 'rates'; it has unit, period"):
        panel_matrix(build_panel(incidents(), units(), **QUARTER_OF_MONTHS), value="rates")


def test_an_infinite_population_is_refused_and_not_taken_for_a_rate_of_zero():
    incidents = ibis.memtable({"unit": ["A"], "at": [date(2025, 1, 1)]})
    units = ibis.memtable({"unit": ["A", "B"], "population": [1.0, float("inf")]})
    with pytest.raises(ScienceError, match="1 units have an infinite population"):
        build_panel(incidents, units, period="month", first=date(2025, 1, 1), last=date(2025, 3, 1))


@pytest.mark.parametrize("period", ["week", "month", "quarter", "year"])
def test_the_end_of_the_calendar_is_refused(period):
    with pytest.raises(ScienceError, match="must lie before the year 9999"):
        period_starts(period, first=date(9998, 1, 1), last=date(9999, 12, 31))
