"""Pairs in large pools: how many seconds they take, that they are proved best, and what being stable costs."""

from time import perf_counter

import numpy as np

from lecen.science.arrays import generator
from lecen.science.matching import best_matching, blocking_pairs, pool, stable_matching

LIKED = 50


def names(kind, count):
    return [f"{kind} {number:05d}" for number in range(count)]


def dense(count, kind):
    rng = generator(1)
    mentees, mentors = names("mentee", count), names("mentor", count)
    if kind == "any decimals":
        own, other = rng.random((2, count, count)) * 10
    elif kind == "five steps":
        own, other = rng.integers(1, 6, (2, count, count)).astype(float)
    else:  # everybody agrees who is good, the hardest case for shortest paths
        own = np.outer(rng.random(count), rng.random(count)) * 10
        other = own.copy()
    return pool(mentees, mentors, {"mentee's choice": own}, {"mentor's choice": other})


def listed(count, seats, kind):
    rng = generator(2)
    mentees, mentors = names("mentee", count), names("mentor", count // seats)
    columns = np.concatenate([rng.choice(len(mentors), LIKED, replace=False) for _ in mentees])
    pairs = [(mentees[at // LIKED], mentors[column]) for at, column in enumerate(columns.tolist())]
    if kind == "any decimals":
        own, other = rng.random((2, len(pairs))) * 10
    else:
        own, other = rng.integers(1, 6, (2, len(pairs))).astype(float)
    return pool(mentees, mentors, {"own": own}, {"other": other}, candidates=pairs, seats=seats)


def report(title, build):
    began = perf_counter()
    people = build()
    built = perf_counter()
    best = best_matching(people, seed=1)
    paired = perf_counter()
    stable = stable_matching(people, seed=1)
    ended = perf_counter()
    assert best.proved
    assert blocking_pairs(people, stable) == ()
    print(
        f"{title:42s} {built - began:5.1f} {paired - built:6.1f} {ended - paired:6.1f}   "
        f"{len(best.pairs):6d} {len(stable.pairs):6d}   {best.score:10.0f} {stable.score:10.0f}   "
        f"{len(blocking_pairs(people, best)):6d}"
    )


def bench_pools():
    print(f"\n{'seconds':>48s}\n{'':42s} check   best stable   pairs: best, stable; score: best, stable; blocking best")
    for kind in ("any decimals", "five steps"):
        report(f"2,000 × 2,000, {kind}", lambda kind=kind: dense(2000, kind))
    report("1,000 × 1,000, all agree", lambda: dense(1000, "agree"))
    for seats in (1, 4):
        for kind in ("any decimals", "five steps"):
            title = f"20,000 with {LIKED} candidates, {seats} seats, {kind}"
            report(title, lambda seats=seats, kind=kind: listed(20_000, seats, kind))
