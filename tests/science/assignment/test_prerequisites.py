"""The best schedule in order, against every schedule."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lecen.science.arrays import generator
from lecen.science.assignment.prerequisites import best_in_order


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

    held = best_in_order(gains, needs)

    at = {int(place): slot for slot, place in enumerate(held) if place >= 0}
    assert all(later not in at or at.get(before, 4) < at[later] for later, before in needs)
    assert sum(gains[slot, place] for place, slot in at.items()) == best_of_all(gains, needs)
