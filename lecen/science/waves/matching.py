"""Joining two waves: the same code first, then codes that differ in one element, and nothing that leaves a choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lecen.science.arrays import Numbers
from lecen.science.disclosure import DEFAULT_K, ProtectedTable, protect
from lecen.science.errors import ScienceError
from lecen.science.inputs import fraction
from lecen.science.waves.agreement import Agreement, agreement, agreement_within
from lecen.science.waves.codes import MISSING, Places, numbered
from lecen.science.waves.errors import Evidence, MatchErrors, estimate_errors

Flags = NDArray[np.bool_]
LARGE_FALSE_SHARE = 0.05
FEW_MATCHED = 0.5


@dataclass(frozen=True)
class Matching:
    """Who of the first wave is who of the second.

    `first` and `second` (m) are places in the waves given, pair by pair, in the order of the first wave; `exact` (m)
    tells whether the whole code agreed, else all but one element. `ambiguous` codes agree with somebody, but leave a
    choice; `unmatched` agree with nobody. Codes identify when joined to names: keep this apart from them.
    """

    first: Places
    second: Places
    exact: Flags
    ambiguous_first: Places
    ambiguous_second: Places
    unmatched_first: Places
    unmatched_second: Places
    errors: MatchErrors
    cautions: tuple[str, ...]

    @property
    def people(self) -> tuple[int, int]:
        """How many codes each wave has."""
        matched = len(self.first)
        return (
            matched + len(self.ambiguous_first) + len(self.unmatched_first),
            matched + len(self.ambiguous_second) + len(self.unmatched_second),
        )

    @property
    def matched_share(self) -> tuple[float, float]:
        """Which share of each wave is in a pair."""
        return tuple(len(self.first) / people for people in self.people)  # type: ignore[return-value]

    def report(self, k: int = DEFAULT_K) -> Mapping[str, ProtectedTable]:
        """Give the counts of both waves as they may be published, by `disclosure.protect`."""
        exact = int(self.exact.sum())
        rest = ((self.ambiguous_first, self.unmatched_first), (self.ambiguous_second, self.unmatched_second))
        return {
            wave: protect(
                {
                    "1 same code": exact,
                    "2 one element differs": len(self.exact) - exact,
                    "3 left a choice": len(ambiguous),
                    "4 not found": len(unmatched),
                },
                k,
            )
            for wave, (ambiguous, unmatched) in zip(("first", "second"), rest, strict=True)
        }


def match_waves(
    first: Sequence[Sequence[Any]], second: Sequence[Sequence[Any]], *, tolerate: int = 1, level: float = 0.95
) -> Matching:
    """Join the codes of two waves, one to one, and estimate how many joins are wrong and how many are missed.

    Parameters
    ----------
    first, second : lists of codes
        Each code a tuple of the same number of elements (text or whole numbers), None for one left out.
    tolerate : int
        Elements that may differ or be left out: 0 or 1.
    level : float
        Of the interval of the number of false matches.

    Returns
    -------
    Matching
        The order of the codes does not matter: the same codes are joined.

    Raises
    ------
    ScienceError
        Fewer than 10 codes in a wave; codes of fewer than 3 elements or of different lengths; an element that
        singles people out (see `code_strength`). Sources: off-by-one matching as in Yurek, Vasey and Havens,
        Evaluation Review 32 (2008) 435-452; the error estimate is this project's, see its methods page.

    """
    if tolerate not in (0, 1) or isinstance(tolerate, bool):
        raise ScienceError(f"Codes may differ in 0 or 1 elements, not in {tolerate!r}.")
    level = fraction(level, "The level")
    one, other = numbered([first, second])
    across, within = agreement(one, other), (agreement_within(one), agreement_within(other))
    pairs = _pairs(one, other, _exact(across, within[0]), tolerate)
    evidence = Evidence(
        people=(len(one), len(other)),
        matched=(int(pairs.joined[2].sum()), int((~pairs.joined[2]).sum())),
        equal_across=int(across.equal.sum()),
        near_across=across.near.sum(axis=1),
        codes=(one, other),
        within=within,
        alike=(_alike(one) + _alike(other)) / 2,
        tolerate=tolerate,
    )
    errors = estimate_errors(evidence, level)
    return Matching(
        *pairs.joined,
        ambiguous_first=np.flatnonzero(pairs.ambiguous_first),
        ambiguous_second=np.flatnonzero(pairs.ambiguous_second),
        unmatched_first=_rest(len(one), pairs.joined[0], pairs.ambiguous_first),
        unmatched_second=_rest(len(other), pairs.joined[1], pairs.ambiguous_second),
        errors=errors,
        cautions=_cautions(errors, len(pairs.joined[0]), min(len(one), len(other))),
    )


@dataclass(frozen=True)
class _Pairs:
    joined: tuple[Places, Places, Flags]
    ambiguous_first: Flags
    ambiguous_second: Flags


def _pairs(one: Places, other: Places, exact: tuple[Places, Places], tolerate: int) -> _Pairs:
    free_one, free_other = _rest(len(one), exact[0]), _rest(len(other), exact[1])
    there, back = agreement(one[free_one], other[free_other]), agreement(other[free_other], one[free_one])
    # Codes that agree in full and still are free leave a choice; they stay in the count, so that nobody else takes one.
    degree, degree_back = (there.count, back.count) if tolerate else (there.equal, back.equal)
    single = np.flatnonzero(degree == 1) if tolerate else np.zeros(0, dtype=np.int64)
    partner = there.place[single]
    mutual = degree_back[partner] == 1
    single, partner = single[mutual], partner[mutual]
    first = np.concatenate([exact[0], free_one[single]])
    second = np.concatenate([exact[1], free_other[partner]])
    whole_code = np.arange(len(first)) < len(exact[0])
    order = np.argsort(first)
    ambiguous_first, ambiguous_second = np.zeros(len(one), dtype=bool), np.zeros(len(other), dtype=bool)
    ambiguous_first[free_one] = degree > 0
    ambiguous_second[free_other] = degree_back > 0
    ambiguous_first[first], ambiguous_second[second] = False, False
    return _Pairs((first[order], second[order], whole_code[order]), ambiguous_first, ambiguous_second)


def _exact(across: Agreement, within_first: Agreement) -> tuple[Places, Places]:
    """Join the codes that agree in full and are the only ones of their wave."""
    alone = np.flatnonzero((across.equal == 1) & (within_first.equal == 0))
    return alone, across.equal_sum[alone]


def _rest(people: int, taken: Places, also: Flags | None = None) -> Places:
    free = np.ones(people, dtype=bool)
    free[taken] = False
    if also is not None:
        free &= ~also
    return np.flatnonzero(free)


def _alike(codes: Places) -> Numbers:
    """How often two people of a wave give an element the same value; left out is no value."""
    pairs = len(codes) * (len(codes) - 1)
    counts = [np.unique(column[column != MISSING], return_counts=True)[1] for column in codes.T]
    return np.array([float((count * (count - 1)).sum()) / pairs for count in counts])


def _cautions(errors: MatchErrors, matched: int, smaller: int) -> tuple[str, ...]:
    cautions = ["Codes can single people out when put together; keep them apart from answers."]
    if matched and errors.false_share_interval.high > LARGE_FALSE_SHARE:
        text = f"Up to {errors.false_share_interval.high:.0%} of the pairs may join two different people."
        cautions.append(text)
    if matched < FEW_MATCHED * smaller:
        few = f"Fewer than {DEFAULT_K} people" if matched < DEFAULT_K else f"Only {matched / smaller:.0%}"
        cautions.append(f"{few} of the smaller wave could be joined; compare them with the others.")
    return (*cautions, *errors.cautions)
