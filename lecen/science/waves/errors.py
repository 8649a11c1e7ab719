"""How many joins are wrong and how many are missed, estimated from the codes alone.

Two codes of one wave belong to two people. How often such codes agree, in full or in all but one element, is how often
codes of different people agree by chance, whatever the elements are and however they go together. Applied to the pairs
across waves this gives the chance agreements there; what agrees beyond them are people who came twice. The idea that
what must be false tells how much else is false is that of Blakely and Salmond's duplicate method, International Journal
of Epidemiology 31 (2002) 1246-1252; agreement patterns as evidence go back to Fellegi and Sunter, Journal of the
American Statistical Association 64 (1969) 1183-1210.
"""

from dataclasses import dataclass

import numpy as np
from scipy import signal, stats

from lecen.science.arrays import Numbers
from lecen.science.intervals import Interval
from lecen.science.waves.agreement import Agreement, clear_near_pairs
from lecen.science.waves.codes import Places

SURPRISING = 1e-3


@dataclass(frozen=True)
class MatchErrors:
    """What went wrong in joining two waves, as far as the codes tell.

    `false_matches` pairs of different people are expected among the pairs, `false_share` of them; the interval is for
    the pairs at hand. `false_if_independent` is what the frequencies of the elements alone would let expect: if
    it is much smaller, elements go together. `present_in_both` people are estimated to be in both waves, and
    `missed_share` of them to be in no pair or a wrong one, if slips in one element do not make slips in another more
    likely; otherwise more are missed. None where no code agrees in full beyond chance. `slip_shares`: how often each
    element of the same person differs or is left out.
    """

    false_matches: float
    false_matches_interval: Interval
    false_share: float
    false_share_interval: Interval
    false_if_independent: float
    present_in_both: float | None
    missed_share: float | None
    slip_shares: tuple[float, ...] | None
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What the estimate rests on: people a wave, pairs joined (same code, near), agreements across and within waves.

    `alike` (elements) is how often two people of a wave give the same value.
    """

    people: tuple[int, int]
    matched: tuple[int, int]
    equal_across: int
    near_across: Places
    codes: tuple[Places, Places]
    within: tuple[Agreement, Agreement]
    alike: Numbers
    tolerate: int


@dataclass(frozen=True)
class _Chance:
    """Agreements of different people: pairs in a wave (mean of both), and how many joins each lets expect across."""

    pairs: float
    clumping: float  # pairs come together where several people share a code
    factor: float


def estimate_errors(evidence: Evidence, level: float) -> MatchErrors:
    """Estimate false and missed matches; `level` is that of the interval of the false ones."""
    people = np.array(evidence.people, dtype=float)
    across = float(people.prod() * np.mean(1 / _pairs_within(people)))
    equal = _found([one.equal for one in evidence.within])
    near = _found([one.near.sum(axis=0) for one in evidence.within])
    same, slipped = _true_agreements(evidence, equal[0], across)
    same_most = min(same, people.min())
    linkable = min(same + slipped.sum(), people.min()) if evidence.tolerate else same_most
    clear = _clear_equal(evidence, same_most), _clear_near(evidence) if evidence.tolerate else 0.0
    exact = _Chance(*equal, factor=across * float(np.prod(1 - same_most / people)) * clear[0])
    nearly = _Chance(*near, factor=across * float(np.prod(1 - linkable / people)) * clear[1])
    return _result(evidence, (exact, nearly), (same, slipped), level)


def _pairs_within(people: Numbers) -> Numbers:
    return people * (people - 1) / 2


def _found(degrees: list[Places]) -> tuple[float, float]:
    """Give how many pairs agree in a wave, as the mean of both, and how much they clump."""
    total = float(sum(degree.sum() for degree in degrees))
    squares = float(sum((degree.astype(float) ** 2).sum() for degree in degrees))
    sizes = np.array([len(degree) * (len(degree) - 1) / 2 for degree in degrees])
    rates = np.array([degree.sum() / 2 for degree in degrees]) / sizes
    return float(rates.mean() / np.mean(1 / sizes)), max(squares / total, 1.0) if total else 1.0


def _clear_equal(evidence: Evidence, same: float) -> float:
    """Give the share of equal pairs that no third person's equal code would spoil; who came twice counts once."""
    larger = [one for one in evidence.within if len(one.equal) == max(evidence.people)]
    rate = (sum(evidence.people) - same) / max(evidence.people)
    found = sum(float((one.equal * (1 - rate) ** np.maximum(one.equal - 1, 0)).sum()) for one in larger)
    pairs = sum(float(one.equal.sum()) for one in larger)
    return float(np.clip(found / pairs, 0, 1)) if pairs else 1.0


