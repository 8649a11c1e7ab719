"""The best schedule in order, against every schedule."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.assignment import Person, Rules, Section, assign_sessions
from lecen.science.assignment.prerequisites import best_in_order
from tests.science.assignment.cases import broken_rules


def best_of_all(gains, needs):
    slots, places = gains.shape
    most = 0.0
    for held in product(range(-1, places), repeat=slots):
        at = {place: slot for slot, place in enumerate(held) if place >= 0}
        once = len(at) == sum(place >= 0 for place in held)
        if once and all(later not in at or at.get(before, slots) < at[later] for later, before in needs):
            most = max(most, sum(gains[slot, place] for slot, place in enumerate(held) if place >= 0))
    return most


@given(st.integers(0, 10**6))
def test_no_schedule_in_order_is_better(seed):
    rng = generator(seed)
    gains = np.where(rng.random((4, 4)) < 0.7, rng.integers(-5, 10, (4, 4)), -np.inf)
    needs = ((1, 0), (2, 1)) if seed % 2 else ((3, 0), (3, 2))

    held, bound = best_in_order(gains, needs)

    at = {int(place): slot for slot, place in enumerate(held) if place >= 0}
    assert all(later not in at or at.get(before, 4) < at[later] for later, before in needs)
    assert sum(gains[slot, place] for place, slot in at.items()) == bound == best_of_all(gains, needs)


@given(st.integers(0, 10**6), st.integers(1, 4))
def test_a_search_cut_short_gives_an_order_that_holds_and_a_bound_that_none_exceeds(seed, most_branches):
    rng = generator(seed)
    gains = rng.integers(-2, 10, (4, 5)).astype(float)
    needs = ((0, 1), (1, 2), (2, 3), (0, 4))

    held, bound = best_in_order(gains, needs, most_branches=most_branches)

    at = {int(place): slot for slot, place in enumerate(held) if place >= 0}
    assert all(later not in at or at.get(before, 4) < at[later] for later, before in needs)
    assert sum(gains[slot, place] for place, slot in at.items()) <= best_of_all(gains, needs) <= bound


def test_many_courses_in_order_at_every_slot_end_soon():
    rng = generator(1)
    courses = [f"c{at:02d}" for at in range(20)]
    needs = {
        course: tuple(before for before in courses[at + 1 :] if rng.random() < 0.15)
        for at, course in enumerate(courses)
    }
    sections = [Section(f"{course}-{slot}", course, slot, 3) for course in courses for slot in range(8)]
    rules = Rules({course: before for course, before in needs.items() if before})

    found = assign_sessions([Person("p", tuple(courses))], sections, rules=rules, seed=1)

    assert broken_rules([Person("p", tuple(courses))], sections, rules, found.seats) == []
    assert len(found.seats["p"]) == 8
