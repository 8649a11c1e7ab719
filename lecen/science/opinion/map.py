"""The opinion map: where people stand, and whether they stand in groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from lecen.science.arrays import Numbers, generator
from lecen.science.disclosure import DEFAULT_K
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole
from lecen.science.opinion.clusters import Grouping, groupings, in_order, nearest, points
from lecen.science.opinion.description import GroupsDescription, describe_groups
from lecen.science.opinion.evidence import Evidence, agreement, beyond, clearest, separation
from lecen.science.opinion.projection import Keys, project
from lecen.science.opinion.tally import Counts, Tally, check_tally, tally_votes
from lecen.science.opinion.votes import Labels, Votes, take_votes

LEAST_VOTES = 7
NO_GROUP = -1


@dataclass(frozen=True, eq=False)
class OpinionMap:
    """Where people and statements lie on the plane, and the groups, where there are clear ones.

    people, statements : labels, in the order of the votes given
    positions : (people, 2) places on the plane; (0, 0) is the middle
    weights : (statements, 2) the two components, each of length 1
    variances : (2,) the share of all variation along each
    means : (statements,) the mean answer to each statement, -1 to 1
    votes_cast : (people,)
    groups : (people,) the number of each person's group, the largest group first; -1 for who voted on too few statements
    centers : (groups, 2) the middle of each group on the plane; one group where there are no clear groups
    evidence : how surprising this would be without groups
    agree, disagree, passed : (groups, statements) how many people of each group gave each answer; not to be shown
    description : what may be shown of the groups, and of all; None where there are no clear groups
    """

    people: Labels
    statements: Labels
    positions: Numbers
    weights: Numbers
    variances: Numbers
    means: Numbers
    votes_cast: Counts
    groups: Counts
    centers: Numbers
    evidence: Evidence
    agree: Counts
    disagree: Counts
    passed: Counts
    description: GroupsDescription | None

    @property
    def clear(self) -> bool:
        """Whether there are groups; if not, the answer is "no clear groups" and all stand in one."""
        return len(self.centers) > 1


def map_opinions(votes: Any, *, seed: int, least: int = DEFAULT_K, tally: Tally | None = None) -> OpinionMap:
    """Place people so that those who vote alike stand close, and tell groups where they are beyond doubt.

    Parameters
    ----------
    votes : Votes, sparse matrix or table
        People × statements: +1 agree, -1 disagree, 0 pass; unseen is absent (not stored, or NaN in a table).
    seed : int
        For the made-up data that groups are judged against. The same votes and seed give the same map.
    least : int
        People a group must have, and the smallest count that its description shows; at least 2. Smaller groups are
        merged with the nearest.
    tally : Tally, optional
        The counts of these votes, kept by `update_tally`; counted here if not given. It makes no other map.

    Returns
    -------
    OpinionMap
        The order of people and of statements makes no difference but the order of the answer.

    Raises
    ------
    ScienceError
        Votes cannot be read, are of fewer than two people or statements, or nobody differs from anybody; the tally is
        of other votes; seed or least is not a whole number in range.

    """
    votes, least, chance = take_votes(votes), whole(least, "The least size of a group", least=2), generator(seed)
    for name, count in (("people", len(votes.people)), ("statements", len(votes.statements))):
        if count < 2:  # noqa: PLR2004 (a map compares)
            raise ScienceError(f"A map needs at least two {name}; the votes are of {count}.")
    if tally is None:
        tally = tally_votes(votes)
    check_tally(tally, votes)
    plane = project(votes, tally)
    rows = np.flatnonzero(votes.votes_cast >= min(LEAST_VOTES, len(votes.statements)))
    voters, places = votes.of_people(rows), plane.positions[rows]
    centers, evidence = _find_groups(voters, places, plane.keys, least, chance)
    groups = np.full(len(votes.people), NO_GROUP)
    groups[rows] = nearest(places, centers)
    agree, disagree, passed = count_answers(votes, groups, len(centers))
    return OpinionMap(
        people=votes.people,
        statements=votes.statements,
        positions=plane.positions,
        weights=plane.weights,
        variances=plane.variances,
        means=tally.means,
        votes_cast=votes.votes_cast,
        groups=groups,
        centers=centers,
        evidence=evidence,
        agree=agree,
        disagree=disagree,
        passed=passed,
        description=_describe(votes, groups, (agree, disagree, passed), least) if len(centers) > 1 else None,
    )


def count_answers(votes: Votes, groups: Counts, k: int) -> tuple[Counts, Counts, Counts]:
    """Count who agreed, disagreed and passed, each (k, statements); a person of group -1 counts nowhere."""
    size = len(votes.statements)
    group = np.repeat(groups, votes.votes_cast)
    inside = group != NO_GROUP
    cells = (group[inside] * size + votes.places[inside]) * 3 + votes.answers[inside] + 1
    counts = np.bincount(cells, minlength=k * size * 3).reshape(k, size, 3)
    return counts[..., 2], counts[..., 0], counts[..., 1]


def _describe(votes: Votes, groups: Counts, counts: tuple[Counts, Counts, Counts], k: int) -> GroupsDescription:
    outside = groups == NO_GROUP
    agree, disagree, passed = counts
    return describe_groups(
        agree=agree,
        disagree=disagree,
        passed=passed,
        people=np.bincount(groups[~outside], minlength=len(agree)),
        ungrouped=np.concatenate(count_answers(votes, np.where(outside, 0, NO_GROUP), 1)),
        ungrouped_people=int(outside.sum()),
        k=k,
    )


def _find_groups(
    voters: Votes, places: Numbers, keys: Keys, least: int, chance: np.random.Generator
) -> tuple[Numbers, Evidence]:
    """Give the centers of the groups, of all people together where there are no clear groups."""
    ordered = in_order(places)
    middle = ordered.mean(axis=0, keepdims=True) if len(ordered) else np.zeros((1, 2))
    found = groupings(points(ordered), least) if len(ordered) >= 2 * least else []
    if not found:
        return middle, Evidence(1.0, 1.0)
    best = _by_size(clearest(found), ordered)
    agreed = agreement(voters, keys, chance)
    evidence = Evidence(agreed, separation(best, ordered, least, chance) if beyond(agreed) else 1.0)
    return (best.centers if evidence.clear else middle), evidence


def _by_size(grouping: Grouping, positions: Numbers) -> Grouping:
    sizes = np.bincount(nearest(positions, grouping.centers), minlength=len(grouping.centers))
    order = np.lexsort((grouping.centers[:, 1], grouping.centers[:, 0], -sizes))
    return Grouping(grouping.centers[order], grouping.silhouette)
