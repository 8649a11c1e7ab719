"""The values that sums of groups can take, as far as what is known lets them: ends by programs, between by proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from lecen.science.arrays import Numbers
from lecen.science.disclosure.families import lets_all_between
from lecen.science.disclosure.knowledge import CONTRADICTION, Knowledge
from lecen.science.disclosure.programs import Program, UnsolvedError
from lecen.science.disclosure.universe import Places
from lecen.science.errors import ScienceError

# Stands for "without end": more people than any table counts.
ENDLESS = 1e9
# How far a program's answer may lie from the whole number that it means.
NEAR = 1e-5


@dataclass(frozen=True)
class Target:
    """A sum whose values are asked for. `may_be_large`: it keeps the rule too where it is known to be k or more."""

    groups: Places
    may_be_large: bool


@dataclass(frozen=True)
class Range:
    """What is found about a sum: its ends, whole numbers below k between them that it cannot be.

    `high` may be any value from k-1 up to the true end where `low` is 0; None means without end. `proved` says whether
    all of 0..k-1 but the missing ones are known to be possible.
    """

    low: int
    high: int | None
    missing: tuple[int, ...] = ()
    proved: bool = True


def ranges(known: Knowledge, targets: Sequence[Target], k: int, most_programs: int) -> list[Range]:
    """Find the range of every target; at most `most_programs` values are proved one by one."""
    fixed = [float(np.nansum(known.counts[target.groups])) for target in targets]
    free = [target.groups[np.isnan(known.counts[target.groups])] for target in targets]
    names = [(groups.tobytes(), round(part)) for groups, part in zip(free, fixed, strict=True)]
    distinct = dict(zip(names, zip(free, fixed, strict=True), strict=True))
    found = {name: Range(name[1], name[1]) for name, (groups, _) in distinct.items() if len(groups) == 0}
    asked = [name for name in distinct if name not in found]
    wanted = known.universe.matrix(distinct[name][0] for name in asked)
    budget = most_programs
    for part in _parts(known, wanted):
        piece = _Piece(known, part, wanted, np.array([asked[at][1] for at in part.targets]), k)
        budget -= piece.search(budget)
        found |= {asked[at]: one for at, one in zip(part.targets, piece.found(), strict=True)}
    return [found[name] for name in names]


@dataclass(frozen=True)
class _Part:
    """Sums and targets that share no group with any other part."""

    groups: Places
    sets: Places
    targets: Places


def _parts(known: Knowledge, wanted: sparse.csr_array) -> list[_Part]:
    every = sparse.vstack([known.universe.matrix(known.sets), wanted], format="csr")
    rows = every.shape[0]
    links = sparse.block_array([[None, every], [every.T, None]], format="csr")
    _, of = connected_components(links, directed=False)
    told = len(known.sets)
    return [
        _Part(
            groups=np.flatnonzero(of[rows:] == one),
            sets=np.flatnonzero(of[:told] == one),
            targets=np.flatnonzero(of[told:rows] == one),
        )
        for one in dict.fromkeys(of[told:rows].tolist())
    ]


class _Piece:
    """One part's programs, and the whole tables that they came upon: each proves a value of every target."""

    def __init__(self, known: Knowledge, part: _Part, wanted: sparse.csr_array, fixed: Numbers, k: int) -> None:
        sets = known.universe.matrix(known.sets[at] for at in part.sets)
        self.sums = sets[:, part.groups].tocsr()
        self.targets = wanted[part.targets][:, part.groups].tocsr()
        self.ends = known.low[part.sets], known.high[part.sets]
        self.fixed, self.k = fixed, k
        self.between = lets_all_between(self.sums, self.targets)
        count, width = self.targets.shape
        self.width = width
        self.low, self.high = np.full(count, np.inf), np.full(count, -np.inf)
        self.seen = np.zeros((count, k), dtype=bool)
        self.closed = np.ones(count, dtype=bool)
        self.program = Program(self.sums, self.ends, (np.zeros(width), np.full(width, ENDLESS)))
        # Costs that pull each held program to another corner than the last: more corners prove more values.
        self.pull = np.cos(np.arange(self.width))

    def search(self, budget: int) -> int:
        """Find both ends of every target and, while the budget lasts, the values between; tell what it took."""
        spent = 0
        for at in range(len(self.fixed)):
            self._find_end(at, lowest=True)
            if self.high[at] < self.k - 1 or self.low[at] > 0:
                self._find_end(at, lowest=False)
        for at in np.flatnonzero(~self.between).tolist():
            unseen = [
                value for value in range(self.k) if self.low[at] < value < self.high[at] and not self.seen[at, value]
            ]
            if spent + len(unseen) > budget:
                self.closed[at] = False
                continue
            spent += len(unseen)
            for value in unseen:
                self._try(at, value)
        return spent

    def found(self) -> list[Range]:
        return [self._range(at) for at in range(len(self.fixed))]

    def _range(self, at: int) -> Range:
        low, high = int(self.low[at]), int(self.high[at])
        inside = [value for value in range(self.k) if low < value < high]
        missing = [] if self.between[at] or not self.closed[at] else [one for one in inside if not self.seen[at, one]]
        return Range(low, None if high > ENDLESS / 2 else high, tuple(missing), bool(self.closed[at]))

    def _find_end(self, at: int, *, lowest: bool) -> None:
        """Settle one end by a linear program, and by an integer one where the linear one's end is no whole table."""
        if lowest and self.low[at] == 0:
            return
        costs = self._costs(at) * (1 if lowest else -1)
        end = self.program.least(costs)
        if end is None:
            raise ScienceError(CONTRADICTION)
        if not self._note(end.columns):
            self._find_whole_end(at, costs, end.value, lowest=lowest)

    def _find_whole_end(self, at: int, costs: Numbers, outer: float, *, lowest: bool) -> None:
        try:
            end = self.integer.least(costs)
        except UnsolvedError:
            end = None
            self.closed[at] = False
        else:
            if end is None:
                raise ScienceError(CONTRADICTION)
        if end is not None and self._note(end.columns):
            return
        self.closed[at] = False
        value = self.fixed[at] + abs(outer)
        if lowest:
            self.low[at] = min(self.low[at], np.ceil(value - NEAR))
        else:
            self.high[at] = max(self.high[at], np.floor(value + NEAR))

    def _try(self, at: int, value: int) -> None:
        """Look for a whole table in which the target has this value: by a linear program, else by an integer one."""
        if self.seen[at, value]:
            return
        if self._holds(self.linear, at, value) is False and self._holds(self.integer, at, value) is False:
            self.closed[at] = False

    def _holds(self, program: Program, at: int, value: int) -> bool | None:
        """Whether the program comes upon a whole table with this value; None where there is no table with it."""
        row = self.sums.shape[0] + at
        program.bound_row(row, value - self.fixed[at], value - self.fixed[at])
        try:
            found = program.least(self.pull)
            return None if found is None else self._note(found.columns)
        except UnsolvedError:
            return False
        finally:
            program.bound_row(row, -np.inf, np.inf)

    @cached_property
    def linear(self) -> Program:
        return self._with_targets()

    @cached_property
    def integer(self) -> Program:
        """The same among tables of whole numbers alone."""
        program = self._with_targets()
        program.whole(np.arange(self.width))
        return program

    def _with_targets(self) -> Program:
        """Make the program with a row for each target, so that it can be held at a value."""
        free = np.full(self.targets.shape[0], np.inf)
        rows = (np.concatenate([self.ends[0], -free]), np.concatenate([self.ends[1], free]))
        every = sparse.vstack([self.sums, self.targets], format="csr")
        return Program(every, rows, (np.zeros(self.width), np.full(self.width, ENDLESS)))

    def _costs(self, at: int) -> Numbers:
        return np.asarray(self.targets[[at]].todense(), dtype=np.float64).ravel()

    def _note(self, counts: Numbers) -> bool:
        """Keep what a table shows to be possible, if it is one of whole numbers and fits all sums exactly."""
        table = np.rint(counts)
        sums = self.sums @ table
        if np.abs(table - counts).max() > NEAR or (table < 0).any():
            return False
        if (sums < self.ends[0]).any() or (sums > self.ends[1]).any():
            return False
        values = self.targets @ table + self.fixed
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)
        small: NDArray[np.int64] = np.flatnonzero(values < self.k)
        self.seen[small, values[small].astype(np.int64)] = True
        return True
