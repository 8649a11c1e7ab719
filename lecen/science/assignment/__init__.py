"""A seat for everybody: people rank courses offered in several slots and rooms.

`assign_sessions` gives each person at most one section a slot and each course once, by the sum of points, with the
worst-off first, or by draft; with its score, the bound that no answer can exceed, and the gap between them.
Page: docs/explanation/methods/assignment.md.
"""

from lecen.science.assignment.demand import Person, Rules, Section
from lecen.science.assignment.policies import assign_sessions
from lecen.science.assignment.results import Assignment

__all__ = ["Assignment", "Person", "Rules", "Section", "assign_sessions"]
