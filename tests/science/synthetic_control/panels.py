"""Panels that the tests here compare: simulated ones with known answers, and the two real ones."""

import csv
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import numpy as np

from lecen.science.synthetic_control import Comparison, comparison

KATRINA = "Hurricane Katrina 2005: half the population left, and reporting broke"


def simulated(seed, *, units=21, periods=20, before=14, effect=0.0, noise=0.3):
    """Units × periods with two common factors that units share to different degrees; the first is treated."""
    chance = np.random.default_rng(seed)
    factors = chance.normal(size=(2, periods)).cumsum(axis=1)
    table = 10 + chance.normal(size=(units, 1)) + chance.uniform(size=(units, 2)) @ factors
    table += noise * chance.normal(size=table.shape)
    table[0, before:] += effect
    return table


def named(table, before=14, **options):
    """The comparison of a table whose first row is treated from period `before` on."""
    units = ["treated", *(f"donor {number}" for number in range(1, len(table)))]
    given = {"units": units, "periods": range(table.shape[1]), "treated": "treated", "first_treated": before}
    return comparison(table, **(given | options))


def rows_of(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def proposition_99(folder: Path) -> Comparison:
    """California and 38 states, cigarette packs a head 1970-2000, with the predictors of Abadie and others (2010)."""
    rows = rows_of(folder / "evaluation" / "smoking.csv")
    figures = {(row["state"], int(float(row["year"]))): row for row in rows}
    states, years = sorted({state for state, _ in figures}), range(1970, 2001)

    def mean(column, first, last):
        return [fmean(float(figures[state, year][column]) for year in range(first, last + 1)) for state in states]

    return comparison(
        [[float(figures[state, year]["cigsale"]) for year in years] for state in states],
        units=states,
        periods=years,
        treated="California",
        first_treated=1989,
        predictors={
            "log income": mean("lnincome", 1980, 1988),
            "retail price": mean("retprice", 1980, 1988),
            "aged 15 to 24": mean("age15to24", 1980, 1988),
            "beer": mean("beer", 1984, 1988),
            "packs 1975": mean("cigsale", 1975, 1975),
            "packs 1980": mean("cigsale", 1980, 1980),
            "packs 1988": mean("cigsale", 1988, 1988),
        },
    )


def homicides(folder: Path, first: int = 1990, last: int = 2012) -> Comparison:
    """Washington, D.C., from 2007 and 57 cities (not counties) with a homicide rate in every year; New Orleans left out.

    Seventeen years before the treatment: from the year the rates of D.C. had risen to where they stayed until 1996.
    Rates are per 100,000. In logarithms no city drops out: none had a year without a homicide.
    """
    rates = defaultdict(dict)
    for row in rows_of(folder / "evaluation" / "ucr_crime_1975_2015.csv"):
        year, name = int(row["year"]), row["department_name"]
        if first <= year <= last and row["homs_per_100k"] != "NA" and "County" not in name and name != "National":
            rates[name][year] = float(row["homs_per_100k"])
    years = range(first, last + 1)
    cities = sorted(name for name, figures in rates.items() if len(figures) == len(years))
    return comparison(
        [[rates[city][year] for year in years] for city in cities],
        units=cities,
        periods=years,
        treated="Washington, D.C.",
        first_treated=2007,
        exclusions={"New Orleans": KATRINA},
    )
