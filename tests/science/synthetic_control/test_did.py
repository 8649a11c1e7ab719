"""Synthetic difference-in-differences."""

import numpy as np
import pytest
import statsmodels.api as sm

from lecen.science.synthetic_control import fit
from lecen.science.synthetic_control.did import donor_penalty, donor_shares, period_shares
from tests.science.synthetic_control.panels import proposition_99, simulated


@pytest.mark.parametrize("count", [1, 2])
def test_the_estimate_is_the_weighted_regression_with_effects_of_units_and_periods(count):
    table, before = simulated(1, units=9, periods=10, before=6, effect=2.0), 6
    joined = np.vstack([table[:count].mean(axis=0), table[count:]])
    found = fit(joined, before, method="synthetic_did", treated_count=count)
    units = np.append(np.full(count, 1 / count), found.shares)
    periods = np.append(found.period_shares, np.full(4, 1 / 4))
    unit, period = np.repeat(np.arange(9), 10), np.tile(np.arange(10), 9)
    treated = (unit < count) & (period >= before)
    design = np.column_stack([treated, unit[:, None] == np.arange(9), period[:, None] == np.arange(1, 10)])

    regression = sm.WLS(table.ravel(), design.astype(float), weights=np.outer(units, periods).ravel() + 1e-12).fit()

    assert found.effect == pytest.approx(regression.params[0], abs=1e-6)


def test_donors_are_penalized_by_the_noise_of_one_change():
    table = simulated(2, units=9, periods=10)
    noise = np.std([row[t] - row[t - 1] for row in table for t in range(1, 6)], ddof=1)

    assert donor_penalty(table, 6, treated_count=3) == pytest.approx((3 * 4) ** 0.5 * noise**2)


def test_shares_do_not_depend_on_levels():
    table = simulated(3)
    raised = table + np.arange(len(table))[:, None]

    first = donor_shares(table[0, :14], table[1:, :14], 0.1)

    assert donor_shares(raised[0, :14], raised[1:, :14], 0.1) == pytest.approx(first)
    assert period_shares(raised[1:], 14) == pytest.approx(period_shares(table[1:], 14), abs=1e-6)


def test_the_period_like_those_after_carries_the_weight():
    donors = np.array([[1.0, 9.0, 4.0, 9.0], [5.0, 2.0, 1.0, 2.0], [2.0, 7.0, 7.0, 7.0]])

    assert period_shares(donors, 3) == pytest.approx([0, 1, 0], abs=1e-6)


@pytest.mark.data
def test_proposition_99_gives_the_published_estimate(real_data):
    """The authors' program prints -15.60383; it stops its search early, the exact optimum lies 0.002 away."""
    found = fit(proposition_99(real_data).table(), 19, method="synthetic_did")

    assert found.effect == pytest.approx(-15.604, abs=0.01)


@pytest.mark.data
def test_the_authors_own_file_gives_the_same(real_data):
    path = real_data / "evaluation" / "california_prop99.csv"
    text = path.read_text().replace(";", ",")
    rows = [line.split(",") for line in text.splitlines()[1:]]
    states = ["California", *sorted({row[0] for row in rows} - {"California"})]
    packs = {(row[0], int(row[1])): float(row[2]) for row in rows}

    found = fit([[packs[state, year] for year in range(1970, 2001)] for state in states], 19, method="synthetic_did")

    assert found.effect == pytest.approx(-15.604, abs=0.01)
