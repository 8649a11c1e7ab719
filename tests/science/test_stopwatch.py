"""The limit of time that the parts of a computation share."""

import math

from lecen.science.stopwatch import Stopwatch


def test_without_a_limit_there_is_always_time_left():
    assert (Stopwatch().left, Stopwatch().over) == (math.inf, False)


def test_time_runs_down_to_nothing_and_no_lower():
    hour = Stopwatch(3600)
    first, second = hour.left, hour.left

    assert 0 < second <= first <= 3600
    assert not hour.over
    assert (Stopwatch(0).left, Stopwatch(0).over) == (0.0, True)
