"""What may be told of counts by area, tried by a reader who enumerates every table that tells the same."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lecen.science.errors import ScienceError
from lecen.science.geography.telling import Told, tell


def tables(cells, people):
    """Every table of that many cells and at most that many people."""
    for counts in product(range(people + 1), repeat=cells):
        if sum(counts) <= people:
            yield {f"a{place}": count for place, count in enumerate(counts)}


def what_is_told(table, k):
    told = tell(table, k)
    return told.n, tuple(told.shown.items()), tuple(told.told.items())


@pytest.mark.parametrize(("cells", "people", "k"), [(3, 16, 3), (4, 12, 3), (5, 10, 2), (4, 13, 4)])
def test_every_number_below_k_stays_possible_for_every_small_count(cells, people, k):
    """A reader who knows all that is told, and this code, tries it on every table of the same n."""
    values = defaultdict(lambda: defaultdict(set))
    for table in tables(cells, people):
        for area, count in table.items():
            values[what_is_told(table, k)][area].add(count)

    excluded = [
        (told, area)
        for told, by_area in values.items()
        for area, found in by_area.items()
        # Below k people n itself is withheld, and tables of every smaller n tell the same.
        if min(found) < k and not set(range(k)) <= found
    ]
    assert excluded == []
    assert any(Told.FEWER in dict(told).values() for _, _, told in values)


@settings(max_examples=150)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=12), st.data())
def test_a_small_count_may_be_any_other_and_all_else_stay_as_told(counts, data):
    """The table that the docstring constructs is told alike, at the usual k."""
    table = {f"a{place:02}": count for place, count in enumerate(counts)}
    told = tell(table, 10)
    fewer = [area for area, how in told.told.items() if how is Told.FEWER]
    withheld = [area for area, how in told.told.items() if how is Told.WITHHELD]
    if not fewer:
        return
    chosen, value = data.draw(st.sampled_from(fewer)), data.draw(st.integers(0, 9))
    mass = told.n - sum(told.shown.values())
    others = [area for area in fewer if area != chosen]
    other = {**table, chosen: value, **dict.fromkeys(others, 0), **dict.fromkeys(withheld, 10)}
    if withheld:
        # Neighbors are withheld nearest first; the last of them takes what is left.
        last = max(withheld, key=lambda area: (min(abs(int(area[1:]) - int(one[1:])) for one in fewer), int(area[1:])))
        other[last] = mass - value - 10 * (len(withheld) - 1)
    else:
        left = mass - value
        for area in others:
            other[area] = min(9, left)
            left -= other[area]

    assert tell(other, 10) == told


def test_where_no_area_is_shown_nothing_is_told_by_area():
    # 3 and 10: were it told which is below 10, the other would be at least 10 and the small one at most 3.
    assert set(tell({"a": 3, "b": 10}, 10).told.values()) == {Told.WITHHELD}


def test_small_areas_are_told_to_be_small():
    found = tell({"a": 4, "b": 60, "c": 70, "d": 80}, 10)

    assert found.told == {"a": Told.FEWER, "b": Told.WITHHELD, "c": Told.SHOWN, "d": Told.SHOWN}
    assert (found.n, found.shown) == (214, {"c": 70, "d": 80})


def test_few_people_are_not_told():
    found = tell({"a": 4, "b": 5}, 10)

    assert (found.n, found.shown) == (None, {})


def test_bad_counts_are_refused():
    with pytest.raises(ScienceError, match=r"^The count of 'a' must be at least 0, not -1\.$"):
        tell({"a": -1}, 10)
