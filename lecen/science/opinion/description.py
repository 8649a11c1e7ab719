"""What is said about opinion groups: their shares, what sets each apart, what all share, what divides them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lecen.science.arrays import Counts, counts
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction, whole
from lecen.science.opinion import findings
from lecen.science.opinion.findings import SIDES, CommonGround, Division, Representative, Share
from lecen.science.opinion.release import ShownVotes, show_people, show_votes
from lecen.science.weighting import NOT_REPRESENTATIVE

PARTICIPANTS_ONLY = (
    f"The people counted here chose to take part, so these figures are {NOT_REPRESENTATIVE} of residents. A range says how "
    "far a figure could be moved by chance in who among such participants came. It is no margin of error for residents."
)
MOST_GROUPS = 20
MOST_STATEMENTS = 10_000  # more would keep reader and machine busy for minutes
MOST_PEOPLE = 10_000_000  # in a group; an exact test of more takes seconds


@dataclass(frozen=True)
class GroupVotes:
    """What may be shown of a group's votes on a statement; None is withheld.

    `n` people voted. Where `agree` is shown and `disagree` is not, the others disagreed or passed.
    """

    n: int | None
    agree: Share | None
    disagree: Share | None


@dataclass(frozen=True)
class StatementVotes:
    """Votes on `statement` (its place, from 0): `groups`, None for a group that is not described, and all of them."""

    statement: int
    groups: tuple[GroupVotes | None, ...]
    total: GroupVotes


@dataclass(frozen=True)
class GroupsDescription:
    """What may be said about opinion groups.

    `people` holds the size of each group, None where it is withheld. A group below k is in no figure at all.
    `representative` is ordered by group, then by the low end of the difference; `common_ground` by the low end of the
    least favorable group; `division` by the low end of the gap; the surest first each. `words` say what every interval
    here means, and stand wherever one is shown.
    """

    k: int
    level: float
    false_discovery_rate: float
    tests: int
    people: tuple[int | None, ...]
    statements: tuple[StatementVotes, ...]
    representative: tuple[Representative, ...]
    common_ground: tuple[CommonGround, ...]
    division: tuple[Division, ...]
    words: str


def describe_groups(
    *,
    agree: ArrayLike,
    disagree: ArrayLike,
    passed: ArrayLike,
    people: ArrayLike,
    ungrouped: ArrayLike | None = None,
    ungrouped_people: int | None = None,
    k: int = DEFAULT_K,
    level: float = 0.95,
    false_discovery_rate: float = 0.05,
    least_difference: float = 0.1,
) -> GroupsDescription:
    """Describe opinion groups by what may be shown of their votes.

    Parameters
    ----------
    agree, disagree, passed : array-like of whole numbers, shape (groups, statements)
        People of each group who voted so on each statement. People who did not see it are in none of the three.
    people : array-like of whole numbers, shape (groups,)
        People in each group.
    ungrouped : array-like of whole numbers, shape (3, statements), optional
        People in no group who agree, disagree, pass. Give it, and `ungrouped_people`, where figures over everybody are
        published: the totals then count them and the groups below k too, and more is withheld, because whoever
        knows the totals can subtract. Without it the totals are over the groups described.
    ungrouped_people : int, optional
        How many people are in no group.
    k : int
        Smallest count of people that may be shown; a group with fewer people is not described.
    level : float
        Coverage of all intervals.
    false_discovery_rate : float
        Share of the representative statements that may be listed wrongly, in the mean over repetitions.
    least_difference : float
        Smallest difference of two shares that is listed, 0.1 being ten percentage points; from 0 to below 1.

    Returns
    -------
    GroupsDescription
        Statements and groups by their places, from 0.

    Raises
    ------
    ScienceError
        Shapes differ; a count is negative or not whole; more votes than people in a group; a parameter out of range.

    Notes
    -----
    A group against everybody else: Fisher's exact one-sided test for each group × statement × side, its p-value taken
    as 1 where a share is withheld or the difference too small, then Benjamini and Yekutieli, Annals of Statistics 29
    (2001) 1165-1188, Theorem 1.3, which holds under any dependence. This control is for groups that were not made
    from the same votes; groups found in the votes differ more than chance on whatever made them. Difference of
    shares: Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10. Common ground: every group's score
    interval above one half, so that a false one needs an error in the very group where it is false (Berger,
    Likelihood Ratio Tests and Intersection-Union Tests, Institute of Statistics Mimeo Series 2288, 1996). Division: the pairs' intervals at a level shared among them (Bonferroni).

    """
    k = whole(k, "k", least=2)
    level, rate = fraction(level, "The level"), fraction(false_discovery_rate, "The false discovery rate")
    least = least_difference if least_difference == 0 else fraction(least_difference, "The least difference")
    votes = _votes(agree, disagree, passed)
    sizes = _sizes(people, votes)
    described = sizes >= k
    groups = np.flatnonzero(described)
    others, others_people = _others(ungrouped, ungrouped_people, votes, sizes, described)
    shown = show_votes(votes, described, others, k)
    return GroupsDescription(
        k=k,
        level=level,
        false_discovery_rate=rate,
        tests=len(SIDES) * len(groups) * votes.shape[2],
        people=show_people(sizes, described, others_people, k),
        statements=tuple(_statements(shown, described, level)),
        representative=tuple(findings.representative(shown, groups, k=k, level=level, rate=rate, least=least)),
        common_ground=tuple(findings.common_ground(shown, groups, level)),
        division=tuple(findings.division(shown, groups, level)),
        words=PARTICIPANTS_ONLY,
    )


def _votes(agree: ArrayLike, disagree: ArrayLike, passed: ArrayLike) -> Counts:
    tables = [
        counts(table, f"Counts of people who {what}", dimensions=2)
        for table, what in ((agree, "agree"), (disagree, "disagree"), (passed, "pass"))
    ]
    if len({table.shape for table in tables}) > 1:
        raise ScienceError(f"The three tables of votes must have one shape, not {[table.shape for table in tables]}.")
    groups, statements = tables[0].shape
    if groups > MOST_GROUPS or statements > MOST_STATEMENTS:
        raise ScienceError(
            f"At most {MOST_GROUPS} groups and {MOST_STATEMENTS:,} statements can be described,"
            f" not {groups:,} and {statements:,}."
        )
    return np.stack(tables)


def _sizes(people: ArrayLike, votes: Counts) -> Counts:
    sizes = counts(people, "Numbers of people")
    if len(sizes) != votes.shape[1]:
        raise ScienceError(f"There are {votes.shape[1]} groups of votes, but {len(sizes)} numbers of people.")
    if sizes.max() > MOST_PEOPLE:
        raise ScienceError(f"At most {MOST_PEOPLE:,} people in a group can be compared, not {sizes.max():,}.")
    over = np.argwhere(votes.sum(axis=0) > sizes[:, None])
    if len(over):
        raise ScienceError(f"Group {over[0][0]} has more votes on statement {over[0][1]} than people (from 0).")
    return sizes


def _others(
    ungrouped: ArrayLike | None, people: int | None, votes: Counts, sizes: Counts, described: NDArray[np.bool_]
) -> tuple[Counts | None, int | None]:
    """Count those whom published totals would count beside the described groups: votes and people."""
    if ungrouped is None and people is None:
        return None, None
    if ungrouped is None or people is None:
        raise ScienceError("People in no group need both their votes and how many they are.")
    beside = counts(ungrouped, "Counts of people in no group", dimensions=2)
    if beside.shape != (3, votes.shape[2]):
        raise ScienceError(f"People in no group need the shape {(3, votes.shape[2])}, not {beside.shape}.")
    people = whole(people, "The number of people in no group", least=int(beside.sum(axis=0).max()), most=MOST_PEOPLE)
    return beside + votes[:, ~described].sum(axis=1), people + int(sizes[~described].sum())


def _statements(shown: ShownVotes, described: NDArray[np.bool_], level: float) -> Iterator[StatementVotes]:
    agree, disagree = (findings.shares(count, shown.n, level) for count in (shown.agree, shown.disagree))
    all_agree, all_disagree = (
        findings.shares(count, shown.total_n, level) for count in (shown.total_agree, shown.total_disagree)
    )
    for place, total in enumerate(shown.total_n):
        yield StatementVotes(
            statement=place,
            groups=tuple(
                GroupVotes(_known(shown.n[group, place]), agree.shown_at(group, place), disagree.shown_at(group, place))
                if wanted
                else None
                for group, wanted in enumerate(described)
            ),
            total=GroupVotes(_known(total), all_agree.shown_at(place), all_disagree.shown_at(place)),
        )


def _known(figure: float) -> int | None:
    return None if np.isnan(figure) else int(figure)
