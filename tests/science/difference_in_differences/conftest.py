"""The real panel that several files check against published figures."""

import csv

import pytest

from lecen.science.difference_in_differences import NEVER, long_panel


@pytest.fixture(scope="session")
def counties(real_data):
    """County teen employment and minimum wages, 2003-2007: the example of Callaway and Sant'Anna (2021)."""
    with (real_data / "evaluation" / "mpdta.csv").open() as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    since = [row["first.treat"] or NEVER for row in rows]
    return long_panel(*([row[name] for row in rows] for name in ("countyreal", "year", "lemp")), since)
