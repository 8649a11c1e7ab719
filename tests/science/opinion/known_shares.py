"""Votes drawn from known shares, for the tests and for `make bench`."""

import numpy as np
from numpy.typing import NDArray

from lecen.science.opinion import GroupsDescription, describe_groups, statement_priorities


def draw_votes(
    chance: np.random.Generator, people: NDArray[np.int64], shares: NDArray[np.float64], seen: float = 0.6
) -> NDArray[np.int64]:
    """Draw (3, groups, statements) votes; `shares` has the shape (groups, statements, 3), each person sees a part."""
    voters = chance.binomial(people[:, None], seen, size=shares.shape[:2])
    return np.moveaxis(chance.multinomial(voters, shares), -1, 0)


def described(votes: NDArray[np.int64], people: NDArray[np.int64], **options: float) -> GroupsDescription:
    agree, disagree, passed = votes
    return describe_groups(agree=agree, disagree=disagree, passed=passed, people=people, **options)  # type: ignore[arg-type]


def shares_of_groups(chance: np.random.Generator, groups: int, statements: int, *, apart: float) -> NDArray[np.float64]:
    """Draw shares that are the same in all groups but for the first `apart` part of statements."""
    common = chance.dirichlet([3, 2, 1.5], size=(1, statements))
    own = chance.dirichlet([3, 2, 1.5], size=(groups, statements))
    differs = np.arange(statements) < apart * statements
    return np.where(differs[None, :, None], own, common)


def false_share(found: GroupsDescription, votes: NDArray[np.int64], shares: NDArray[np.float64]) -> tuple[float, int]:
    """Give the part of the representative statements where the group's true share is not above the others', and n."""
    n = votes.sum(axis=0)
    wrong = 0
    for one in found.representative:
        own = _side(shares[:, one.statement], one.side)
        weights = n[:, one.statement] * (np.arange(len(own)) != one.group)
        wrong += bool(own[one.group] <= own @ weights / weights.sum() + 1e-12)
    return wrong / max(len(found.representative), 1), len(found.representative)


def _side(shares: NDArray[np.float64], side: str) -> NDArray[np.float64]:
    return {"agree": shares[:, 0], "disagree": shares[:, 1], "not agree": shares[:, 1] + shares[:, 2]}[side]


def false_discoveries(
    chance: np.random.Generator, people: NDArray[np.int64], *, statements: int, apart: float, repetitions: int
) -> tuple[NDArray[np.float64], float]:
    """Repeat the drawing; give the false part of each repetition's list and the mean length of a list."""
    parts, lengths = [], []
    for _ in range(repetitions):
        shares = shares_of_groups(chance, len(people), statements, apart=apart)
        votes = draw_votes(chance, people, shares)
        part, length = false_share(described(votes, people, least_difference=0), votes, shares)
        parts.append(part)
        lengths.append(length)
    return np.array(parts), float(np.mean(lengths))


def errors_of_shares(
    chance: np.random.Generator, *, late: float, people: int, statements: int = 40, each: int = 8
) -> NDArray[np.float64]:
    """Let `people` vote on `each` statements, drawn uniformly and by priority; give what the shares are off by.

    The last `late` part of the statements is written one by one while the first three quarters of people vote. Gives
    (2, statements), the found less the true shares of agreement, signed so that above 0 is further from one half.
    """
    truth = chance.dirichlet([3, 2, 1.5], size=statements)
    first = round(statements * (1 - late))
    there = np.minimum(first + np.arange(people) * (statements - first) / (0.75 * people), statements).astype(int)
    taken = [_votes_taken(chance, truth, there, each, by_priority=by) for by in (False, True)]
    found = np.array([np.where(votes.sum(axis=0), votes[0] / np.maximum(votes.sum(axis=0), 1), 0.5) for votes in taken])
    return (found - truth[:, 0]) * np.sign(truth[:, 0] - 0.5)


def gains(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the part of the root mean squared error that priorities take away, of (repetitions, 2, statements)."""
    root = np.sqrt((errors**2).mean(axis=2))
    return np.asarray(1 - root[:, 1] / root[:, 0])


def _votes_taken(
    chance: np.random.Generator, truth: NDArray[np.float64], there: NDArray[np.int64], each: int, *, by_priority: bool
) -> NDArray[np.int64]:
    votes = np.zeros((3, len(truth)), dtype=np.int64)
    for written in there:
        agree, disagree, passed = votes[:, :written]
        weights = statement_priorities(agree=agree, disagree=disagree, passed=passed) if by_priority else None
        asked = chance.choice(written, size=min(each, written), replace=False, p=weights)
        for statement in asked:
            votes[chance.choice(3, p=truth[statement]), statement] += 1
    return votes


def two_groups_found(
    chance: np.random.Generator, *, apart: float, same_votes: bool, people: int = 200, statements: int = 40
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Draw votes, find two groups in them by the sign of the first component, and count the votes of each.

    Two true groups differ by `apart` in the share that agrees on a quarter of the statements; nobody differs on the
    others. The component comes from the votes counted, or from as many other statements of the same kind. Gives
    votes, people and the true shares of the groups found, (2, statements, 3).
    """
    true = np.arange(people) % 2
    shares = np.tile([0.5, 0.3, 0.2], (2, 2 * statements, 1))
    differs = np.arange(2 * statements) % 4 == 0
    shares[:, differs, 0] += np.array([[-apart], [apart]]) / 2
    shares[:, differs, 1:] = (1 - shares[:, differs, :1]) * [0.6, 0.4]
    drawn = (chance.random((people, 2 * statements, 1)) > shares[true].cumsum(axis=2)[..., :2]).sum(axis=2)
    value = 1.0 * (drawn == 0) - (drawn == 1)
    counted, basis = np.arange(statements), np.arange(statements) + (0 if same_votes else statements)
    component = np.linalg.svd(value[:, basis] - value[:, basis].mean(axis=0), full_matrices=False)[0][:, 0]
    found = (component > 0).astype(int)
    votes = np.array([[[(drawn[found == g][:, s] == v).sum() for s in counted] for g in (0, 1)] for v in range(3)])
    own = np.array([shares[true[found == g]][:, counted].mean(axis=0) for g in (0, 1)])
    return votes, np.bincount(found, minlength=2), own
