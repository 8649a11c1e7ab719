"""Raking a million answers beside an independent package, and how often the intervals hold the truth."""

import time

import numpy as np
import polars as pl
import svy

from lecen.science.arrays import generator
from lecen.science.weighting import Sample, estimate_mean, estimate_shares, rake

SIZES = (4, 8, 6, 4)


def bench_raking_a_million_answers_to_four_margins_beside_svy():
    rng = generator(1)
    n = 1_000_000
    categories = {
        f"v{at}": rng.choice([f"c{place}" for place in range(size)], n, p=rng.dirichlet(np.full(size, 20)))
        for at, size in enumerate(SIZES)
    }
    shares = {
        f"v{at}": {f"c{place}": float(share) for place, share in enumerate(rng.dirichlet(np.full(size, 30)))}
        for at, size in enumerate(SIZES)
    }
    sample = svy.Sample(pl.DataFrame({**categories, "base": np.ones(n)}), svy.Design(wgt="base"))
    began = time.perf_counter()
    ours = rake(categories, shares)
    took = time.perf_counter() - began
    began = time.perf_counter()
    trimmed = rake(categories, shares, bounds=(0.25, 4))
    took_trimmed = time.perf_counter() - began
    began = time.perf_counter()
    peer = sample.weighting.rake(shares=shares, tol=1e-6).data["rk_wgt"].to_numpy()
    peer_took = time.perf_counter() - began

    apart = np.abs(ours.weights - peer / peer.mean()).max()
    print(f"\nraking {n:,} x 4 margins: {took:.2f} s in {ours.iterations} rounds; trimmed {took_trimmed:.2f} s in")
    print(f"  {trimmed.iterations} rounds; svy {svy.__version__} {peer_took:.2f} s, ours/svy {took / peer_took:.2f};")
    print(f"  weights differ by at most {apart:.1e}")
    assert apart < 1e-3
    assert trimmed.converged


def bench_how_often_raked_intervals_hold_the_truth():
    """Drawn by chance from 20,000 people who answer the less, the older they are, and raked to age and sex."""
    rng = generator(2)
    size, n, rounds = 20_000, 600, 1000
    age, sex = rng.choice(["a", "b", "c"], size, p=[0.3, 0.4, 0.3]), rng.choice(["f", "m"], size)
    opinion = rng.random(size) < np.select([age == "a", age == "b"], [0.2, 0.4], 0.7)
    margins = {
        name: dict(zip(*np.unique(labels, return_counts=True), strict=True))
        for name, labels in (("age", age), ("sex", sex))
    }
    answers = np.select([age == "a", age == "b"], [0.9, 0.7], 0.4)
    held_raked = held_plain = held_shares = 0
    widths, truth = [], opinion.mean()
    for _ in range(rounds):
        drawn = rng.permutation(size)[: 2 * n]
        drawn = drawn[rng.random(2 * n) < answers[drawn]]
        categories = {"age": age[drawn], "sex": sex[drawn]}
        weights = rake(categories, margins).weights
        asked = opinion[drawn].astype(float)
        raked = estimate_mean(asked, Sample("probability", weights, raked_on=categories))
        plain = estimate_mean(asked, Sample("probability", weights))
        shares = estimate_shares(asked, Sample("probability", weights, raked_on=categories), options=[0.0, 1.0])
        held_raked += raked.interval.low <= truth <= raked.interval.high
        held_plain += plain.interval.low <= truth <= plain.interval.high
        held_shares += shares.intervals[1.0].low <= truth <= shares.intervals[1.0].high
        widths.append((raked.standard_error, plain.standard_error))
    ratio = np.mean([one / other for one, other in widths])
    print(f"\n95 % intervals that held the truth in {rounds:,} samples of about {len(drawn)}, raked to age and sex:")
    print(
        f"  mean {held_raked / rounds:.1%}, share {held_shares / rounds:.1%}; not counting the raking {held_plain / rounds:.1%}"
    )
    print(f"  standard error over the one that does not count the raking: {ratio:.2f}")
    assert 0.93 < held_raked / rounds < 0.97
    assert 0.93 < held_shares / rounds < 0.97
