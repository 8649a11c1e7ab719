"""A seat for everybody: people rank courses offered in several slots and rooms.

`assign_sessions` gives each person at most one section a slot and each course once, by the sum of points, with the
worst-off first, or by draft; with its score, the bound that no answer can exceed, and the gap between them.
`reassign_sessions` does it again after a change, moving as few as possible; `explain` tells each person why.
Page: docs/explanation/methods/assignment.md.
"""

from lecen.science.assignment.changes import Reassignment, reassign_sessions
from lecen.science.assignment.demand import Person, Rules, Section
from lecen.science.assignment.explanations import Reason, explain
from lecen.science.assignment.policies import assign_sessions
from lecen.science.assignment.results import Assignment

__all__ = [
    "Assignment",
    "Person",
    "Reason",
    "Reassignment",
    "Rules",
    "Section",
    "assign_sessions",
    "explain",
    "reassign_sessions",
]
