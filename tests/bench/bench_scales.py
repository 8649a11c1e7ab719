"""How often the intervals of a scale's figures hold the truth, by simulation; run by `make bench`."""

import numpy as np

from lecen.science.errors import ScienceError
from lecen.science.scales import Scale, cronbach_alpha, omega_total

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5, 0.4])
RUNS = 200


def answers_of(people: int, seed: int, *, ordinal: bool) -> np.ndarray:
    chance = np.random.default_rng(seed)
    rest = chance.normal(size=(people, 5)) * np.sqrt(1 - LOADINGS**2)
    items = chance.normal(size=(people, 1)) * LOADINGS + rest
    return np.digitize(items, [-1.5, -0.5, 0.5, 1.5]) + 1.0 if ordinal else items


def truth_of(*, ordinal: bool) -> tuple[float, float]:
    """True alpha and omega: from the model, or for answers in five steps from a sample of a million people."""
    if not ordinal:
        common, unique = LOADINGS.sum() ** 2, (1 - LOADINGS**2).sum()
        return 5 / 4 * (1 - 5 / (common + unique)), common / (common + unique)
    many, scale = answers_of(1_000_000, 0, ordinal=True), Scale(tuple("abcde"), 1, 5)
    return cronbach_alpha(many, scale).value, omega_total(many[:200_000], scale, seed=1, resamples=100).value


def coverage(people: int, *, ordinal: bool) -> tuple[float, float, int]:
    alpha, omega = truth_of(ordinal=ordinal)
    scale = Scale(tuple("abcde"), -100, 100, step=None)
    alphas, omegas, refused = [], [], 0
    for seed in range(1, RUNS + 1):
        answers = answers_of(people, seed, ordinal=ordinal)
        found = cronbach_alpha(answers, scale).interval
        alphas.append(found.low <= alpha <= found.high)
        try:
            found = omega_total(answers, scale, seed=seed, resamples=200).interval
        except ScienceError:
            refused += 1
            continue
        omegas.append(found.low <= omega <= found.high)
    return float(np.mean(alphas)), float(np.mean(omegas)), refused


def bench_intervals_of_alpha_and_omega_hold_the_truth():
    for people, ordinal in ((50, False), (100, False), (300, False), (100, True)):
        alphas, omegas, refused = coverage(people, ordinal=ordinal)
        kind = "five steps" if ordinal else "normal"
        told = f"{people} people, {kind}: alpha's 95 % interval held the truth in {alphas:.1%}, "
        told += f"omega's in {omegas:.1%} of {RUNS - refused} ({refused} refused)"
        print(told)
        assert alphas > 0.9
        assert omegas > 0.85


def bench_omega_of_ten_thousand_people(benchmark):
    answers = answers_of(10_000, 1, ordinal=True)
    found = benchmark.pedantic(
        omega_total, (answers, Scale(tuple("abcde"), 1, 5)), {"seed": 1, "resamples": 1_000}, rounds=1
    )

    assert found.interval.low < found.value < found.interval.high
