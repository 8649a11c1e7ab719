"""Pairs in large pools: how many seconds they take, that they are proved best, and what being stable costs."""

from resource import RUSAGE_SELF, getrusage
from time import perf_counter

import numpy as np

from lecen.science.arrays import generator
from lecen.science.matching import best_matching, blocking_pairs, pool, stable_matching
from tests.science.matching.people import KINDS, points

LIKED = 50


def names(kind, count):
    return [f"{kind} {number:05d}" for number in range(count)]


def dense(kind, mentees, mentors, seats=1):
    """Any pair may be made; where points are by chance, each side's are, else both sides agree."""
    own, other = points(kind, mentees, mentors, 1), points(kind, mentees, mentors, 2)
    if kind not in {"any decimals", "five steps"}:
        other = own
    unit = 1 if kind in {"five steps", "agree in steps", "all equal"} else 10
    parts = {"mentee's choice": own * unit}, {"mentor's choice": other * unit}
    return pool(names("mentee", mentees), names("mentor", mentors), *parts, seats=seats)


def listed(mentees, mentors, seats, kind):
    """Each mentee may have fifty mentors drawn by chance."""
    rng = generator(2)
    mentees, mentors = names("mentee", mentees), names("mentor", mentors)
    columns = np.array([rng.choice(len(mentors), LIKED, replace=False) for _ in mentees])
    pairs = [(mentee, mentors[column]) for mentee, row in zip(mentees, columns.tolist(), strict=True) for column in row]
    if kind == "all agree":
        own = rng.random((len(mentees), 1)) * rng.random(len(mentors))[columns] * 10
        other = own
    elif kind == "any decimals":
        own, other = rng.random((2, *columns.shape)) * 10
    else:
        own, other = rng.integers(1, 6, (2, *columns.shape)).astype(float)
    return pool(mentees, mentors, {"own": own.ravel()}, {"other": other.ravel()}, candidates=pairs, seats=seats)


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
        f"{title:50s} {built - began:5.1f} {paired - built:6.1f} {ended - paired:6.1f}   "
        f"{len(best.pairs):6d} {len(stable.pairs):6d}   {best.score:10.0f} {stable.score:10.0f}   "
        f"{len(blocking_pairs(people, best)):6d}"
    )


def bench_pools():
    print(f"\n{'seconds':>56s}\n{'':50s} check   best stable   pairs: best, stable; score: best, stable; blocking best")
    for kind in KINDS:
        report(f"2,000 × 2,000, {kind}", lambda kind=kind: dense(kind, 2000, 2000))
    for mentees, mentors, seats in ((2000, 1000, 1), (1000, 2000, 1), (2000, 500, 4)):
        title = f"{mentees:,} × {mentors:,}, {seats} seats, all agree"
        report(title, lambda a=mentees, b=mentors, seats=seats: dense("all agree", a, b, seats))
    print(f"most memory so far: {getrusage(RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")
    for mentors, seats in ((20_000, 1), (5_000, 4), (13_333, 1)):
        for kind in ("any decimals", "five steps", "all agree"):
            title = f"20,000 × {mentors:,}, {LIKED} listed, {seats} seats, {kind}"
            report(title, lambda mentors=mentors, seats=seats, kind=kind: listed(20_000, mentors, seats, kind))
