"""A reader who tries every table that releases leave possible: the reference for the audit, without a program."""

from itertools import product


def figure(release, key, table):
    """The count of a figure in a table of one-step people, by the dimensions' own labels."""
    inside = [set(one.leaves_in[label]) for one, label in zip(release.dimensions, key, strict=True)]
    return sum(
        count for labels, count in table.items() if all(at in some for at, some in zip(labels, inside, strict=True))
    )


def tables_of(release, most):
    """Every table of up to `most` people over the finest labels that agrees with one release, as lists of counts."""
    leaves = list(product(*(dimension.leaves for dimension in release.dimensions)))
    known = []
    for key, cell in release.cells.items():
        inside = [set(one.leaves_in[label]) for one, label in zip(release.dimensions, key, strict=True)]
        places = [at for at, labels in enumerate(leaves) if all(a in b for a, b in zip(labels, inside, strict=True))]
        if not cell.suppressed:
            low, high = (
                (cell.value - release.base, cell.value + release.base - 1) if release.base else (cell.value,) * 2
            )
            known.append((set(places), max(places), low, high))
        elif release.withheld and key == tuple(one.total for one in release.dimensions):
            known.append((set(places), max(places), 0, release.k - 1))

    def fill(counts):
        at = len(counts)
        for places, last, low, high in known:
            so_far = sum(counts[place] for place in places if place < at)
            if so_far > high or (last < at and so_far < low):
                return
        if at == len(leaves):
            yield tuple(counts)
            return
        for one in range(most - sum(counts) + 1):
            yield from fill([*counts, one])

    return leaves, list(fill([]))
