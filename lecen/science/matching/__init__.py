"""Who is whose mentor? People on two sides, paired for the good of the whole pool or so that no two would rather swap.

`pool` checks the people, the pairs that may be made and what each side gives a pair; `best_matching` makes as many
pairs as can be made and, of those, the ones with the highest score; `stable_matching` leaves no two who would both
rather have each other. Methods page: docs/explanation/methods/matching.md.
"""

from lecen.science.matching.optimum import best_matching
from lecen.science.matching.pool import Pool, pool
from lecen.science.matching.result import Matching, Pair, Unmatched, blocking_pairs
from lecen.science.matching.stable import stable_matching

__all__ = ["Matching", "Pair", "Pool", "Unmatched", "best_matching", "blocking_pairs", "pool", "stable_matching"]
