"""How often trials of a small agency find an effect that is not there, and hold one that is; printed, a design a row."""

import numpy as np

from lecen.science.arrays import generator
from lecen.science.experiments import clustered_difference, difference, randomization_test, wild_test

DRAWS = 1000
EFFECT = 0.5


def outcomes(kind, arms, rng):
    """Outcomes with an effect of one half for every unit; bell curve, or skewed like counts of incidents."""
    noise = rng.normal(size=len(arms)) if kind == "bell" else rng.exponential(size=len(arms)) ** 1.5
    return noise + EFFECT * arms


def bench_intervals_of_units_and_blocks():
    rng = generator(30)
    print("\ndesign                outcome   coverage   coverage of the randomization interval")
    for name, arms, blocks in (
        ("6 + 6 units", np.tile([0, 1], 6), None),
        ("10 + 30 units", np.tile([1, 0, 0, 0], 10), None),
        ("8 pairs", np.tile([0, 1], 8), np.repeat(np.arange(8), 2)),
        ("5 blocks of 6", np.tile([0, 1], 15), np.repeat(np.arange(5), 6)),
    ):
        for kind in ("bell", "skewed"):
            held = lot = 0
            for seed in range(DRAWS):
                y = outcomes(kind, arms, rng)
                low, high = difference(y, arms, blocks=blocks, people=False).interval
                held += low <= EFFECT <= high
                low, high = randomization_test(y, arms, blocks=blocks, people=False, seed=seed, draws=499).interval
                lot += low <= EFFECT <= high
            print(f"{name:20s}  {kind:8s}  {held / DRAWS:.3f}      {lot / DRAWS:.3f}")
            assert lot / DRAWS >= 0.93


def bench_false_positives_of_clusters():
    rng = generator(31)
    print("\nclusters (treated + others)  sizes    by means  CR2    wild   randomization  as if people were drawn")
    for treated, others in ((3, 3), (5, 5), (4, 12), (15, 15)):
        for sizes in ("alike", "unequal"):
            count = treated + others
            people = np.full(count, 20) if sizes == "alike" else 4 + rng.permutation(np.arange(count) ** 2 % 37)
            clusters = np.repeat(np.arange(count), people)
            arms = (clusters < treated).astype(float)
            found = np.zeros(5)
            for seed in range(DRAWS // 2):
                y = rng.normal(size=count)[clusters] * np.sqrt(0.1) + rng.normal(size=len(clusters)) * np.sqrt(0.9)
                found += [
                    difference(y, arms, clusters=clusters).p_value < 0.05,
                    clustered_difference(y, arms, clusters).p_value < 0.05,
                    treated > 3 and wild_test(y, arms, clusters, seed=seed, draws=399).p_value < 0.05,
                    randomization_test(y, arms, clusters=clusters, seed=seed, draws=399).p_value < 0.05,
                    difference(y, arms).p_value < 0.05,
                ]
            shares = found / (DRAWS // 2)
            shown = "  ".join(f"{share:.3f}" for share in shares) + ("" if treated > 3 else "  (wild: refused)")
            print(f"{treated:4d} + {others:<4d}                  {sizes:8s} {shown}")
            assert shares[3] <= 0.08
