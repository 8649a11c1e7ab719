"""Which codes agree in all elements, or in all but one, counted without comparing every pair.

For each element left out, codes are sorted by the others; people who fall together agree there. Counts and sums of
places over such groups tell how many others a code agrees with and, where it is one, which: time grows with
the number of codes (times its logarithm), however many pairs agree.
"""

from dataclasses import dataclass

import numpy as np

from lecen.science.waves.codes import MISSING, Places


@dataclass(frozen=True)
class Agreement:
    """For each code of the first table (n): how many of the second agree, and the sum of their places.

    `equal` (n) agree in every element, none left out. `near` (elements, n) agree in all but that element, where they
    differ or one of them left it out.
    """

    equal: Places
    equal_sum: Places
    near: Places
    near_sum: Places

    @property
    def count(self) -> Places:
        return np.asarray(self.equal + self.near.sum(axis=0))

    @property
    def place(self) -> Places:
        """The place of the one code that agrees; means nothing where `count` is not 1."""
        return np.asarray(self.equal_sum + self.near_sum.sum(axis=0))


def agreement(first: Places, second: Places) -> Agreement:
    """Count the codes of `second` that agree with each code of `first`; both are people by elements."""
    both = np.vstack([first, second])
    given = both != MISSING
    before, after = _partial_keys(both)
    equal, equal_sum = _fellows(before[-1], given.all(axis=1), len(first))
    near, near_sum = np.empty_like(first.T), np.empty_like(first.T)
    for element in range(both.shape[1]):
        others = np.delete(given, element, axis=1).all(axis=1)
        count, places = _fellows(_joined(before[element], after[element + 1]), others, len(first))
        near[element], near_sum[element] = count - equal, places - equal_sum
    return Agreement(equal, equal_sum, near, near_sum)


def agreement_within(codes: Places) -> Agreement:
    """Count for each code the others of the same wave that agree with it."""
    found = agreement(codes, codes)
    places = np.arange(len(codes))
    complete = (codes != MISSING).all(axis=1)
    # A code agrees with itself: in full where complete, else in all but the one element it left out.
    equal = found.equal - complete
    near = found.near - ((codes == MISSING) & ((codes == MISSING).sum(axis=1) == 1)[:, None]).T
    near_sum = found.near_sum - (found.near - near) * places
    return Agreement(equal, found.equal_sum - complete * places, near, near_sum)


def _partial_keys(both: Places) -> tuple[list[Places], list[Places]]:
    """Number the codes by their first 0, 1, ... elements, and by their last."""
    nothing = np.zeros(len(both), dtype=np.int64)
    before, after = [nothing], [nothing]
    for element in range(both.shape[1]):
        before.append(_joined(before[-1], both[:, element]))
        after.append(_joined(after[-1], both[:, -1 - element]))
    return before, after[::-1]


def _joined(one: Places, other: Places) -> Places:
    """Number the pairs of two numberings; both stay below the number of codes, so that no number overflows."""
    pairs = one * (int(other.max(initial=0)) + 2) + (other + 1)
    return np.unique(pairs, return_inverse=True)[1].astype(np.int64)


def _fellows(keys: Places, usable: np.ndarray, n: int) -> tuple[Places, Places]:
    """For each of the first n codes: how many of the later ones have its key, and the sum of their places."""
    size = int(keys.max(initial=0)) + 1
    later = np.flatnonzero(usable[n:])
    counts = np.bincount(keys[n:][later], minlength=size)
    sums = np.bincount(keys[n:][later], later, minlength=size).astype(np.int64)
    return counts[keys[:n]] * usable[:n], sums[keys[:n]] * usable[:n]


def clear_near_pairs(codes: Places, first_rate: float, second_rate: float) -> float:
    """Count the near pairs of one wave in whose way nobody would stand if they were of two waves.

    One code of the pair is taken to be of the first wave, the other of the second. For each other code of this wave
    that agrees with one of them, `first_rate` codes of the first wave and `second_rate` of the second are to be
    expected; both at most 1. The mean of (1 - rate) to the power of the others found is the chance that none comes.
    """
    given = codes != MISSING
    before, after = _partial_keys(codes)
    complete = given.all(axis=1)
    # Codes equal in full are no near pair; codes that left the same element out are.
    own = np.unique(np.where(complete, before[-1], len(codes) + np.arange(len(codes))), return_inverse=True)[1]
    count = agreement_within(codes).count
    total = 0.0
    for element in range(codes.shape[1]):
        usable = np.delete(given, element, axis=1).all(axis=1)
        groups = np.unique(_joined(before[element], after[element + 1])[usable], return_inverse=True)[1]
        total += _clear_in_groups(groups, own[usable], count[usable], (first_rate, second_rate))
    return total / 2


def _clear_in_groups(groups: Places, own: Places, count: Places, rates: tuple[float, float]) -> float:
    size = np.bincount(groups)
    beyond = np.maximum(count - (size[groups] - 1), 0)  # agree with this code, not with its whole group
    in_first, in_second = (1 - rates[1]) ** beyond, (1 - rates[0]) ** beyond
    pairs = np.bincount(groups, in_first) * np.bincount(groups, in_second)
    held = np.unique(own, return_index=True)[1]
    alike = np.bincount(own, in_first) * np.bincount(own, in_second)
    pairs -= np.bincount(groups[held], alike[own[held]], minlength=len(pairs))
    others = np.where(size >= 2, size - 2, 0)  # stand in the way of both  # noqa: PLR2004
    return float((pairs * (1 - rates[0] - rates[1]) ** others)[size > 1].sum())
