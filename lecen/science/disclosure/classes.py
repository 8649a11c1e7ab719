"""Classes of people who agree in some columns, and whether each is large and mixed enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
# Entropies of evenly spread values come out a little below the whole number.
NEAR = 1e-9


@dataclass(frozen=True)
class Least:
    """What every class must have."""

    people: int
    values: int
    entropy: float


class Rule:
    """Which rows lie in classes that break the rule."""

    def __init__(self, sensitive: Sequence[Codes], people: Codes, least: Least) -> None:
        self.sensitive, self.people, self.least, self.k = sensitive, people, least, least.people

    def sizes(self, classes: Codes) -> NDArray[np.float64]:
        return np.bincount(classes, weights=self.people).astype(np.float64)

    def broken(self, classes: Codes) -> int:
        """Count the people in classes of fewer than k or of too few sensitive values."""
        sizes = self.sizes(classes)
        bad = sizes < self.k
        for column in self.sensitive:
            bad |= self.too_alike(*spread(classes, column, self.people))
        return int(sizes[bad].sum())

    def too_alike(self, values: Codes, entropy: NDArray[np.float64]) -> NDArray[np.bool_]:
        return (values < self.least.values) | (entropy < self.least.entropy - NEAR)


def spread(classes: Codes, column: Codes, people: Codes) -> tuple[Codes, NDArray[np.float64]]:
    """Give for each class how many different values a column has in it, and the entropy l (e to the entropy).

    `people` is how many each entry stands for.
    """
    width = int(column.max()) + 1
    pairs, place = np.unique(classes * width + column, return_inverse=True)
    counts = np.bincount(place, weights=people)
    of = pairs // width
    values = np.bincount(of)
    sizes = np.bincount(of, weights=counts)
    share = counts / sizes[of]
    return values, np.exp(-np.bincount(of, weights=share * np.log(share)))


def classes_of(columns: Sequence[Codes], rows: int) -> Codes:
    """Number the classes of rows that agree in all columns; one class where there are none."""
    classes = np.zeros(rows, dtype=np.int64)
    for column in columns:
        _, classes = np.unique(classes * (int(column.max()) + 1) + column, return_inverse=True)
    return classes


def kinds_of(codes: Mapping[str, Codes]) -> tuple[dict[str, Codes], Codes]:
    """Keep one of the people who agree in every column, and how many these are: far fewer where columns are few."""
    alike = classes_of(list(codes.values()), len(next(iter(codes.values()))))
    _, first, people = np.unique(alike, return_index=True, return_counts=True)
    return {name: column[first] for name, column in codes.items()}, people
