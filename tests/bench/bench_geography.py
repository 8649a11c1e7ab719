"""How often silence is found and chance taken for it, and how well inequality is seen past withheld counts; simulated."""

import time

import numpy as np

from lecen.science.arrays import generator
from lecen.science.geography import response_shares

AREAS = 275  # as many as Chicago has beats; how many adults live there is simulated
ROUNDS = 40


def city(rng, areas, rates):
    """Adults and respondents by area, at rates per adult."""
    names = [f"{place:05}" for place in range(areas)]
    adults = rng.integers(3000, 15_000, areas)
    counts = rng.poisson(adults * rates)
    return dict(zip(names, counts.tolist(), strict=True)), dict(zip(names, adults.tolist(), strict=True))


def bench_how_often_silence_is_found_and_chance_taken_for_it():
    """A tenth of areas answers at a third of the others' rate."""
    rng = generator(1)
    print(f"\n{AREAS} areas of 3,000 to 15,000 adults, {ROUNDS} rounds; a tenth answers at a third of the rate")
    print("rate per 1,000  areas shown  quiet areas found  wrong among found  any found where all alike")
    for rate in (0.001, 0.002, 0.005, 0.01):
        found, wrong, shown, alarms = [], [], [], 0
        for _ in range(ROUNDS):
            quiet = rng.random(AREAS) < 0.1
            shares = response_shares(*city(rng, AREAS, rate * np.where(quiet, 1 / 3, 1)), unplaced=25)
            picked = np.array([area.unheard for area in shares.areas])
            found.append(picked[quiet].mean())
            wrong.append((picked & ~quiet).sum() / max(picked.sum(), 1))
            shown.append(np.mean([area.respondents is not None for area in shares.areas]))
            alarms += bool(response_shares(*city(rng, AREAS, np.full(AREAS, rate)), unplaced=25).unheard)
        print(
            f"{1000 * rate:14.1f}  {np.mean(shown):11.0%}  {np.mean(found):17.0%}  {np.mean(wrong):17.1%}  {alarms / ROUNDS:8.1%}"
        )
        assert np.mean(wrong) < 0.05
        assert alarms / ROUNDS < 0.15


def bench_how_often_the_interval_of_inequality_holds_the_truth():
    """Rates drawn from a Gamma distribution of shape 3, whose Gini index is 0.3125."""
    rng = generator(2)
    print(
        f"\nGini 0.3125, {AREAS} areas, {2 * ROUNDS} rounds\nrate per 1,000  areas shown  mean estimate  interval held it"
    )
    for rate in (0.0005, 0.002, 0.005):
        estimates, held, shown = [], 0, []
        for _ in range(2 * ROUNDS):
            shares = response_shares(*city(rng, AREAS, rate * rng.gamma(3, 1 / 3, AREAS)), unplaced=25)
            estimates.append(shares.inequality.gini)
            held += shares.inequality.interval.low <= 0.3125 <= shares.inequality.interval.high
            shown.append(np.mean([area.respondents is not None for area in shares.areas]))
        print(f"{1000 * rate:14.1f}  {np.mean(shown):11.0%}  {np.mean(estimates):13.3f}  {held / 2 / ROUNDS:16.1%}")
        assert held / 2 / ROUNDS > 0.85


def bench_many_areas():
    rng = generator(3)
    for areas in (AREAS, 20_000):
        given = city(rng, areas, 0.002 * rng.gamma(3, 1 / 3, areas))
        began = time.perf_counter()
        shares = response_shares(*given, unplaced=25)
        print(f"\n{areas:,} areas: {time.perf_counter() - began:.2f} s")
        assert shares.n
