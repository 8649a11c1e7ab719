"""Which statement a person is shown next: the one whose result gains most by a vote, by chance, so that none starves."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lecen.science.arrays import Numbers, counts, generator, numbers
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction


def statement_priorities(
    *,
    agree: ArrayLike,
    disagree: ArrayLike,
    passed: ArrayLike,
    seen: ArrayLike | None = None,
    importance: ArrayLike | None = None,
    exploration: float = 0.1,
) -> Numbers:
    """Give the probability with which each statement is shown to a person next.

    Parameters
    ----------
    agree, disagree, passed : array-like of whole numbers, shape (statements,)
        Votes of everybody so far; a new statement has zeros.
    seen : array-like of bool, shape (statements,), optional
        The statements this person has been shown already, and those that moderation left out.
    importance : array-like of numbers from 0, shape (statements,), optional
        What a vote on the statement tells beyond the statement's own result, in any unit: the length of its loadings
        on the components of a map, or the gap between groups. Without it all count alike.
    exploration : float
        Part of the draws that falls on all unseen statements alike, between 0 and 1.

    Returns
    -------
    ndarray of float64, shape (statements,)
        0 where seen, elsewhere at least `exploration` / (number of unseen statements); together 1, or 0 where the
        person has seen all statements.

    Raises
    ------
    ScienceError
        Shapes differ; a count is negative or not whole; an importance is negative; `seen` is not true or false.

    Notes
    -----
    A statement with n votes weighs u / ((n + 1) (n + 2)) × (1 - share that passed) × (1 + importance / largest
    importance). The first factor is what one more vote takes off the squared standard errors of its three shares:
    u is the sum of share × (1 - share), with one vote added to each answer, so that a new statement has shares too.
    Passing lowers the weight because such votes say little. That new statements come first, that weight in the
    components raises and passing lowers the priority are ideas of Small et al., RECERCA 26(2) (2021), and of their
    software, which also multiplies by the share that agrees. Ours does not: a statement that most people reject is a
    result as well.

    """
    votes = _votes(agree, disagree, passed)
    unseen = ~_seen(seen, votes.shape[1])
    weight = _information(votes) * _factor(importance, votes.shape[1])
    floor = fraction(exploration, "The part of exploration")
    if not unseen.any():
        return np.zeros(len(unseen))
    weight = np.where(unseen, weight, 0)
    return (1 - floor) * weight / weight.sum() + floor * unseen / unseen.sum()


def next_statement(
    *,
    agree: ArrayLike,
    disagree: ArrayLike,
    passed: ArrayLike,
    seen: ArrayLike | None = None,
    importance: ArrayLike | None = None,
    exploration: float = 0.1,
    seed: int,
) -> int | None:
    """Draw the statement that a person is shown next.

    Parameters
    ----------
    agree, disagree, passed, seen, importance, exploration
        As for `statement_priorities`, which gives the probabilities.
    seed : int
        The same seed draws the same statement.

    Returns
    -------
    int or None
        The statement's place, from 0; None where the person has seen all.

    Raises
    ------
    ScienceError
        As `statement_priorities`; or the seed is no whole number from 0.

    """
    chance = generator(seed)
    priorities = statement_priorities(
        agree=agree, disagree=disagree, passed=passed, seen=seen, importance=importance, exploration=exploration
    )
    return int(chance.choice(len(priorities), p=priorities)) if priorities.any() else None


def _votes(agree: ArrayLike, disagree: ArrayLike, passed: ArrayLike) -> Numbers:
    lines = [
        counts(line, f"Counts of people who {what}")
        for line, what in ((agree, "agree"), (disagree, "disagree"), (passed, "pass"))
    ]
    if len({len(line) for line in lines}) > 1:
        raise ScienceError(f"The three lines of votes must have one length, not {[len(line) for line in lines]}.")
    return np.stack(lines).astype(np.float64)


def _seen(seen: ArrayLike | None, statements: int) -> NDArray[np.bool_]:
    if seen is None:
        return np.zeros(statements, dtype=bool)
    try:
        marks = np.asarray(seen)
    except ValueError:  # rows of several lengths
        marks = np.empty(0)
    if marks.dtype != np.bool_ or marks.shape != (statements,):
        raise ScienceError(f"What was seen must be true or false for each of the {statements} statements.")
    return marks


def _information(votes: Numbers) -> Numbers:
    """Tell what one more vote takes off the squared standard errors of the shares, less where people pass."""
    n = votes.sum(axis=0)
    shares = (votes + 1) / (n + len(votes))
    return (shares * (1 - shares)).sum(axis=0) / ((n + 1) * (n + 2)) * (1 - shares[-1])


def _factor(importance: ArrayLike | None, statements: int) -> Numbers:
    if importance is None:
        return np.ones(statements)
    given = numbers(importance, "Importance")
    if given.shape != (statements,) or (given < 0).any():
        raise ScienceError(f"Importance must be a number from 0 for each of the {statements} statements.")
    return 1 + given / (given.max() or 1)
