"""Small numbers at full size: what protecting and auditing cost, and how many tables are found wanting."""

import random
from itertools import product
from statistics import median, quantiles
from time import perf_counter

import numpy as np
import pytest

from lecen.science.disclosure import DEFAULT_K, protect
from lecen.science.disclosure.audit import audit
from lecen.science.disclosure.complement import protect_table
from lecen.science.disclosure.extracts import assess_extract
from lecen.science.disclosure.optimum import least_withheld, loss_of
from lecen.science.disclosure.rounding import round_table
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
    for seed in range(200):
        release = protect_table(drawn(dimensions, (15, 40, 100)[seed % 3], seed), dimensions)
        found = audit([release])
        figures, withheld = figures + len(release.cells), withheld + suppressed(release)
        only_n += suppressed(release) >= len(release.cells) - 1
        failed, unproved = failed + (not found.safe), unproved + (not found.proved)
    print(
        f"\n{shape}: 200 tables, {withheld / figures:.0%} of figures withheld, {only_n} tables show only n, "
        f"{failed} exposed, {unproved} not proved for every value: {(perf_counter() - started) / 200 * 1000:.0f} ms a table"
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


SMALL = {
    "2 x 3": (labels("a", 2), labels("b", 3)),
    "4 x 4": (labels("a", 4), labels("b", 4)),
    "5 beats in 2 districts x 3": (
        tree("t", {"all": ["n", "s"], "n": ["1", "2"], "s": ["3", "4", "5"]}),
        labels("b", 3),
    ),
    "2 x 3 x 2": (labels("a", 2), labels("b", 3), labels("c", 2)),
}


@pytest.mark.parametrize("shape", SMALL)
def bench_the_gap_to_the_least(shape):
    dimensions, gaps, seconds = SMALL[shape], {"people": [], "figures": []}, [0.0, 0.0]
    for seed in range(30):
        counts = drawn(dimensions, (15, 40, 100)[seed % 3], seed)
        if sum(counts.values()) < DEFAULT_K:
            continue
        started = perf_counter()
        release = protect_table(counts, dimensions)
        between = perf_counter()
        for by, found in gaps.items():
            least = least_withheld(counts, dimensions, by=by)
            assert audit([least.release]).safe
            assert loss_of(release, counts, by) >= least.loss - 1e-6
            found.append(loss_of(release, counts, by) / least.loss - 1 if least.loss else 0.0)
        seconds = [seconds[0] + between - started, seconds[1] + (perf_counter() - between) / 2]
    said = "; ".join(
        f"{by}: median {median(found):.0%}, ninth decile {quantiles(found, n=10)[-1]:.0%}, most {max(found):.0%}, "
        f"least itself in {sum(one < 1e-9 for one in found)} of {len(found)}"
        for by, found in gaps.items()
    )
    print(f"\n{shape}, withheld above the least. {said}; {seconds[1] / seconds[0]:.0f} times as fast")


def bench_the_gap_of_protect_to_the_least():
    dimensions, gaps = SMALL["4 x 4"], []
    for seed in range(30):
        counts = drawn(dimensions, (15, 40, 100)[seed % 3], seed)
        if sum(counts.values()) >= DEFAULT_K:
            least = least_withheld(counts, dimensions, by="figures").loss
            mine = suppressed(release_of(protect(counts), "a", "b"))
            gaps.append(mine / least - 1 if least else 0.0)
    print(f"\nprotect, 4 x 4, figures above the least: median {median(gaps):.0%}, most {max(gaps):.0%}")
    assert min(gaps) >= 0


def bench_two_tables_about_the_same_people_and_two_steps():
    ages, answers, areas = labels("age", 3), labels("answer", 3), city(2, 2)
    apart, alone, together, figures = 0, 0, 0, 0
    for seed in range(100):
        people = residents(seed, (ages, answers, areas))
        first = protect_table(counted(people, (ages, answers)), (ages, answers))
        second = counted(people, (areas, answers))
        unaware = protect_table(second, (areas, answers))
        aware = protect_table(second, (areas, answers), earlier=[first])
        apart += not audit([first, unaware]).safe
        assert audit([first, aware]).safe
        alone, together = alone + suppressed(unaware), together + suppressed(aware)
        figures += len(aware.cells)
    print(
        f"\n100 pairs of tables: {apart} unsafe together when protected apart, 0 when not; "
        f"{alone / figures:.0%} and {together / figures:.0%} of the second's figures withheld"
    )
    unsafe, apart_, after, figures = 0, 0, 0, 0
    for seed in range(100):
        people = residents(seed, (ages, answers))
        before = people[: -random.Random(seed).choice((10, 30, 50))]
        first = protect_table(counted(before, (ages, answers)), (ages, answers))
        now = counted(people, (ages, answers))
        unaware = protect_table(now, (ages, answers), step=1)
        aware = protect_table(now, (ages, answers), earlier=[first], step=1)
        unsafe += not audit([first, unaware]).safe
        assert audit([first, aware]).safe
        apart_, after, figures = apart_ + suppressed(unaware), after + suppressed(aware), figures + len(aware.cells)
    print(
        f"100 tables shown again with 10, 30 or 50 more people: {unsafe} unsafe when protected apart, 0 when not; "
        f"{apart_ / figures:.0%} and {after / figures:.0%} of figures withheld"
    )


def residents(seed: int, dimensions: tuple[Dimension, ...]) -> list[dict[str, str]]:
    chance = random.Random(seed)
    weights = [[chance.random() + 0.1 for _ in one.leaves] for one in dimensions]
    return [
        {one.name: chance.choices(one.leaves, of)[0] for one, of in zip(dimensions, weights, strict=True)}
        for _ in range(chance.choice((80, 200, 600)))
    ]


def counted(people: list[dict[str, str]], dimensions: tuple[Dimension, ...]) -> dict[tuple[str, ...], int]:
    counts = dict.fromkeys(product(*(one.leaves for one in dimensions)), 0)
    for person in people:
        counts[tuple(person[one.name] for one in dimensions)] += 1
    return counts


def bench_rounding():
    dimensions, failed, started = (city(2, 3), labels("age", 4), labels("answer", 3)), 0, perf_counter()
    for seed in range(50):
        release = round_table(drawn(dimensions, 30, seed), dimensions, seed=seed)
        found = audit([release], most_programs=0)
        failed += not found.safe
    print(
        f"\n50 rounded tables of three dimensions, {failed} exposed: {(perf_counter() - started) * 20:.0f} ms a table"
    )
    assert failed == 0


def bench_an_extract_of_200_000_people():
    chance = np.random.default_rng(1)
    sizes = (2, 3, 5, 8, 12, 20, 40, 60, 100, 4)
    columns = {f"column {place}": chance.integers(0, size, 200_000) for place, size in enumerate(sizes)}
    names = list(columns)
    started = perf_counter()

    report = assess_extract(columns, identifiers=names[:9], sensitive=names[9:])

    print(
        f"\n200,000 rows x 10 columns: {perf_counter() - started:.1f} s, {len(report.telling)} telling sets, "
        f"{len(report.removals)} smallest removals"
    )
    assert report.rows == 200_000
