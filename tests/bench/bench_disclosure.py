"""Small numbers at full size: what protecting and auditing cost, and how many tables are found wanting."""

import random
from itertools import product
from time import perf_counter

import pytest

from lecen.science.disclosure import protect
from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.complement import protect_table
from lecen.science.disclosure.tables import Dimension, Release, flat, release_of, tree


def city(districts: int, beats: int) -> Dimension:
    """An area tree: beats in districts in the city."""
    names = [f"district {place}" for place in range(districts)]
    return tree("area", {"city": names} | {name: [f"{name} beat {beat}" for beat in range(beats)] for name in names})


def labels(name: str, count: int) -> Dimension:
    return flat(name, [f"{name} {place}" for place in range(count)])


def drawn(dimensions: tuple[Dimension, ...], mean: float, seed: int) -> dict[tuple[str, ...], int]:
    """Counts of people, most of them small and a few large, as in towns."""
    chance = random.Random(seed)
    return {key: int(chance.expovariate(1 / mean)) for key in product(*(one.leaves for one in dimensions))}


@pytest.mark.parametrize("most", [4, 8, 14, 24, 60, 400])
def bench_a_table_of_fifty_by_fifty(most):
    places = product(range(50), repeat=2)
    counts = {(str(row), str(column)): (row * 7919 + column * 104729) % most for row, column in places}
    started = perf_counter()

    release = protect(counts)

    print(f"\n50 x 50, counts below {most}: {perf_counter() - started:.2f} s")
    assert not release.withheld


def bench_thousands_of_two_way_tables_pass_the_audit():
    chance, figures, failed, started = random.Random(1), 0, 0, perf_counter()
    for _ in range(2_000):
        size = product(range(chance.randint(2, 7)), range(chance.randint(2, 7)))
        counts = {(f"r{row}", f"c{column}"): chance.randint(0, chance.choice((12, 40, 200))) for row, column in size}
        found = audit([release_of(protect(counts), "row", "column")])
        figures += found.figures
        failed += not (found.safe and found.proved)
    seconds = perf_counter() - started
    print(
        f"\n2,000 two-way tables, {figures:,} withheld figures, {failed} exposed: {2_000 / seconds:.0f} tables a second"
    )
    assert failed == 0


SHAPES = {
    "beats x age": (city(2, 3), labels("age", 4)),
    "beats x age x answer": (city(2, 2), labels("age", 3), labels("answer", 2)),
    "age x answer x sex": (labels("age", 4), labels("answer", 3), labels("sex", 2)),
    "beats x beats": (city(2, 2), tree("grade", {"all": ["low", "high"], "low": ["1", "2"], "high": ["3", "4"]})),
}


@pytest.mark.parametrize("shape", SHAPES)
def bench_hundreds_of_tables_with_levels_pass_the_audit(shape):
    dimensions = SHAPES[shape]
    figures = withheld = only_n = failed = unproved = 0
    started = perf_counter()
    for seed in range(400):
        release = protect_table(drawn(dimensions, (15, 40, 100)[seed % 3], seed), dimensions)
        found = audit([release])
        figures, withheld = figures + len(release.cells), withheld + suppressed(release)
        only_n += suppressed(release) >= len(release.cells) - 1
        failed, unproved = failed + (not found.safe), unproved + (not found.proved)
    print(
        f"\n{shape}: 400 tables, {withheld / figures:.0%} of figures withheld, {only_n} tables show only n, "
        f"{failed} exposed, {unproved} not proved for every value: {(perf_counter() - started) / 400 * 1000:.0f} ms a table"
    )
    assert (failed, unproved) == (0, 0)


def suppressed(release: Release) -> int:
    return sum(cell.suppressed for cell in release.cells.values())


@pytest.mark.parametrize(("districts", "beats", "ages", "answers"), [(4, 5, 6, 4), (6, 8, 8, 1), (6, 8, 8, 5)])
def bench_a_city_by_age_by_answer(districts, beats, ages, answers):
    dimensions = (city(districts, beats), labels("age", ages), labels("answer", answers))
    started = perf_counter()

    release = protect_table(drawn(dimensions, 60, 1), dimensions)

    between = perf_counter()
    found = audit([release])
    print(
        f"\n{len(release.cells):,} figures: {suppressed(release):,} withheld in {between - started:.1f} s; "
        f"audit alone {perf_counter() - between:.1f} s, {found.open} figures not proved for every value"
    )
    assert found.safe
