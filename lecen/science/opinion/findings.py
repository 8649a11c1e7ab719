"""What the shown votes of opinion groups say: what sets a group apart, what all share, what divides them.

Everything here is computed from `release.ShownVotes` and from nothing else, so that neither what a list names nor its
order tells more than the counts that are shown. The people counted chose to take part: every interval says how far
chance in who among such participants came could move a figure, and is no margin of error for residents.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, hypergeom

from lecen.science.arrays import Numbers
from lecen.science.intervals import share_difference, wilson
from lecen.science.opinion.release import ShownVotes

Side = Literal["agree", "disagree", "not agree"]
SIDES: tuple[Side, ...] = ("agree", "disagree", "not agree")
MAJORITY = 0.5
TWO = 2  # fewer groups share nothing and are not apart


@dataclass(frozen=True)
class Share:
    """`count` of `n` people, and the ends of the score interval of the share."""

    count: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.count / self.n


@dataclass(frozen=True)
class Representative:
    """A statement whose `side` is taken by more of `group` than of everybody else counted.

    `low` and `high` bound the difference of the two shares; `p_value` is adjusted for all tests of the description.
    """

    group: int
    statement: int
    side: Side
    share: Share
    others: Share
    low: float
    high: float
    p_value: float

    @property
    def difference(self) -> float:
        return self.share.share - self.others.share


@dataclass(frozen=True)
class CommonGround:
    """A statement on whose `side` more than half of every group is; `least` is the share of the least sure group."""

    statement: int
    side: Side
    least_group: int
    least: Share


@dataclass(frozen=True)
class Division:
    """How far the shown groups are apart in agreeing: the `highest` share less the `lowest`, within `low` to `high`."""

    statement: int
    highest: int
    lowest: int
    gap: float
    low: float
    high: float


class Shares(NamedTuple):
    """Counts, the people they are out of, and the ends of the intervals: arrays of one shape, NaN where withheld."""

    counts: Numbers
    n: Numbers
    low: Numbers
    high: Numbers

    def at(self, *place: int) -> Share:
        """Take one share that is shown."""
        return Share(int(self.counts[place]), int(self.n[place]), float(self.low[place]), float(self.high[place]))

    def shown_at(self, *place: int) -> Share | None:
        """Take one share, None where it is withheld."""
        return None if np.isnan(self.counts[place]) else self.at(*place)


def shares(count: Numbers, n: Numbers, level: float) -> Shares:
    """Put score intervals around shown shares; a count without its n is withheld with it."""
    known = ~(np.isnan(count) | np.isnan(n))
    ends = np.full((2, *count.shape), np.nan)
    if known.any():
        ends[:, known] = wilson(count[known], n[known], level)
    return Shares(np.where(known, count, np.nan), n, *ends)


def representative(
    shown: ShownVotes, groups: NDArray[np.intp], *, k: int, level: float, rate: float, least: float
) -> list[Representative]:
    """List the statements that set one of `groups` apart from everybody else counted, by group, the surest first.

    Parameters
    ----------
    shown : ShownVotes
        The counts that may be shown.
    groups : ndarray of int
        Places of the groups that are described.
    k : int
        Smallest count shown; the share of everybody else is withheld below it too.
    level, rate, least : float
        Coverage of the intervals, false discovery rate, smallest difference listed.

    Returns
    -------
    list of Representative

    Raises
    ------
    ScienceError
        A level out of range.

    """
    compared = [_compared(_side(shown, side), shown, groups, k, level) for side in SIDES]
    tests = np.stack([_p_values(own, others, least) for own, others in compared])
    adjusted = false_discovery_control(tests, axis=None, method="by").reshape(tests.shape)
    found = []
    for (own, others), side, p_values in zip(compared, SIDES, adjusted, strict=True):
        places = np.argwhere(p_values <= rate)
        at = tuple(places.T)
        low, high = (
            share_difference(own.counts[at], own.n[at], others.counts[at], others.n[at], level)
            if len(places)
            else ((), ())
        )
        found += [
            Representative(
                int(groups[group]),
                int(statement),
                side,
                own.at(group, statement),
                others.at(group, statement),
                float(ends[0]),
                float(ends[1]),
                float(p_values[group, statement]),
            )
            for (group, statement), *ends in zip(places, low, high, strict=True)
        ]
    return sorted(found, key=lambda one: (one.group, -one.low, one.statement))


def _side(shown: ShownVotes, side: Side) -> tuple[Numbers, Numbers]:
    """Count a side in each group and over all; "not agree" where disagreeing and passing are counted together."""
    if side == "agree":
        return shown.agree, shown.total_agree
    if side == "disagree":
        return shown.disagree, shown.total_disagree
    return (
        np.where(np.isnan(shown.disagree), shown.n - shown.agree, np.nan),
        np.where(np.isnan(shown.total_disagree), shown.total_n - shown.total_agree, np.nan),
    )


def _compared(
    counts: tuple[Numbers, Numbers], shown: ShownVotes, groups: NDArray[np.intp], k: int, level: float
) -> tuple[Shares, Shares]:
    """Give the shares of each group and of everybody else, both withheld where either is."""
    count, n = counts[0][groups], shown.n[groups]
    others, others_n = counts[1] - count, shown.total_n - n
    known = (others >= k) & (others_n - others >= k)
    return shares(np.where(known, count, np.nan), n, level), shares(np.where(known, others, np.nan), others_n, level)


def _p_values(own: Shares, others: Shares, least: float) -> Numbers:
    """Test each group exactly against everybody else; 1 where shares are withheld or differ by less than `least`.

    To set a p-value to 1 keeps it valid, so all tests count and the control of the false discovery rate holds.
    """
    p_values = np.ones(own.counts.shape)
    known = ~np.isnan(own.counts)
    x, n, y, m = (part[known] for part in (own.counts, own.n, others.counts, others.n))
    apart = x / n - y / m >= least
    tested = np.ones(len(x))
    tested[apart] = hypergeom.sf(x[apart] - 1, (n + m)[apart], (x + y)[apart], n[apart])
    p_values[known] = tested
    return p_values


def common_ground(shown: ShownVotes, groups: NDArray[np.intp], level: float) -> list[CommonGround]:
    """List the statements on one side of which more than half of each of `groups` surely is, the surest first."""
    if len(groups) < TWO:
        return []
    found = []
    for side in SIDES:
        counted = shares(_side(shown, side)[0][groups], shown.n[groups], level)
        for statement in np.flatnonzero((counted.low > MAJORITY).all(axis=0)):
            least = int(np.argmin(counted.low[:, statement]))
            found.append(CommonGround(int(statement), side, int(groups[least]), counted.at(least, int(statement))))
    return sorted(found, key=lambda one: (-one.least.low, one.statement))


def division(shown: ShownVotes, groups: NDArray[np.intp], level: float) -> list[Division]:
    """List how far the shown ones of `groups` are apart in agreeing, statement by statement, the surest gap first."""
    if len(groups) < TWO:
        return []
    count, n = shown.agree[groups], shown.n[groups]
    low, high = _gap_ends(count, n, level)
    share = count / n
    found = []
    for statement in np.flatnonzero(~np.isnan(low)):
        most, least = int(np.nanargmax(share[:, statement])), int(np.nanargmin(share[:, statement]))
        gap = float(share[most, statement] - share[least, statement])
        ends = float(low[statement]), float(high[statement])
        found.append(Division(int(statement), int(groups[most]), int(groups[least]), gap, *ends))
    return sorted(found, key=lambda one: (-one.low, -one.gap, one.statement))


def _gap_ends(count: Numbers, n: Numbers, level: float) -> tuple[Numbers, Numbers]:
    """Bound the largest gap: pairs' intervals that hold together hold their largest low and their largest high end."""
    pairs = list(combinations(range(len(count)), TWO))
    ends = np.full((TWO, count.shape[1]), np.nan)
    for one, other in pairs:
        known = ~np.isnan(count[one] + count[other])
        if known.any():
            low, high = share_difference(
                count[one, known], n[one, known], count[other, known], n[other, known], 1 - (1 - level) / len(pairs)
            )
            away = np.maximum(np.maximum(low, -high), 0), np.maximum(high, -low)
            ends[:, known] = np.fmax(ends[:, known], away)
    return ends[0], ends[1]
