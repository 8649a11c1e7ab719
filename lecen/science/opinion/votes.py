"""Votes of people on statements, kept sparse: a pass is a vote, a statement never seen is none."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from lecen.science.arrays import numbers
from lecen.science.errors import ScienceError

MOST_STATEMENTS = 5_000  # the tables of pairs take 8 bytes a pair, several at a time
MOST_VOTES = 500_000_000
WIDE = 4  # labels that are whole numbers up to this many times their count are looked up, not sorted
Labels = NDArray[Any]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Votes:
    """Who voted what on which statement; made by `votes_from_triples`, `votes_from_table` or `votes_from_sparse`.

    people : labels of the n people, in rising order where made from triples
    statements : labels of the statements, likewise
    starts : (n + 1,) where each person's votes begin in the next two; person i's end at starts[i + 1]
    places : the number of the statement, for each vote; rising within a person
    answers : +1 agree, -1 disagree, 0 pass, for each vote
    """

    people: Labels
    statements: Labels
    starts: Places
    places: NDArray[np.int32]
    answers: NDArray[np.int8]

    @property
    def votes_cast(self) -> Places:
        """How many votes each person cast."""
        return np.diff(self.starts)

    @property
    def voters(self) -> Places:
        """The number of the person, for each vote."""
        return np.repeat(np.arange(len(self.people)), self.votes_cast)

    def of_people(self, rows: NDArray[np.int64]) -> "Votes":
        """Take the votes of some people, given by their numbers; a number given twice makes two people."""
        cast = self.votes_cast[rows]
        starts = np.concatenate([[0], np.cumsum(cast)])
        taken = np.repeat(self.starts[rows] - starts[:-1], cast) + np.arange(starts[-1])
        return Votes(self.people[rows], self.statements, starts, self.places[taken], self.answers[taken])

    def arranged(self, order: NDArray[np.int64]) -> "Votes":
        """Take the statements in another order, given by their numbers."""
        places = np.argsort(order).astype(np.int32)[self.places]
        inside = np.lexsort((places, self.voters))
        return Votes(self.people, self.statements[order], self.starts, places[inside], self.answers[inside])

    def without(self, statements: Collection[Any]) -> "Votes":
        """Leave out statements by their labels, as moderators took them out; people stay, even with no vote left.

        Raises `ScienceError` where a label is not among the statements.
        """
        named = _named(statements)
        if not named:
            return self
        hidden = np.isin(self.statements, list(named))
        if hidden.sum() != len(named):
            raise ScienceError("A statement to be left out is not among the statements.")
        stays = ~hidden[self.places]
        starts = np.concatenate([[0], np.cumsum(stays)])[self.starts]
        numbered = (np.cumsum(~hidden) - 1).astype(np.int32)
        kept = numbered[self.places[stays]]
        return Votes(self.people, self.statements[~hidden], starts, kept, self.answers[stays])


def votes_from_triples(
    people: ArrayLike, statements: ArrayLike, answers: ArrayLike, *, hidden: Collection[Any] = ()
) -> Votes:
    """Take votes as they were cast, oldest first: a person's last vote on a statement counts.

    Parameters: `people`, `statements` (labels, whole numbers or text) and `answers` (+1, -1 or 0), one of each a vote;
    `hidden`, the labels of statements that moderators took out. Raises `ScienceError` where lengths differ, nothing
    is given, labels are neither whole numbers nor text, or an answer is another value.
    """
    who, what, left_out = _labels(people, "People"), _labels(statements, "Statements"), _named(hidden)
    given = _answers(answers)
    if not len(who) == len(what) == len(given):
        raise ScienceError(
            f"Each vote needs a person, a statement and an answer; {len(who)}, {len(what)}, {len(given)} were given."
        )
    names, rows = _coded(who)
    titles, columns = _coded(what)
    _refuse_many(len(titles))
    cells = rows * len(titles) + columns
    order = np.argsort(cells, kind="stable")
    cells = cells[order]
    last = order[np.append(cells[1:] != cells[:-1], True)]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[last], minlength=len(names)))])
    votes = Votes(names, titles, starts, columns[last].astype(np.int32), given[last])
    return votes.without(left_out & set(titles.tolist())) if left_out else votes


def votes_from_table(table: ArrayLike, *, hidden: Collection[int] = ()) -> Votes:
    """Take a table of people × statements of +1, -1, 0 and NaN for unseen; labels are row and column numbers.

    `hidden` holds the numbers of columns that moderators took out. Raises `ScienceError` where the table is not of two
    dimensions or holds another value.
    """
    cells = numbers(table, "Votes", dimensions=2, missing=True)
    _refuse_many(cells.shape[1])
    rows, columns = np.nonzero(~np.isnan(cells))
    return _from_cells(rows, columns, _answers(cells[rows, columns]), cells.shape).without(hidden)


def votes_from_sparse(matrix: Any, *, hidden: Collection[int] = ()) -> Votes:
    """Take a sparse matrix of SciPy: stored cells are votes (a stored zero is a pass), the others unseen.

    Many operations of SciPy drop stored zeros, so build it by `coo_array((answers, (people, statements)))` and hand it
    over untouched. `hidden` holds the numbers of columns taken out. Raises `ScienceError` where a cell is stored twice
    or holds another value than +1, -1 or 0.
    """
    if not sparse.issparse(matrix) or matrix.ndim != 2:  # noqa: PLR2004
        raise ScienceError("Votes must be a sparse matrix of people by statements.")
    _refuse_many(matrix.shape[1])
    stored = matrix.tocoo(copy=False)
    rows, columns = (place.astype(np.int64) for place in stored.coords)
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    twice = (np.diff(rows) == 0) & (np.diff(columns) == 0)
    if twice.any():
        at = int(np.argmax(twice))
        raise ScienceError(f"Person {rows[at]} has two votes on statement {columns[at]} (counted from 0).")
    return _from_cells(rows, columns, _answers(stored.data)[order], matrix.shape).without(hidden)


def take_votes(votes: Any) -> Votes:
    """Take votes in any of the forms this package reads: `Votes`, a sparse matrix, a table. Raises `ScienceError`."""
    if isinstance(votes, Votes):
        return votes
    return votes_from_sparse(votes) if sparse.issparse(votes) else votes_from_table(votes)


def _from_cells(rows: Places, columns: Places, answers: NDArray[np.int8], shape: tuple[int, int]) -> Votes:
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return Votes(np.arange(shape[0]), np.arange(shape[1]), starts, columns.astype(np.int32), answers)


def _labels(values: ArrayLike, name: str) -> Labels:
    try:
        labels = np.asarray(values)
    except ValueError:
        labels = np.empty((0, 0))
    if labels.ndim != 1 or labels.dtype.kind not in "iuUS" or _kinds(values) > 1:
        raise ScienceError(f"{name} must be one list of labels, all whole numbers or all text.")
    return labels


def _kinds(values: Any) -> int:
    """Count the kinds of labels in a list: NumPy would silently turn the number 1 beside a text into the text "1"."""
    if hasattr(values, "dtype"):
        return 1
    known = (str, bytes, bool | np.bool_, int | np.integer)
    return len(
        {next((at for at, kind in enumerate(known) if issubclass(one, kind)), -1) for one in set(map(type, values))}
    )


def _named(statements: Any) -> set[Any]:
    """Take the labels of statements to be left out; refuse what is no collection of labels."""
    try:
        named = set(statements)
    except TypeError:
        named = {None}
    if isinstance(statements, str | bytes) or None in named:  # the letters of a text would be taken for labels
        raise ScienceError("The statements to be left out must be a list of labels.")
    return named


def _answers(values: ArrayLike) -> NDArray[np.int8]:
    given = np.asarray(values)
    if given.dtype.kind not in "if" or given.dtype.itemsize > 1:
        given = numbers(values, "Votes")
    if len(given) == 0 or len(given) > MOST_VOTES:
        raise ScienceError(f"There must be at least one vote and at most {MOST_VOTES:,}, not {len(given):,}.")
    wrong = (given != 0) & (given != 1) & (given != -1)
    if wrong.any():
        raise ScienceError(f"A vote must be 1 (agree), -1 (disagree) or 0 (pass), not {given[wrong][0]:g}.")
    return given.astype(np.int8)


def _coded(labels: Labels) -> tuple[Labels, Places]:
    """Give the different labels in rising order and, for each label, its number among them."""
    if len(labels) and labels.dtype.kind in "iu" and labels.min() >= 0 and labels.max() < WIDE * len(labels):
        present = np.zeros(int(labels.max()) + 1, dtype=bool)
        present[labels] = True
        return np.flatnonzero(present), (np.cumsum(present) - 1)[labels]
    names, codes = np.unique(labels, return_inverse=True)
    return names, codes.astype(np.int64)


def _refuse_many(statements: int) -> None:
    if statements > MOST_STATEMENTS:
        raise ScienceError(f"There are {statements:,} statements; at most {MOST_STATEMENTS:,} can be mapped at once.")
