"""Votes whose true groups are known, and real votes with the groups that another system gave."""

import csv
import gzip
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
REAL = ["brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx"]
WITHOUT_OPINION = 0.3  # people less sure than this pass


def simulated_votes(
    *,
    seed: int,
    people: int = 200,
    statements: int = 30,
    share: float = 0.5,
    groups: int = 1,
    apart: float = 0.0,
    spectrum: float = 0.0,
    uneven: bool = False,
) -> tuple[Table, NDArray[np.int64]]:
    """Give a table of votes (NaN unseen) and each person's true group.

    What a person thinks of a statement is normal with variance 1 around their group's mean. Two groups lie `apart` from
    each other on each statement, on either side; more than two have means of their own, which differ by `apart` in the
    root of the mean square. With a `spectrum`, people differ along one line without groups. `share` of the cells are seen; `uneven` lets
    some people see few and some see many.
    """
    chance = np.random.default_rng(seed)
    group = chance.integers(0, groups, people)
    sides = np.array([1, -1])
    means = apart / 2 * chance.choice(sides, (1, statements)) * (sides[:, np.newaxis] if groups == 2 else 1)
    if groups > 2:
        means = apart / np.sqrt(2) * chance.choice(sides, (groups, statements))
    line = spectrum * chance.standard_normal((people, 1)) * chance.choice(sides, statements)
    popular = chance.normal(0, 0.5, statements)
    thought = popular + means[group if groups > 1 else 0 * group] + line + chance.standard_normal((people, statements))
    answers = (thought > WITHOUT_OPINION) * 1.0 - (thought < -WITHOUT_OPINION)
    shares = np.full(people, share)
    if uneven:
        shares = np.clip(chance.beta(0.8, 0.8 * (1 - share) / share, people), 1.5 / statements, 1)
    return np.where(chance.random((people, statements)) < shares[:, np.newaxis], answers, np.nan), group


def dealt_anew(table: Table, chance: np.random.Generator) -> Table:
    """Deal the votes on each statement out anew among those who voted on it."""
    anew = table.copy()
    for column in anew.T:
        seen = ~np.isnan(column)
        column[seen] = chance.permutation(column[seen])
    return anew


def real_votes(folder: Path, name: str) -> tuple[Table, NDArray[np.int64]]:
    """Give the votes of a real conversation and the group that its own system put each person in, -1 for none."""
    head, *rows = _lines(folder / "polis" / name / "participants-votes.csv.gz")
    group, first = head.index("group-id"), head.index("n-disagree") + 1
    table = np.array([[float(cell) if cell else np.nan for cell in row[first:]] for row in rows])
    return table, np.array([int(row[group]) if row[group] else -1 for row in rows])


def real_votes_left_in(folder: Path, name: str) -> tuple[Table, NDArray[np.int64]]:
    """Give the same without the statements that moderators took out."""
    table, groups = real_votes(folder, name)
    columns, *comments = _lines(folder / "polis" / name / "comments.csv.gz")
    number, state = columns.index("comment-id"), columns.index("moderated")
    hidden = {comment[number] for comment in comments if comment[state] == "-1"}
    titles = _lines(folder / "polis" / name / "participants-votes.csv.gz")[0][-table.shape[1] :]
    return table[:, [title not in hidden for title in titles]], groups


def _lines(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt") as file:
        return list(csv.reader(file))
