"""People who come to one or both of two waves and make their codes with slips; who is who is known."""

from dataclasses import dataclass

import numpy as np

ELEMENTS = (26, 31, 12, 26, 8)  # as many values as each element has


@dataclass(frozen=True)
class TwoWaves:
    """Codes of two waves and, for each code, the person behind it."""

    first: list
    second: list
    who_first: np.ndarray
    who_second: np.ndarray

    def false(self, matching):
        return int((self.who_first[matching.first] != self.who_second[matching.second]).sum())

    def missed(self, matching):
        both = len(np.intersect1d(self.who_first, self.who_second))
        return 1 - (len(matching.first) - self.false(matching)) / both


def two_waves(seed, both, left, came, *, elements=ELEMENTS, slip=0.04, missing=0.02, together=0.0):
    """`both` people come twice; `together` is the share whose fourth element follows from the first."""
    chance = np.random.default_rng(seed)
    people = both + left + came
    shares = [chance.dirichlet(np.full(size, 2.0)) for size in elements]
    true = np.column_stack([chance.choice(len(share), people, p=share) for share in shares])
    follows = chance.random(people) < together
    if follows.any():
        true[follows, 3] = true[follows, 0] % elements[3]

    def codes(who):
        table = true[who].astype(object)
        for place, size in enumerate(elements):
            slips = chance.random(len(who)) < slip
            table[slips, place] = chance.integers(0, size, slips.sum())
            table[chance.random(len(who)) < missing, place] = None
        return [tuple(row) for row in table]

    who_first = chance.permutation(np.arange(both + left))
    who_second = chance.permutation(np.r_[0:both, both + left : people])
    return TwoWaves(codes(who_first), codes(who_second), who_first, who_second)
