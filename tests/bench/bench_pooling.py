"""How often pooled intervals hold what they promise, on simulated studies with a known mean; printed, a table a row."""

import numpy as np

from lecen.science.arrays import generator
from lecen.science.pooling import random_effects, robust_pool

DRAWS = 1000
MEAN = 0.2
DESIGN = "design-based"


def coverage(count, tau, rng):
    """Shares of simulated pools whose interval holds the mean, and whose prediction holds a new study's effect."""
    held = predicted = plain = 0
    for _ in range(DRAWS):
        errors = rng.uniform(0.05, 0.4, count)
        effects = MEAN + tau * rng.normal(size=count) + errors * rng.normal(size=count)
        found = random_effects(effects, errors, basis=DESIGN)
        new = MEAN + tau * rng.normal()
        held += found.interval.low <= MEAN <= found.interval.high
        predicted += found.prediction.interval.low <= new <= found.prediction.interval.high
        plain += abs(found.effect - MEAN) <= 1.96 * found.standard_error
    return held / DRAWS, predicted / DRAWS, plain / DRAWS


def bench_coverage_of_pooled_intervals():
    rng = generator(20)
    print("\nstudies  tau   interval  prediction  plain error, normal")
    for count in (3, 5, 10, 27):
        for tau in (0.0, 0.1, 0.4):
            held, predicted, plain = coverage(count, tau, rng)
            print(f"{count:7d}  {tau:.1f}     {held:.3f}       {predicted:.3f}                {plain:.3f}")
            assert 0.92 <= held <= 1


def bench_false_positives_of_dependent_estimates():
    rng = generator(21)
    print("\nagencies  outcomes each  robust  as if independent  (share of p < .05 under no effect)")
    for agencies, outcomes in ((5, 4), (10, 4), (20, 6)):
        labels = np.repeat(np.arange(agencies), outcomes)
        errors = np.full(len(labels), 0.2)
        robust = naive = 0
        for _ in range(DRAWS):
            shared = rng.normal(size=agencies)[labels] * np.sqrt(0.2**2 + 0.8 * 0.2**2)
            effects = shared + rng.normal(size=len(labels)) * 0.2 * np.sqrt(0.2)
            robust += robust_pool(effects, errors, labels, basis=DESIGN).p_value < 0.05
            naive += random_effects(effects, errors, basis=DESIGN).p_value < 0.05
        print(f"{agencies:8d}  {outcomes:13d}  {robust / DRAWS:.3f}   {naive / DRAWS:.3f}")
        assert robust / DRAWS <= 0.07
