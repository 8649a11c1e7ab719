"""What is said of opinion groups and which statement comes next: errors, gains and seconds, each with its interval."""

import time

import numpy as np
import pytest

from lecen.science.arrays import generator
from lecen.science.disclosure import protect
from lecen.science.intervals import wilson
from lecen.science.opinion import describe_groups
from tests.science.opinion.known_shares import (
    described,
    draw_votes,
    errors_of_shares,
    false_discoveries,
    false_share,
    gains,
    shares_of_groups,
    two_groups_found,
)
from tests.science.opinion.simulated import real_votes
from tests.science.opinion.test_description import real_groups

Z = 1.96
SPLIT = [[[0.8, 0.12, 0.08]], [[0.5, 0.3, 0.2]]]  # half of the second group agrees


def mean_and_half(values):
    return np.mean(values), Z * np.std(values, ddof=1) / np.sqrt(len(values))


@pytest.mark.parametrize("people", [(60, 60), (150, 150), (400, 100, 200, 300), (20_000, 20_000)])
@pytest.mark.parametrize("apart", [0, 0.5])
def bench_false_discoveries(people, apart):
    parts, listed = false_discoveries(generator(1), np.array(people), statements=40, apart=apart, repetitions=250)
    _, high = wilson([parts.sum()], [len(parts)])
    print(
        f"\ngroups of {people}, {apart:.0%} of 40 statements differ: false part {parts.mean():.4f}, at most {high[0]:.4f}; {listed:.1f} listed"
    )

    assert high[0] <= 0.05


@pytest.mark.parametrize("people", [60, 150, 400, 2_000])
def bench_false_common_ground(people):
    chance, repetitions = generator(2), 40_000
    sizes = np.array([people, people])
    listed = sum(
        len(described(draw_votes(chance, sizes, np.broadcast_to(SPLIT, (2, 10_000, 3))), sizes).common_ground)
        for _ in range(repetitions // 10_000)
    )
    low, high = wilson([listed], [repetitions])
    print(
        f"\ngroups of {people}, one split in half: listed as common ground in {listed / repetitions:.4f} ({low[0]:.4f} to {high[0]:.4f})"
    )

    assert low[0] <= 0.03


@pytest.mark.parametrize("groups", [2, 3, 5])
@pytest.mark.parametrize("apart", [0, 1])
def bench_gaps_held(groups, apart):
    chance, held, told = generator(3), 0, 0
    people = np.full(groups, 300)
    for _ in range(20):
        shares = np.repeat(shares_of_groups(chance, groups, 1, apart=apart), 400, axis=1)
        found = described(draw_votes(chance, people, shares), people).division
        truth = np.ptp(shares[:, 0, 0])
        held += sum(one.low - 1e-12 <= truth <= one.high for one in found)
        told += len(found)
    low, high = wilson([held], [told])
    print(
        f"\n{groups} groups, apart: {bool(apart)}: interval holds the gap in {held / told:.4f} ({low[0]:.4f} to {high[0]:.4f}) of {told}"
    )

    assert high[0] >= 0.95


@pytest.mark.parametrize("apart", [0, 0.2, 0.4])
@pytest.mark.parametrize("same_votes", [True, False])
def bench_groups_found_in_the_votes(apart, same_votes):
    """Two groups by the sign of the first component, from all votes or from half of the statements only."""
    chance = generator(4)
    parts, listed = [], []
    for _ in range(60):
        votes, people, shares = two_groups_found(chance, apart=apart, same_votes=same_votes)
        part, n = false_share(described(votes, people, least_difference=0), votes, shares)
        parts.append(part)
        listed.append(n)
    mean, half = mean_and_half(parts)
    print(
        f"\ntrue groups {apart} apart, made from the {'same' if same_votes else 'other'} votes: false part {mean:.3f} ± {half:.3f}, {np.mean(listed):.1f} listed"
    )

    assert same_votes or mean - half <= 0.05


@pytest.mark.parametrize("late", [0, 0.25, 0.5, 0.75])
def bench_gain_of_the_next_statement(late):
    errors = np.array([errors_of_shares(generator(seed), late=late, people=200) for seed in range(120)])
    mean, half = mean_and_half(gains(errors))
    uniform, weighted = (mean_and_half(errors[:, way].mean(axis=1)) for way in (0, 1))
    print(
        f"\n{late:.0%} of statements late: errors of shares {np.sqrt((errors**2).mean(axis=(0, 2))).round(4)}, gain {mean:.1%} ± {half:.1%}"
    )
    print(
        f"shares too far from a half by {uniform[0]:.4f} ± {uniform[1]:.4f} drawn alike, {weighted[0]:.4f} ± {weighted[1]:.4f} by priority"
    )

    assert mean + half >= 0


def bench_many_statements():
    chance = generator(5)
    people = np.full(5, 20_000)
    agree, disagree, passed = draw_votes(chance, people, shares_of_groups(chance, 5, 2_000, apart=0.5))
    start = time.perf_counter()
    found = describe_groups(agree=agree, disagree=disagree, passed=passed, people=people)
    print(
        f"\n5 groups × 2,000 statements: {time.perf_counter() - start:.1f} s, {len(found.representative)} representative"
    )

    assert len(found.statements) == 2_000


def shares_shown(found):
    return sum(line.agree is not None for one in found.statements for line in one.groups if line)


def shown_by_one_table(votes):
    """Count the group shares that `protect` shows of groups × (agree, disagree, pass), without a coarser table."""
    tables = [
        {(str(group), str(answer)): int(count) for (answer, group), count in np.ndenumerate(votes[:, :, statement])}
        for statement in range(votes.shape[2])
    ]
    return sum(
        protect(table).cells[str(group), "0"].value is not None for table in tables for group in range(votes.shape[1])
    )


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["brexit-consensus", "vtaiwan.uberx", "scoop-hivemind.biodiversity", "london.youth.policing"]
)
def bench_shares_shown_of_real_conversations(real_data, name):
    table, group = real_votes(real_data, name)
    votes, people = real_groups(real_data, name)
    agree, disagree, passed = votes
    nowhere = [(table[group < 0] == answer).sum(axis=0) for answer in (1, -1, 0)]
    alone = describe_groups(agree=agree, disagree=disagree, passed=passed, people=people)
    beside = describe_groups(
        agree=agree,
        disagree=disagree,
        passed=passed,
        people=people,
        ungrouped=nowhere,
        ungrouped_people=int((group < 0).sum()),
    )
    print(
        f"\n{name}, groups of {people.tolist()}: of {agree.size} shares shown {shares_shown(alone)}, by one table"
        f" {shown_by_one_table(votes)}, beside totals over everybody {shares_shown(beside)};"
        f" lists of {len(alone.representative)}, {len(alone.common_ground)} and {len(alone.division)}"
    )

    assert shares_shown(beside) <= shares_shown(alone)
