"""Small pools drawn by chance, and every matching of them."""

from itertools import product

import numpy as np

from lecen.science.matching import pool


def drawn(seed, *, mentees=4, mentors=3, steps=4, waiting=3):
    """A pool with some pairs forbidden, up to two seats, coarse points (so ties) and some rounds waited."""
    rng = np.random.default_rng(seed)
    first, second = [f"m{number}" for number in range(mentees)], [f"w{number}" for number in range(mentors)]
    table = rng.random((mentees, mentors)) < 0.3
    return pool(
        first,
        second,
        {"own": rng.integers(-steps, steps, (mentees, mentors))},
        {"other": rng.integers(-steps, steps, (mentees, mentors)) / 2},
        seats={name: int(rng.integers(0, 3)) for name in second},
        forbidden=[(first[row], second[column]) for row, column in np.argwhere(table)],
        waited={name: int(rng.integers(0, waiting)) for name in first},
    )


def points(kind, mentees, mentors, seed):
    """A table of points: by chance, or of a kind in which most people want the same few."""
    rng = np.random.default_rng(seed)
    good, better, chance = rng.random((mentees, 1)), rng.random(mentors), rng.random((mentees, mentors))
    return {
        "any decimals": chance,
        "five steps": rng.integers(1, 6, (mentees, mentors)).astype(float),
        "all equal": np.full((mentees, mentors), 3.0),
        "all agree": good * better,
        "nearly agree": good * better + chance / 20,
        "agree in steps": np.rint(good * better * 20),
        "the worse the better": -good * better,
        "near on a line": -np.abs(good - better),
        "three talents": rng.random((mentees, 3)) @ rng.random((3, mentors)),
    }[kind]


KINDS = (
    "any decimals",
    "five steps",
    "all equal",
    "all agree",
    "nearly agree",
    "agree in steps",
    "the worse the better",
    "near on a line",
    "three talents",
)


def every_matching(people):
    """All sets of candidates that give no mentee two mentors and no mentor more than their seats, required ones in."""
    own = [[None, *np.flatnonzero(people.mentee_of == mentee)] for mentee in range(len(people.mentees))]
    required = set(np.flatnonzero(people.required))
    for choice in product(*own):
        made = [at for at in choice if at is not None]
        taken = np.bincount(people.mentor_of[made], minlength=len(people.mentors))
        if (taken <= people.seats).all() and required <= set(made):
            yield made


def score(people, made):
    return (people.given_by(people.mentee_parts) + people.given_by(people.mentor_parts))[made].sum() / 1e6


def waits(people, made):
    """How many of those paired waited longest, how many one round less, and so on."""
    return tuple(np.bincount(people.waited[people.mentee_of[made]], minlength=9)[::-1].tolist())


def made_by(people, found):
    keys = {
        (people.mentees[a], people.mentors[b]): at
        for at, (a, b) in enumerate(zip(people.mentee_of, people.mentor_of, strict=True))
    }
    return [keys[pair.mentee, pair.mentor] for pair in found.pairs]