def _clear_near(evidence: Evidence) -> float:
    """Give the share of near pairs that no third code would spoil which is not itself joined by an equal one."""
    most = max(evidence.people)
    rates = [(people - evidence.matched[0]) / most for people in evidence.people]
    larger = [place for place, people in enumerate(evidence.people) if people == most]
    found = sum(clear_near_pairs(evidence.codes[place], rates[0], rates[1]) for place in larger)
    pairs = sum(float(evidence.within[place].near.sum()) / 2 for place in larger)
    return float(np.clip(found / pairs, 0, 1)) if pairs else 1.0


def _true_agreements(evidence: Evidence, equal: float, across: float) -> tuple[float, Numbers]:
    """Give how many codes of the same person agree in full, and by element in all but that one."""
    same = max(evidence.equal_across - equal * across, 0.0)
    by_element = [one.near.sum(axis=1) / (one.near.shape[1] * (one.near.shape[1] - 1)) for one in evidence.within]
    expected = np.prod(np.array(evidence.people, dtype=float)) * np.mean(by_element, axis=0)
    return same, np.maximum(evidence.near_across - expected, 0.0)


def _result(
    evidence: Evidence, chances: tuple[_Chance, _Chance], true: tuple[float, Numbers], level: float
) -> MatchErrors:
    matched = sum(evidence.matched)
    joins = zip(chances, evidence.matched, strict=True)
    expected = sum(min(chance.pairs * chance.factor, most) for chance, most in joins)
    interval = _interval(chances, matched, level)
    alike = float(np.prod(evidence.alike)), _all_but_one(evidence.alike)
    pairs = 1 / float(np.mean(1 / _pairs_within(np.array(evidence.people, dtype=float))))
    present, slips = _present(true, min(evidence.people))
    return MatchErrors(
        false_matches=expected,
        false_matches_interval=interval,
        false_share=expected / max(matched, 1),
        false_share_interval=Interval(*(end / max(matched, 1) for end in interval)),
        false_if_independent=sum(share * pairs * chance.factor for share, chance in zip(alike, chances, strict=True)),
        present_in_both=present,
        missed_share=None if present is None else max(present - (matched - expected), 0.0) / present,
        slip_shares=slips,
        cautions=_cautions(chances[0].pairs, alike[0] * pairs),
    )


def _all_but_one(alike: Numbers) -> float:
    return float(sum(np.prod(np.delete(alike, place)) * (1 - alike[place]) for place in range(len(alike))))


def _present(true: tuple[float, Numbers], most: int) -> tuple[float | None, tuple[float, ...] | None]:
    same, slipped = true
    if same <= 0:
        return None, None
    odds = slipped / same
    return min(same * float(np.prod(1 + odds)), float(most)), tuple(float(share) for share in odds / (1 + odds))


def _interval(chances: tuple[_Chance, _Chance], matched: int, level: float) -> Interval:
    """Predict the number of false pairs from as many as were found in a wave, both of them Poisson.

    A rate seen through a Poisson count leaves a negative binomial count to be expected (with Jeffreys' prior); the
    counts of exact and near matches are added by convolution. More than all pairs cannot be false.
    """
    total = np.ones(1)
    for chance in chances:
        shape = chance.pairs / chance.clumping + 0.5
        mean = shape * chance.clumping * chance.factor
        if mean > 0 and matched:
            found = stats.nbinom(shape, shape / (shape + mean))
            most = min(float(found.isf(1e-9)), matched)
            part = found.pmf(np.arange(int(most) + 1))
            part[-1] += max(1 - part.sum(), 0.0)
            total = np.maximum(signal.fftconvolve(total, part), 0)
    reached = np.cumsum(total) / total.sum()
    tail = (1 - level) / 2
    ends = np.searchsorted(reached, [tail, 1 - tail])
    return Interval(*(float(min(end, matched)) for end in ends))


def _cautions(found: float, expected: float) -> tuple[str, ...]:
    if stats.poisson.sf(np.ceil(found) - 1, max(expected, 1e-12)) >= SURPRISING or found < 1:
        return ()
    text = "More people of a wave share a code than unrelated elements explain: was a code handed in twice?"
    return (text,)
