"""What the map needs to know of all votes, as whole numbers for each pair of statements.

Whole numbers add up to the same in any order. So a tally kept up to date vote by vote equals one counted anew to the
last digit, and so does the map that is made from it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from lecen.science.arrays import Numbers
from lecen.science.errors import ScienceError
from lecen.science.opinion.votes import Labels, Votes

VOTES_AT_ONCE = 1_000_000
CELLS_AT_ONCE = 8_000_000
DENSE_FROM = 0.05  # share of cells with a vote from which multiplying whole blocks is faster than pair by pair
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Tally:
    """Sums over the people who saw both of two statements, for each pair; all (statements, statements).

    statements : labels
    products : sum of the answer to one times the answer to the other
    sums : sum of the answers to the row's statement over people who also saw the column's
    counts : number of people who saw both
    """

    statements: Labels
    products: Counts
    sums: Counts
    counts: Counts

    @property
    def seen(self) -> Counts:
        """How many people voted on each statement."""
        return np.diagonal(self.counts)

    @property
    def means(self) -> Numbers:
        """The mean answer to each statement, -1 to 1; 0 where nobody has voted yet."""
        return np.diagonal(self.sums) / np.maximum(self.seen, 1)

    def gram(self) -> Numbers:
        """Give the Gram matrix of answers minus their statement's mean, with unseen cells at the mean: X'X."""
        means = self.means
        cross = self.sums * means  # the answers to i, times the mean of j
        return self.products - cross - cross.T + np.outer(means, means) * self.counts


def tally_votes(votes: Votes) -> Tally:
    """Count all votes for `map_opinions` and `update_tally`. Time grows with the pairs of votes of each person."""
    size = len(votes.statements)
    tables = tuple(np.zeros((size, size), dtype=np.int64) for _ in range(3))
    first = 0
    while first < len(votes.people):
        end = int(np.searchsorted(votes.starts, votes.starts[first] + VOTES_AT_ONCE))
        end = min(max(end, first + 1), first + max(CELLS_AT_ONCE // size, 1), len(votes.people))
        for table, part in zip(tables, _part(votes, first, end), strict=True):
            np.add(table, part, out=table)
        first = end
    return Tally(votes.statements, *tables)


def update_tally(tally: Tally, *, before: Votes | None, after: Votes | None) -> Tally:
    """Bring a tally up to date where some people voted, for the first time or again, without counting everybody.

    Parameters: `before`, all votes that these people had cast so far (None if none); `after`, all votes that count of
    them now (None if none are left). New statements are added. The result equals `tally_votes` of all votes exactly,
    provided that `before` is what was counted. Raises `ScienceError` where it cannot have been.
    """
    parts = [(sign, votes) for sign, votes in ((-1, before), (1, after)) if votes is not None]
    titles = [tally.statements, *(votes.statements for _, votes in parts)]
    if len({title.dtype.kind in "US" for title in titles}) > 1:
        raise ScienceError("Statements are labeled by text in some of the votes and by whole numbers in others.")
    labels = np.unique(np.concatenate(titles))
    updated = _spread(tally, labels)
    for sign, votes in parts:
        change = _spread(tally_votes(votes), labels)
        for table, part in zip(_tables(updated), _tables(change), strict=True):
            np.add(table, sign * part, out=table)
        if (updated.counts < 0).any():
            raise ScienceError("The votes before the change hold a vote that was never counted.")
    return updated


def check_tally(tally: Tally, votes: Votes) -> None:
    """Refuse a tally of other votes, as far as the number of votes and the sum of answers can tell."""
    size = len(votes.statements)
    seen = np.bincount(votes.places, minlength=size)
    sums = np.bincount(votes.places, weights=votes.answers, minlength=size)
    if not (
        np.array_equal(tally.statements, votes.statements)
        and np.array_equal(tally.seen, seen)
        and np.array_equal(np.diagonal(tally.sums), sums)
    ):
        raise ScienceError("The tally was counted from other votes than those given.")


def _tables(tally: Tally) -> tuple[Counts, Counts, Counts]:
    return tally.products, tally.sums, tally.counts


def _spread(tally: Tally, labels: Labels) -> Tally:
    """Give a copy of a tally in the order of `labels`, with zeros for what it does not hold."""
    order = np.argsort(tally.statements)
    if len(np.unique(tally.statements)) < len(order):
        raise ScienceError("Two statements of a tally have the same label.")
    places = np.searchsorted(labels, tally.statements)
    tables = []
    for table in _tables(tally):
        spread = np.zeros((len(labels), len(labels)), dtype=np.int64)
        spread[np.ix_(places, places)] = table
        tables.append(spread)
    return Tally(labels, *tables)


def _part(votes: Votes, first: int, end: int) -> tuple[Any, ...]:
    """Count some people: the same whole numbers, whichever way is faster."""
    reach = slice(votes.starts[first], votes.starts[end])
    shape = (end - first, len(votes.statements))
    answers, places = votes.answers[reach], votes.places[reach]
    starts = votes.starts[first : end + 1] - votes.starts[first]
    if len(answers) > DENSE_FROM * shape[0] * shape[1]:
        # Single precision holds every whole number up to 16 million: more than there are people at once.
        cells = np.zeros((2, *shape), dtype=np.float32)
        rows = np.repeat(np.arange(shape[0]), np.diff(starts))
        cells[0, rows, places] = answers
        cells[1, rows, places] = 1
        given, seen = cells
        return tuple((a.T @ b).astype(np.int64) for a, b in ((given, given), (given, seen), (seen, seen)))
    given, seen = (
        sparse.csr_array((values, places, starts), shape=shape)
        for values in (answers.astype(np.int32), np.ones(len(answers), dtype=np.int32))
    )
    by_answer, by_seen = given.T.tocsr(), seen.T.tocsr()
    return tuple((a @ b).toarray() for a, b in ((by_answer, given), (by_answer, seen), (by_seen, seen)))
