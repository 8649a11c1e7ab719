"""Extracts, a row for each person: can somebody be picked out, and can something be learned of those who are not?

Rows that agree in every column an outsider may know (the identifiers) form a class. An extract is k-anonymous if each
class has k rows or more, and l-diverse if each class holds l different values of every sensitive column (entropy l: as
uncertain as l equally common values). Removing a column joins classes, so it never makes either worse; what follows
on columns rests on that.

Sources: Sweeney, International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10 (2002) 557-570
(k-anonymity); Machanavajjhala et al., ACM Transactions on Knowledge Discovery from Data 1 (2007) 3 (l-diversity);
Manning, Haglin, Keane, Data Mining and Knowledge Discovery 16 (2008) 165-196 (smallest sets of telling columns).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from lecen.science.disclosure.cells import DEFAULT_K
from lecen.science.disclosure.classes import Codes, Least, Rule, classes_of, kinds_of, spread
from lecen.science.disclosure.columns import any_numbers, coarsened, codes_of
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

MOST_IDENTIFIERS = 12
MOST_CELLS = 100_000_000


@dataclass(frozen=True)
class Diversity:
    """A sensitive column: the fewest different values and the least entropy l of any class, rows in classes below."""

    column: str
    fewest_values: int
    least_entropy: float
    rows_below: int


@dataclass(frozen=True)
class Repair:
    """What changing one identifier would do: rows left in classes below k or l if removed, and if made coarser.

    `coarser` says how it was made coarser; None and the number of rows as they are where it cannot be.
    """

    column: str
    rows_if_removed: int
    rows_if_coarser: int
    coarser: str | None


@dataclass(frozen=True)
class ExtractReport:
    """Whether an extract may leave the house, and which columns stand in the way.

    `telling` are the smallest sets of identifiers that break the rule by themselves; `removals` the smallest sets whose
    removal mends it, fewest columns first (empty where nothing is broken or nothing mends it). `repairs` lists every
    identifier, the one whose removal mends most first; where two mend the same, the coarser one, then by name.
    """

    rows: int
    classes: int
    smallest_class: int
    classes_below_k: int
    rows_below_k: int
    diversity: tuple[Diversity, ...]
    repairs: tuple[Repair, ...]
    telling: tuple[tuple[str, ...], ...]
    removals: tuple[tuple[str, ...], ...]

    @property
    def safe(self) -> bool:
        return self.rows_below_k == 0 and not any(one.rows_below for one in self.diversity)


def assess_extract(
    columns: Mapping[str, Sequence[Any]],
    *,
    identifiers: Sequence[str],
    sensitive: Sequence[str] = (),
    k: int = DEFAULT_K,
    diversity: int = 2,
    entropy: float = 1.0,
) -> ExtractReport:
    """Report classes, k-anonymity, l-diversity and the columns that break them.

    Parameters
    ----------
    columns : mapping of name to values
        A row for each person: all columns of one length, of numbers, texts, dates, booleans. None and NaN are a value
        of their own. A table of pandas will do.
    identifiers : sequence of str
        1 to 12 columns that an outsider may know of a person.
    sensitive : sequence of str
        Columns of which nothing should be learned; none of them an identifier.
    k : int
        Least rows of a class; at least 2.
    diversity : int
        Least different values (l) of each sensitive column in a class; at least 2.
    entropy : float
        Least entropy l of each sensitive column in a class. 1, if not given, asks for nothing; 2 would refuse every
        class in which two answers are not equally common.

    Returns
    -------
    ExtractReport
        Counts and names of columns; no value of any row.

    Raises
    ------
    ScienceError
        Bad input; the sentence names columns, never what stands in them.

    """
    least = Least(whole(k, "k", least=2), whole(diversity, "The diversity", least=2), _entropy(entropy))
    known, hidden = _names(columns, identifiers, "identifiers"), _names(columns, sensitive, "sensitive columns")
    if not 1 <= len(known) <= MOST_IDENTIFIERS:
        raise ScienceError(f"An extract must have 1 to {MOST_IDENTIFIERS} identifiers, not {len(known)}.")
    both = [name for name in known if name in hidden]
    if both:
        raise ScienceError(f"The column {both[0]!r} cannot be an identifier and sensitive.")
    _check_lengths(columns, [*known, *hidden])
    numbers = any_numbers(columns, known)
    codes, people = kinds_of({name: codes_of(columns[name], name) for name in (*known, *hidden)})
    rule = Rule([codes[name] for name in hidden], people, least)
    return _report(numbers, {name: codes[name] for name in known}, hidden, rule)


def _names(columns: Mapping[str, Sequence[Any]], names: Sequence[str], what: str) -> list[str]:
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise ScienceError(f"The {what} must be a list of column names.")
    for name in names:
        if name not in columns:
            raise ScienceError(f"The extract has no column {name!r}.")
    if len(set(names)) < len(names):
        raise ScienceError(f"The {what} must name each column once.")
    return list(names)


def _check_lengths(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> None:
    lengths = {name: len(columns[name]) for name in names}
    rows = lengths[names[0]]
    for name, length in lengths.items():
        if length != rows:
            raise ScienceError(f"The column {name!r} has {length:,} rows and {names[0]!r} has {rows:,}.")
    if rows == 0:
        raise ScienceError("The extract has no rows.")
    if rows * len(names) > MOST_CELLS:
        raise ScienceError(f"The extract has {rows * len(names):,} cells; at most {MOST_CELLS:,} can be assessed.")


def _entropy(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= MOST_CELLS:
        raise ScienceError(f"The entropy must be a number of at least 1, not {value!r}.")
    return float(value)


def _report(numbers: Collection[str], known: Mapping[str, Codes], hidden: Sequence[str], rule: Rule) -> ExtractReport:
    classes = classes_of(list(known.values()), len(rule.people))
    sizes = rule.sizes(classes)
    now = rule.broken(classes)
    telling = _telling(known, rule) if now else ()
    return ExtractReport(
        rows=int(rule.people.sum()),
        classes=len(sizes),
        smallest_class=int(sizes.min()),
        classes_below_k=int((sizes < rule.k).sum()),
        rows_below_k=int(sizes[sizes < rule.k].sum()),
        diversity=tuple(
            _diversity(name, classes, column, rule) for name, column in zip(hidden, rule.sensitive, strict=True)
        ),
        repairs=_repairs(numbers, known, now, rule),
        telling=telling,
        removals=_removals(telling),
    )


def _diversity(name: str, classes: Codes, column: Codes, rule: Rule) -> Diversity:
    values, entropy = spread(classes, column, rule.people)
    below = rule.too_alike(values, entropy)
    return Diversity(name, int(values.min()), float(entropy.min()), int(rule.sizes(classes)[below].sum()))


def _repairs(numbers: Collection[str], known: Mapping[str, Codes], now: int, rule: Rule) -> tuple[Repair, ...]:
    found = []
    for name, codes in known.items():
        others = [column for other, column in known.items() if other != name]
        without = rule.broken(classes_of(others, len(rule.people)))
        coarser = coarsened(codes, rule.people, rule.k, numbers=name in numbers)
        left = now if coarser is None else rule.broken(classes_of([*others, coarser.codes], len(rule.people)))
        found.append(Repair(name, without, left, None if coarser is None else coarser.how))
    return tuple(sorted(found, key=lambda one: (one.rows_if_removed, one.rows_if_coarser, one.column)))


def _telling(known: Mapping[str, Codes], rule: Rule) -> tuple[tuple[str, ...], ...]:
    """Find the smallest sets of columns that break the rule: sets that hold another such set are passed over."""
    found: list[tuple[str, ...]] = []
    for size in range(len(known) + 1):
        for names in combinations(sorted(known), size):
            if any(set(smaller) <= set(names) for smaller in found):
                continue
            if rule.broken(classes_of([known[name] for name in names], len(rule.people))):
                found.append(names)
    return tuple(found)


def _removals(telling: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Find the smallest sets that take a column out of every telling set."""
    if not telling or () in telling:
        return ()
    columns = sorted({name for names in telling for name in names})
    found: list[tuple[str, ...]] = []
    for size in range(1, len(columns) + 1):
        for names in combinations(columns, size):
            if any(set(smaller) <= set(names) for smaller in found):
                continue
            if all(set(names) & set(one) for one in telling):
                found.append(names)
    return tuple(found)
