"""Patterns of suppression: which places of a line or a grid of counts to withhold, and the audit of a pattern.

The published totals stay; the audit asks what they still tell. Pure and standard library only; people who publish
tables call `lecen.science.disclosure.protect`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence

Place = tuple[int, int]
Grid = Sequence[Sequence[int]]

# Above this many withheld cells a grid is withheld whole, so that no table makes the audit slow.
AUDITED_CELLS = 2_000
# Above this many withheld cells the pattern is not searched for cells withheld needlessly.
PRUNED_CELLS = 80


def line(counts: Sequence[int], k: int) -> set[int]:
    """Choose the places of a one-way table to withhold, its total n >= k being published.

    All counts below k go. They hide each other where their sum lies between k and (how many - 1) * (k - 1): then each
    of them may be 0 and each k-1, the others remaining small. Otherwise neighbors go too, nearest first, until p
    neighbors and the small counts sum to at least (p + 1) * k. Where small counts sit decides who goes, and of sizes
    only the sum: for every value v < k of a small count, the table with v there, zeros in the other small places, k in
    all neighbors but the last and the rest in the last leads to the same pattern, so the choice tells nothing.
    (Taking the smallest neighbor would: in 9, 20, 20, 31 it withholds 9 and 20, published sum 29; had the first been
    below 9, the second would have been above 20 and not the smallest.)
    """
    small = [place for place, count in enumerate(counts) if count < k]
    if not small:
        return set()
    hidden, mass = set(small), sum(counts[place] for place in small)
    if k <= mass <= (len(small) - 1) * (k - 1):
        return hidden
    neighbors = sorted(set(range(len(counts))) - hidden, key=_distance_to(small))
    for taken, place in enumerate(neighbors, start=1):
        hidden.add(place)
        mass += counts[place]
        if mass >= (taken + 1) * k:
            break
    return hidden


def _distance_to(places: Sequence[int]) -> Callable[[int], Place]:
    return lambda place: (min(abs(place - other) for other in places), place)


def grid(counts: Grid, k: int) -> set[Place] | None:
    """Choose the cells of a two-way table to withhold, all its row and column totals being published.

    All counts below k go; then cells around each one that the audit finds exposed, until it finds none. None means
    that the totals tell too much even when every cell is withheld.
    """
    everything = {(row, column) for row, line_ in enumerate(counts) for column in range(len(line_))}
    needed = {(row, column) for row, column in everything if counts[row][column] < k}
    hidden = set(needed)
    while len(hidden) <= AUDITED_CELLS and hidden != everything:
        # Small counts alone must hide each other while all stay small: a reader who knows the code would otherwise
        # know that a pattern with a large count in it looks different.
        failing = exposed(counts, hidden, k, most=k - 1 if hidden == needed else None)
        if not failing:
            return _pruned(counts, needed, hidden, k)
        for place in failing:
            hidden |= _around(counts, place, hidden, everything)
    return None if _totals_expose(counts, k) else everything


def _around(counts: Grid, place: Place, hidden: set[Place], everything: set[Place]) -> set[Place]:
    """Pick the shown cells that complete a rectangle with an exposed one: the fewest people lost first."""

    def cheapest(cells: Iterable[Place]) -> Place | None:
        return min(cells, key=lambda cell: (counts[cell[0]][cell[1]], cell), default=None)

    row, column = place
    beside = cheapest((row, other) for other in range(len(counts[0])) if (row, other) not in hidden)
    below = cheapest((other, column) for other in range(len(counts)) if (other, column) not in hidden)
    if beside is None and below is None:
        nearest = cheapest(everything - hidden)
        return {nearest} if nearest else set()
    corner = {(below[0], beside[1])} if beside and below else set()
    return {cell for cell in (beside, below) if cell} | corner


def _pruned(counts: Grid, needed: set[Place], hidden: set[Place], k: int) -> set[Place]:
    """Show again the cells that need not be withheld, largest first."""
    if len(hidden) > PRUNED_CELLS:
        return hidden
    for place in sorted(hidden - needed, key=lambda cell: (-counts[cell[0]][cell[1]], cell)):
        fewer = hidden - {place}
        if not exposed(counts, fewer, k, most=k - 1 if fewer == needed else None):
            hidden = fewer
    return hidden


def _totals_expose(counts: Grid, k: int) -> bool:
    """Whether totals alone narrow some cell: a cell lies in [max(0, row + column - n), min(row, column)], exactly."""
    rows = [sum(line_) for line_ in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return max(rows) + max(columns) > sum(rows) or min(*rows, *columns) < k - 1


def exposed(counts: Grid, hidden: set[Place], k: int, most: int | None = None) -> list[Place]:
    """Audit a pattern: the withheld cells that a reader of the totals and the shown cells can tell are not 0 or not k-1.

    Whole tables with the same totals are flows in the graph of rows and columns, so the values a cell can take are all
    whole numbers between its least and its greatest; both are reached by sending units around cycles of withheld
    cells, starting from the true table (Gusfield 1988). `most` bounds what the reader takes a withheld cell to be.
    """
    flow = _Flow(counts, hidden, most if most is not None else sum(map(sum, counts)))
    return [place for place in sorted(hidden) if not (flow.lower(place, 0) and flow.raise_(place, k - 1))]


class _Flow:
    """A table that agrees with what is published; it wanders between such tables as cells are lowered and raised."""

    def __init__(self, counts: Grid, hidden: set[Place], most: int) -> None:
        self.most = most
        self.counts = {place: counts[place[0]][place[1]] for place in hidden}
        self.columns_of: dict[int, list[int]] = {}
        self.rows_of: dict[int, list[int]] = {}
        for row, column in sorted(hidden):
            self.columns_of.setdefault(row, []).append(column)
            self.rows_of.setdefault(column, []).append(row)

    def lower(self, place: Place, value: int) -> bool:
        """Bring a cell down to `value`, if the totals let it."""
        while (excess := self.counts[place] - value) > 0:
            ups, downs = self._cycle(place, up=False)
            if not downs:
                return False
            self._send(ups, [*downs, place], excess)
        return True

    def raise_(self, place: Place, value: int) -> bool:
        """Bring a cell up to `value`, if the totals let it."""
        while (lack := value - self.counts[place]) > 0:
            ups, downs = self._cycle(place, up=True)
            if not downs:
                return False
            self._send([*ups, place], downs, lack)
        return True

    def _send(self, ups: list[Place], downs: list[Place], most: int) -> None:
        room = (self.most - self.counts[place] for place in ups)
        units = min(most, *room, *(self.counts[place] for place in downs))
        for place in ups:
            self.counts[place] += units
        for place in downs:
            self.counts[place] -= units

    def _cycle(self, place: Place, *, up: bool) -> tuple[list[Place], list[Place]]:
        """Find cells to raise and lower by turns so that, with `place` changed, all totals stay; empty if none are."""
        row, column = place
        start, goal = (("column", column), ("row", row)) if up else (("row", row), ("column", column))
        came_from: dict[tuple[str, int], tuple[str, int] | None] = {start: None}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for step in self._steps(node):
                if step in came_from or (node == start and step == goal):
                    continue
                came_from[step] = node
                if step == goal:
                    return self._cells_of(goal, came_from)
                queue.append(step)
        return [], []

    def _steps(self, node: tuple[str, int]) -> list[tuple[str, int]]:
        kind, at = node
        if kind == "row":
            return [("column", column) for column in self.columns_of[at] if self.counts[at, column] < self.most]
        return [("row", row) for row in self.rows_of[at] if self.counts[row, at] > 0]

    def _cells_of(
        self, goal: tuple[str, int], came_from: dict[tuple[str, int], tuple[str, int] | None]
    ) -> tuple[list[Place], list[Place]]:
        ups, downs, node = [], [], goal
        while (previous := came_from[node]) is not None:
            if node[0] == "column":
                ups.append((previous[1], node[1]))
            else:
                downs.append((node[1], previous[1]))
            node = previous
        return ups, downs
