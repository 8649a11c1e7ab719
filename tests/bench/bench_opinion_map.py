"""Opinion maps: how often groups are reported where there are none and where there are some, and what a map costs.

Sizes in memory and seconds are those of a process of its own that makes the votes and maps them (`python -m
tests.bench.bench_opinion_map`). red-dwarf, which computes the maps of Polis, runs beside it.
"""

import json
import os
import resource
import subprocess
import sys
import time

import numpy as np
import pytest

from lecen.science.intervals import wilson
from lecen.science.opinion import map_opinions, stability
from lecen.science.opinion.votes import Votes
from tests.science.opinion.simulated import REAL, dealt_anew, real_votes_left_in, simulated_votes

ALARMS = 0.05
FOUND = 0.8
SAME = 0.96
STRUCTURELESS = [
    {"people": 30, "statements": 5, "share": 0.9},
    {"people": 60, "statements": 12, "share": 0.7, "uneven": True},
    {"people": 100, "statements": 100, "share": 0.2, "uneven": True},
    {"people": 300, "statements": 20, "share": 0.5},
    {"people": 300, "statements": 60, "share": 0.3, "uneven": True},
    {"people": 1_000, "statements": 30, "share": 0.4, "uneven": True},
    {"people": 2_000, "statements": 5, "share": 1.0},
    {"people": 2_000, "statements": 100, "share": 0.1, "uneven": True},
]
DRAWN = 150


def rate(count: int, n: int) -> str:
    low, high = (end[0] for end in wilson([count], [n]))
    return f"{count} of {n} = {count / n:.3f} (95 % interval {low:.3f} to {high:.3f})"


def bench_groups_reported_where_votes_hold_no_structure():
    """Votes dealt out anew within each statement, from votes with two groups; and votes drawn independently."""
    total = 0
    for options in STRUCTURELESS:
        alarms = 0
        for seed in range(DRAWN):
            table, _ = simulated_votes(seed=seed, groups=1 + seed % 2, apart=2, **options)
            if seed % 2:
                table = dealt_anew(table, np.random.default_rng(seed))
            alarms += map_opinions(table, seed=seed).clear
        print(f"no structure, {options}: groups reported in {rate(alarms, DRAWN)}")
        total += alarms
    print(f"no structure, all: groups reported in {rate(total, DRAWN * len(STRUCTURELESS))}")

    assert wilson([total], [DRAWN * len(STRUCTURELESS)])[1][0] <= ALARMS


def bench_groups_reported_where_people_differ_along_one_line():
    for spectrum in (0.5, 0.8, 1.1):
        found = [
            map_opinions(simulated_votes(seed=seed, people=400, spectrum=spectrum)[0], seed=seed) for seed in range(60)
        ]
        seen = sum(each.evidence.agreement < ALARMS for each in found)
        print(
            f"a line of strength {spectrum}: groups reported in {rate(sum(each.clear for each in found), 60)}; "
            f"agreement beyond chance in {seen}"
        )


@pytest.mark.parametrize("groups", [2, 3, 4])
def bench_groups_found_by_separation(groups):
    """30 statements of which each person saw half, 100 people a group."""
    shares = {}
    for apart in (0.75, 1.0, 1.25, 1.5):
        tables = (simulated_votes(seed=seed, people=100 * groups, groups=groups, apart=apart)[0] for seed in range(60))
        found = [len(map_opinions(table, seed=1).centers) for table in tables]
        clear, right = sum(k > 1 for k in found), sum(k == groups for k in found)
        shares[apart] = clear / 60
        print(f"{groups} groups {apart} apart: reported in {rate(clear, 60)}, as {groups} in {right}")

    assert shares[1.25] >= FOUND


@pytest.mark.parametrize(("people", "statements", "share"), [(100_000, 500, 0.03), (1_000_000, 1_000, 0.01)])
def bench_a_map_of_many_votes(people, statements, share):
    print(f"{people:,} × {statements:,} at {share:.0%}: {in_its_own_process('lecen', people, statements, share)}")


def bench_a_map_beside_red_dwarf():
    ours, theirs = (in_its_own_process(name, 10_000, 500, 0.03) for name in ("lecen", "reddwarf"))
    ratios = ", ".join(
        f"{theirs[unit] / ours[unit]:.0f} in {unit}" for unit in ("seconds", "processor seconds", "peak MB")
    )
    print(f"10,000 × 500 at 3%: {ours}; red-dwarf 0.4.0: {theirs}; ratio {ratios}")


@pytest.mark.data
@pytest.mark.parametrize("name", REAL)
def bench_real_conversations(real_data, name):
    """Groups that Polis reported, our answer, and how many people stand nearest to the middle of Polis's own group."""
    table, given = real_votes_left_in(real_data, name)
    found = map_opinions(table, seed=1)
    inside = given >= 0
    places, groups = found.positions[inside], given[inside]
    means = np.array([places[groups == group].mean(axis=0) for group in np.unique(groups)])
    same = (np.linalg.norm(places[:, np.newaxis] - means, axis=2).argmin(axis=1) == groups).mean()
    sizes = np.bincount(found.groups[found.groups >= 0]).tolist()
    print(f"{name}: Polis {len(means)} groups, the same by nearest mean {same:.3f}; ours {sizes}, {found.evidence}")
    if found.clear:
        print(f"    {stability(table, found, seed=1)}")

    assert same >= SAME


def in_its_own_process(method: str, people: int, statements: int, share: float) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.bench_opinion_map", method, str(people), str(statements), str(share)]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # threads that wait for each other would count as work
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=alone)
    return json.loads(done.stdout.splitlines()[-1])


def many_votes(people: int, statements: int, share: float) -> Votes:
    """Two groups who differ on every statement; how many votes a person casts falls off as in a geometric law."""
    chance = np.random.default_rng(1)
    side, popular = chance.normal(0, 0.5, (2, statements)).astype(np.float32)
    parts = []
    for first in range(0, people, 50_000):
        rows = np.arange(first, min(first + 50_000, people))
        cast = np.minimum(chance.geometric(1 / (statements * share), len(rows)), statements)
        cells = np.unique(np.repeat(rows, cast) * statements + chance.integers(0, statements, cast.sum()))
        voters, places = np.divmod(cells, statements)
        thought = popular[places] + (voters % 2 * 2 - 1) * side[places] + chance.standard_normal(len(cells), np.float32)
        answers = (thought > 0.3).astype(np.int8) - (thought < -0.3)
        parts.append((np.bincount(voters - first, minlength=len(rows)), places.astype(np.int32), answers))
    cast, places, answers = (np.concatenate(each) for each in zip(*parts, strict=True))
    starts = np.concatenate([[0], np.cumsum(cast)])
    return Votes(np.arange(people), np.arange(statements), starts, places, answers.astype(np.int8))


def red_dwarf(votes: Votes) -> None:
    from reddwarf.implementations.polis import run_pipeline

    triples = zip(votes.voters.tolist(), votes.places.tolist(), votes.answers.tolist(), strict=True)
    run_pipeline(
        votes=[{"participant_id": voter, "statement_id": place, "vote": answer} for voter, place, answer in triples],
        random_state=1,
    )


def measure(method: str, people: int, statements: int, share: float) -> None:
    votes = many_votes(people, statements, share)
    began, used = time.perf_counter(), time.process_time()
    if method == "lecen":
        map_opinions(votes, seed=1)
    else:
        red_dwarf(votes)
    figures = {
        "votes": len(votes.answers),
        "seconds": round(time.perf_counter() - began, 2),
        "processor seconds": round(time.process_time() - used, 2),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
