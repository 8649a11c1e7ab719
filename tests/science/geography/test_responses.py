"""Response by area: the figures, what is withheld, and that nothing in the result tells more than the counts told."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.geography import Told, response_shares

ADULTS = {"East": 4000, "North": 10_000, "South": 6000}


def by_name(shares):
    return {area.area: area for area in shares.areas}


def city(seed=1, areas=60, rate=0.004):
    """Simulated areas: adults, and people who answered with rates that differ between areas."""
    rng = np.random.default_rng(seed)
    adults = rng.integers(2000, 9000, areas)
    counts = rng.poisson(adults * rate * rng.gamma(4, 0.25, areas))
    names = [f"area {place:03}" for place in range(areas)]
    return dict(zip(names, counts.tolist(), strict=True)), dict(zip(names, adults.tolist(), strict=True))


def test_rates_are_per_thousand_adults_beside_what_is_expected():
    found = response_shares({"East": 30, "North": 110, "South": 60}, ADULTS, unplaced=20)

    north = by_name(found)["North"]
    assert (found.n, found.unplaced, found.per_thousand) == (220, 20, pytest.approx(10))
    assert (north.respondents, north.expected) == (110, pytest.approx(100))
    assert (north.per_thousand, north.ratio) == (pytest.approx(11), pytest.approx(1.1))


def test_the_interval_is_that_of_a_logarithm():
    found = by_name(response_shares({"East": 30, "North": 110, "South": 60}, ADULTS, unplaced=20))["North"]

    half = 1.96 * math.sqrt((1 - 110 / 10_000) / 110)
    assert found.interval == (
        pytest.approx(11 * math.exp(-half), rel=1e-3),
        pytest.approx(11 * math.exp(half), rel=1e-3),
    )
    assert found.ratio_interval.low == pytest.approx(found.interval.low / 10)


def test_an_uncertain_population_widens_the_interval():
    counts = {"East": 30, "North": 110, "South": 60}

    sure = by_name(response_shares(counts, ADULTS, unplaced=20))["North"]
    unsure = by_name(response_shares(counts, ADULTS, unplaced=20, population_margins={"North": 1645}))["North"]

    # A margin of 1,645 at 90 % is a standard error of 1,000, a tenth of the population.
    half = 1.96 * math.sqrt((1 - 110 / 10_000) / 110 + 0.01)
    assert unsure.interval.low == pytest.approx(11 * math.exp(-half), rel=1e-3)
    assert sure.interval.low > unsure.interval.low


def test_respondents_of_other_areas_are_from_elsewhere():
    found = response_shares({"East": 30, "North": 110, "South": 60, "Mars": 7, "Moon": 8}, ADULTS, unplaced=20)

    assert (found.elsewhere, found.n) == (15, 235)
    assert [area.area for area in found.areas] == ["East", "North", "South"]


def test_an_area_left_out_of_the_respondents_counts_as_zero():
    found = by_name(response_shares({"North": 110, "South": 60}, ADULTS, unplaced=20))["East"]

    assert (found.respondents, found.ratio, found.told) == (None, None, Told.FEWER)


@pytest.mark.parametrize("adults", [None, math.nan])
def test_an_area_whose_adults_are_not_known_has_a_count_and_no_rate(adults):
    found = response_shares(
        {"East": 30, "North": 110, "South": 60, "Center": 40}, {**ADULTS, "Center": adults}, unplaced=20
    )

    center = by_name(found)["Center"]
    assert (center.population, center.respondents, center.per_thousand, center.expected) == (None, 40, None, None)
    assert found.per_thousand == pytest.approx(10)


@pytest.mark.parametrize("adults", [0, 9])
def test_an_area_of_fewer_adults_than_k_is_not_compared(adults):
    found = response_shares(
        {"East": 30, "North": 110, "South": 60, "Park": 12}, {**ADULTS, "Park": adults}, unplaced=20
    )

    park = by_name(found)["Park"]
    assert (park.told, park.respondents, park.expected, park.unheard) == (Told.WITHHELD, None, None, False)
    assert found.elsewhere == 12


def test_an_area_below_k_is_unheard_where_even_nine_would_be_too_few():
    adults = {f"a{place:02}": 5000 for place in range(20)} | {"tiny": 300}
    counts = {f"a{place:02}": 50 for place in range(20)} | {"a07": 2, "tiny": 0}

    found = response_shares(counts, adults, unplaced=30)

    assert found.unheard == ("a07",)
    assert by_name(found)["a07"].told is Told.FEWER
    # Three are expected from the tiny area: nobody answered, and nothing can be made of it.
    assert (by_name(found)["tiny"].told, by_name(found)["tiny"].unheard) == (Told.FEWER, False)


def test_a_large_count_can_be_unheard_too():
    adults = {f"a{place:02}": 5000 for place in range(20)}
    counts = {f"a{place:02}": 60 for place in range(20)} | {"a07": 20}

    assert response_shares(counts, adults, unplaced=30).unheard == ("a07",)


def test_unheard_areas_stand_in_order_of_what_was_expected():
    adults = {f"a{place:02}": 5000 for place in range(20)} | {"big": 12_000}
    counts = {f"a{place:02}": 60 for place in range(20)} | {"a07": 2, "big": 30}

    assert response_shares(counts, adults, unplaced=30).unheard == ("big", "a07")


def test_nobody_is_unheard_where_all_answer_alike():
    adults = {f"a{place:02}": 5000 for place in range(20)}

    assert response_shares(dict.fromkeys(adults, 40), adults, unplaced=30).unheard == ()


def test_a_withheld_neighbor_is_not_called_unheard():
    adults = {f"a{place:02}": 5000 for place in range(20)}
    counts = {f"a{place:02}": 60 for place in range(20)} | {"a07": 2, "a08": 30}

    found = by_name(response_shares(counts, adults, unplaced=30))

    neighbors = [area for area in found.values() if area.told is Told.WITHHELD]
    assert len(neighbors) == 1
    assert not neighbors[0].unheard


def test_areas_without_a_count_are_summed():
    adults = {f"a{place:02}": 5000 for place in range(20)}
    counts = {f"a{place:02}": 50 for place in range(20)} | {"a01": 5, "a02": 8, "a03": 9}

    silent = response_shares(counts, adults, unplaced=30).silent

    hidden = sum(area.respondents is None for area in response_shares(counts, adults, unplaced=30).areas)
    assert (silent.areas, silent.population) == (hidden, hidden * 5000)
    assert silent.at_most == 22 + 50 * (hidden - 3)


def test_few_answers_tell_nothing():
    found = response_shares({"East": 2, "North": 5}, ADULTS, unplaced=1)

    assert (found.n, found.unplaced, found.per_thousand, found.silent, found.unheard) == (None, None, None, None, ())
    assert {area.told for area in found.areas} == {Told.WITHHELD}


def test_answers_spread_thin_tell_their_number_alone():
    found = response_shares({"East": 4, "North": 9, "South": 3}, ADULTS)

    assert (found.n, found.per_thousand, {area.told for area in found.areas}) == (16, None, {Told.WITHHELD})


def test_every_share_of_a_census_is_one_thousand():
    found = response_shares({"East": 4000, "North": 10_000, "South": 6000}, ADULTS, unplaced=20)

    assert by_name(found)["East"].interval == (pytest.approx(1000), pytest.approx(1000))


def test_an_area_with_more_respondents_than_adults_is_named_without_its_count():
    with pytest.raises(ScienceError) as caught:
        response_shares({"Yard": 13, "North": 110, "South": 60}, {**ADULTS, "Yard": 12})

    assert str(caught.value) == (
        "More people answered from 'Yard' than adults live there. Look at both numbers: correct one, join the area to a "
        "neighbor, or give its adults as None, and it is not compared."
    )


@pytest.mark.parametrize("adults", [None, 3])
def test_an_area_that_is_not_compared_may_have_more_respondents_than_adults(adults):
    found = response_shares({"Yard": 13, "North": 110, "South": 60}, {**ADULTS, "Yard": adults}, unplaced=20)

    assert by_name(found)["Yard"].per_thousand is None


def test_the_widest_margin_allowed_still_gives_finite_intervals():
    margins = {"North": 10 * 10_000 * 1.6448}

    north = by_name(response_shares({"East": 30, "North": 110, "South": 60}, ADULTS, population_margins=margins))[
        "North"
    ]

    assert 0 < north.interval.low < 11 < north.interval.high < math.inf


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 9), st.data())
def test_the_whole_result_stays_the_same_when_a_small_count_becomes_another(seed, value, data):
    """People are moved from an area known to be small into its like; every figure, index and list stays what it was."""
    counts, adults = city(seed, areas=14, rate=0.0025)
    found = response_shares(counts, adults, unplaced=40)
    fewer = [area.area for area in found.areas if area.told is Told.FEWER]
    if len(fewer) < 2:
        return
    chosen = data.draw(st.sampled_from(fewer))
    moved, other = value - counts[chosen], dict(counts)
    other[chosen] = value
    for area in fewer:
        if area != chosen:
            step = max(-other[area], min(9 - other[area], -moved))
            other[area] += step
            moved += step
    if moved:
        return  # the other small areas could not take them all; test_telling proves that some table can

    assert response_shares(other, adults, unplaced=40) == found


def test_the_order_of_areas_does_not_matter():
    counts, adults = city()

    found = response_shares(counts, adults)

    backwards = response_shares(dict(reversed(counts.items())), dict(reversed(adults.items())))
    assert backwards.unheard == found.unheard
    assert [area.told for area in reversed(backwards.areas)] == [area.told for area in found.areas]


def test_inequality_is_seen_where_it_is():
    found = response_shares(*city(3, areas=300))

    # Rates were drawn with shape 4, whose index is 0.273.
    assert found.inequality.interval.low < 0.273 < found.inequality.interval.high


@pytest.mark.data
def test_the_beats_of_chicago_with_simulated_people(real_data):
    """277 features of 275 beats are real; how many adults live there and answer is simulated."""
    with (real_data / "geography" / "chicago_beats.geojson").open(encoding="utf-8") as file:
        beats = sorted({feature["properties"]["BEAT_NUM"] for feature in json.load(file)["features"]})
    rng = np.random.default_rng(1)
    adults = rng.integers(3000, 15_000, len(beats))
    rates = 0.004 * np.where(rng.random(len(beats)) < 0.1, 0.1, 1)
    counts = rng.poisson(adults * rates)

    found = response_shares(
        dict(zip(beats, counts.tolist(), strict=True)), dict(zip(beats, adults.tolist(), strict=True)), unplaced=25
    )

    silent = {beat for beat, rate, size in zip(beats, rates, adults, strict=True) if rate < 0.001 and size * 0.004 > 25}
    assert silent <= set(found.unheard)
    assert len(set(found.unheard) - {beat for beat, rate in zip(beats, rates, strict=True) if rate < 0.001}) <= 3


@pytest.mark.parametrize(
    ("respondents", "population", "options", "sentence"),
    [
        ([3, 4], ADULTS, {}, "Respondents must map areas to counts of people."),
        (
            pd.Series({"East": 30}),
            ADULTS,
            {},
            "Respondents must map areas to counts of people. A column of a table becomes that with .to_dict().",
        ),
        ({}, pd.Series(ADULTS), {}, "The population must map at least one area to its number of adults. A column of a"),
        (
            {"East": 20_000, "North": 100},
            ADULTS,
            {},
            "More people answered from 'East' than adults live there. Look at",
        ),
        ({"East": 10**12}, ADULTS, {}, "The respondents must be at most 1,000,000,000 in all."),
        ({"Mars": 10**400}, ADULTS, {}, "The respondents must be at most 1,000,000,000 in all."),
        ({}, ADULTS, {"unplaced": 10**12}, "The respondents must be at most 1,000,000,000 in all."),
        (
            {"East": 30, "North": 110},
            ADULTS,
            {"population_margins": {"East": 1e10}},
            "The margin of error of 'East' makes a standard error of more than 10 times its adults",
        ),
        (
            {"East": 30, "North": 110},
            ADULTS,
            {"population_margins": {"East": 1}, "margin_level": 1e-300},
            "The margin of error of 'East' makes a standard error of more than 10 times its adults",
        ),
        ({"East": -1}, ADULTS, {}, "The respondents of 'East' must be at least 0"),
        ({"East": 1.5}, ADULTS, {}, "The respondents of 'East' must be a whole number"),
        ({"East": math.nan}, ADULTS, {}, "The respondents of 'East' must be a whole number"),
        ({None: 3}, ADULTS, {}, "Areas must be text; None is not. Those of no area go into unplaced."),
        ({}, {}, {}, "The population must map at least one area"),
        ({}, [1, 2], {}, "The population must map at least one area"),
        ({}, {1: 100}, {}, "Areas must be names in text; 1 is not."),
        ({}, {0: 100}, {}, "Areas must be names in text; 0 is not."),
        ({}, ADULTS, {"population_margins": [3, 4, 5]}, "Margins of error must map areas to numbers of adults."),
        ({}, {"a": -1}, {}, "The population of 'a' must lie between 0 and"),
        ({}, {"a": math.inf}, {}, "The population of 'a' must be finite numbers"),
        ({}, {"a": "many"}, {}, "The population of 'a' must be numbers"),
        ({}, {"a": 1e300}, {}, "The population of 'a' must lie between 0 and"),
        ({}, {"a": 0, "b": None}, {}, "No area has a known number of adults of at least 10."),
        ({}, dict.fromkeys(map(str, range(100_001)), 1), {}, "There are 100,001 areas; at most 100,000"),
        ({}, ADULTS, {"unplaced": -1}, "The unplaced respondents must be at least 0"),
        ({}, ADULTS, {"population_margins": {"West": 3}}, "A margin of error is given for 'West', which is not among"),
        ({}, ADULTS, {"population_margins": {"East": -3}}, "The margin of error of 'East' must lie between 0"),
        ({}, ADULTS, {"margin_level": 90}, "The level must lie between 0 and 1"),
        ({}, ADULTS, {"error_rate": 0}, "The error rate must lie between 0 and 1"),
        ({}, ADULTS, {"level": 1}, "The level must lie between 0 and 1"),
        ({}, ADULTS, {"k": 1}, "k must be at least 2"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(respondents, population, options, sentence):
    with pytest.raises(ScienceError) as caught:
        response_shares(respondents, population, **options)

    assert str(caught.value).startswith(sentence)
