"""What may be shown of tables about people, and proof that nobody can work out what is not.

Here stands what a web worker needs; it is standard library only. The rest computes with numbers and is imported by
its noun: `tables` (dimensions, hierarchies, releases; standard library too), `audit` (does a set of releases keep the
rule?), `complement` (tables with totals and hierarchies), `optimum` (the least that must be withheld), `rounding`,
`moments` (means and deviations), `dominance` (sums such as hours or dollars), `extracts` (rows of people).
"""

from lecen.science.disclosure.cells import DEFAULT_K, WITHHELD, Cell, ProtectedTable
from lecen.science.disclosure.counts import protect, release_size

__all__ = ["DEFAULT_K", "WITHHELD", "Cell", "ProtectedTable", "protect", "release_size"]
