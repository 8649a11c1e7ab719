"""A reader who tries every table that releases leave possible: the reference for the audit, without a program."""

from itertools import product


def groups_of(releases):
    """Every combination of the finest labels of all dimensions, with the step at which its people came in."""
    leaves = {one.name: one.leaves for release in releases for one in release.dimensions}
    steps = sorted({release.step for release in releases})
    return [(step, dict(zip(leaves, labels, strict=True))) for step in steps for labels in product(*leaves.values())]


def counted(release, key, groups, since=None):
    """The places of the groups that a figure counts, only those who came after `since` where that is given."""
    inside = {one.name: one.leaves_in[label] for one, label in zip(release.dimensions, key, strict=True)}
    return [
        place
        for place, (step, labels) in enumerate(groups)
        if step <= release.step
        and (since is None or step > since)
        and all(labels[name] in leaves for name, leaves in inside.items())
    ]


def told(release, groups):
    """What each figure of a release tells: places, least, most."""
    for key, cell in release.cells.items():
        places = counted(release, key, groups)
        if not cell.suppressed:
            spread = (cell.value - release.base, cell.value + release.base - 1) if release.base else (cell.value,) * 2
            yield set(places), *spread
        elif release.withheld and key == tuple(one.total for one in release.dimensions):
            yield set(places), 0, release.k - 1


def tables_of(releases, most):
    """Give the groups, and every table of up to `most` people over them that agrees with all releases."""
    groups = groups_of(releases)
    known = [(places, max(places), low, high) for release in releases for places, low, high in told(release, groups)]

    def fill(counts):
        at = len(counts)
        for places, last, low, high in known:
            so_far = sum(counts[place] for place in places if place < at)
            if so_far > high or (last < at and so_far < low):
                return
        if at == len(groups):
            yield tuple(counts)
            return
        for one in range(most - sum(counts) + 1):
            yield from fill([*counts, one])

    return groups, list(fill([]))


def exposed_by_trying(releases, k, most):
    """What the audit should find: each figure a reader narrows down, with its ends and the values it cannot be."""
    found = {}
    if len(releases) > 1:
        for place, release in enumerate(releases):
            alone = exposed_by_trying([release], k, most)
            found |= {(place, key, since): ends for (_, key, since), ends in alone.items()}
    groups, tables = tables_of(releases, most)
    steps = sorted({release.step for release in releases if not release.withheld})
    for place, release in enumerate(releases):
        for key in product(*(one.labels for one in release.dimensions)):
            cell = release.cells.get(key)
            asked = [since for since in steps if since < release.step]
            if cell is None or cell.suppressed or release.base:
                asked.append(None)
            for since in asked:
                may_be_large = len(releases) > 1 or since is not None or cell is None or not cell.suppressed
                places = counted(release, key, groups, since)
                values = {sum(table[at] for at in places) for table in tables}
                low, high = min(values), max(values)
                if not (set(range(k)) <= values or (may_be_large and low >= k)):
                    missing = tuple(one for one in range(low + 1, min(k, high)) if one not in values)
                    found[place, key, since] = (low, high, missing)
    return found
