"""Opinion maps: who votes alike on statements, whether there are clear groups, and what may be said about them.

`map_opinions(votes, seed=1)` takes people × statements votes and gives an `OpinionMap`; `describe_groups` takes the
counts of its groups and says what may be shown of them; `next_statement` draws what a person is asked next.
"""

from lecen.science.opinion.description import GroupsDescription, GroupVotes, StatementVotes, describe_groups
from lecen.science.opinion.evidence import Evidence
from lecen.science.opinion.findings import CommonGround, Division, Representative, Share
from lecen.science.opinion.map import OpinionMap, count_answers, map_opinions
from lecen.science.opinion.next_statement import next_statement, statement_priorities
from lecen.science.opinion.stability import Stability, stability
from lecen.science.opinion.tally import Tally, tally_votes, update_tally
from lecen.science.opinion.votes import Votes, votes_from_sparse, votes_from_table, votes_from_triples

__all__ = [
    "CommonGround",
    "Division",
    "Evidence",
    "GroupVotes",
    "GroupsDescription",
    "OpinionMap",
    "Representative",
    "Share",
    "Stability",
    "StatementVotes",
    "Tally",
    "Votes",
    "count_answers",
    "describe_groups",
    "map_opinions",
    "next_statement",
    "stability",
    "statement_priorities",
    "tally_votes",
    "update_tally",
    "votes_from_sparse",
    "votes_from_table",
    "votes_from_triples",
]
