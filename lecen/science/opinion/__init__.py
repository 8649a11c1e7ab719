"""Opinion maps: who votes alike on statements, whether there are clear groups, and how sure that is.

`map_opinions(votes, seed=1)` takes people × statements votes and gives an `OpinionMap`.
"""

from lecen.science.opinion.evidence import Evidence
from lecen.science.opinion.map import OpinionMap, count_answers, map_opinions
from lecen.science.opinion.tally import Tally, tally_votes, update_tally
from lecen.science.opinion.votes import Votes, votes_from_sparse, votes_from_table, votes_from_triples

__all__ = [
    "Evidence",
    "OpinionMap",
    "Tally",
    "Votes",
    "count_answers",
    "map_opinions",
    "tally_votes",
    "update_tally",
    "votes_from_sparse",
    "votes_from_table",
    "votes_from_triples",
]
