"""The audit of releases: what a reader of all of them can work out about the figures that are withheld.

The reader knows every figure of every release, that counts are whole and not negative, which labels lie in which, that
later releases count the earlier people and more, how figures are rounded, and the rule: a table of which not even the
total is shown is about fewer than k people. The audit sees what that reader sees, never the true counts, and it shares
no step with the code that chooses what to withhold.

Sources: Hundepool et al., Statistical Disclosure Control (Wiley 2012), chapter 4 (auditing by linear programs);
Schrijver, Combinatorial Optimization (Springer 2003) (systems of two nested families are integral).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lecen.science.disclosure.cells import DEFAULT_K
from lecen.science.disclosure.intervals import Range, Target, ranges
from lecen.science.disclosure.knowledge import Knowledge
from lecen.science.disclosure.tables import Key, Release, check_dimensions, keys
from lecen.science.disclosure.universe import Universe
from lecen.science.errors import ScienceError
from lecen.science.inputs import whole

MOST_PROGRAMS = 20_000


@dataclass(frozen=True)
class Exposure:
    """A figure of which a reader can tell more than the rule allows.

    `release` is its place among the releases audited, `key` its labels. `since` is None for the figure itself; else
    the figure counts only people added after that step: the difference of two releases. The reader knows that it lies
    from `low` to `high` (None: without end); `missing` are whole numbers between that it cannot be.
    """

    release: int
    key: Key
    since: int | None
    low: int
    high: int | None
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Audit:
    """What the audit found.

    `figures` is how many figures not shown it looked at. `proved` says whether every value 0..k-1 of every figure is
    proved possible by whole numbers; else that holds for `figures` - `open`, and of the others only the ends are
    proved, by tables of whole numbers or, failing these, by linear programs.
    """

    exposed: tuple[Exposure, ...]
    figures: int
    open: int

    @property
    def safe(self) -> bool:
        return not self.exposed

    @property
    def proved(self) -> bool:
        return self.open == 0


def audit(releases: Sequence[Release], k: int = DEFAULT_K, *, most_programs: int = MOST_PROGRAMS) -> Audit:
    """Find the figures that readers of all `releases` can narrow down too far.

    A figure that is withheld must be able to take every value 0..k-1, as far as its own release tells. As far as all
    releases together tell, it must either still be so or be known to be at least k, as if it had been published; the
    same holds for a figure that a table's labels allow but that was not listed, for one that was rounded, and for the
    people added between two steps behind each figure, where something was shown at the first.

    Parameters
    ----------
    releases : sequence of Release
        All that readers have of these people. Dimensions of one name have the same finest labels.
    k : int
        Smallest count of people that may be known; at least 2.
    most_programs : int
        How many values may be proved one by one by integer programs, where the shape of the tables proves nothing.

    Returns
    -------
    Audit
        Empty `exposed` where the releases keep the rule.

    Raises
    ------
    ScienceError
        No release, or releases that contradict each other or themselves.

    """
    k = whole(k, "k", least=2)
    most_programs = whole(most_programs, "The number of programs", least=0)
    releases = _checked(releases)
    together = _audit(releases, k, most_programs)
    alone = [_audit([release], k, most_programs) for release in releases] if len(releases) > 1 else []
    more = [replace(one, release=place) for place, found in enumerate(alone) for one in found.exposed]
    known = {(one.release, one.key) for one in together.exposed if one.since is None}
    return replace(
        together,
        exposed=together.exposed + tuple(one for one in more if (one.release, one.key) not in known),
        open=together.open + sum(found.open for found in alone),
    )


def _audit(releases: Sequence[Release], k: int, most_programs: int) -> Audit:
    universe = Universe(releases)
    targets = list(_targets(releases, universe))
    found = ranges(Knowledge.of(releases, universe), [target for _, target in targets], k, most_programs)
    exposed = [
        replace(exposure, low=one.low, high=one.high, missing=one.missing)
        for (exposure, target), one in zip(targets, found, strict=True)
        if not _keeps_the_rule(one, target, k)
    ]
    return Audit(tuple(exposed), figures=len(targets), open=sum(not one.proved for one in found))


def require_safe(releases: Sequence[Release], k: int = DEFAULT_K) -> Audit:
    """Audit releases and fail those that tell too much.

    Returns the audit. Raises `ScienceError` where a figure is exposed; its sentence names the first one by its labels.
    """
    result = audit(releases, k)
    if not result.safe:
        first = result.exposed[0]
        who = "" if first.since is None else f", people added after step {first.since}"
        raise ScienceError(
            f"Not to be released: readers could narrow down {len(result.exposed)} figures; the first is that of "
            f"{', '.join(first.key)}{who}."
        )
    return result


def _keeps_the_rule(found: Range, target: Target, k: int) -> bool:
    if target.may_be_large and found.low >= k:
        return True
    return found.low == 0 and (found.high is None or found.high >= k - 1) and not found.missing


def _checked(releases: Sequence[Release]) -> list[Release]:
    if not releases or not all(isinstance(release, Release) for release in releases):
        raise ScienceError("The audit needs at least one release, each a Release.")
    for release in releases:
        strangers = set(release.cells) - set(keys(check_dimensions(release.dimensions)))
        if strangers:
            raise ScienceError(f"The figure {min(strangers, key=repr)!r} is no combination of its table's labels.")
    return list(releases)


def _targets(releases: Sequence[Release], universe: Universe) -> Iterator[tuple[Exposure, Target]]:
    # Of a step at which nothing was shown there is no figure to take a difference from.
    shown = {release.step for release in releases if not release.withheld}
    for place, release in enumerate(releases):
        for key in keys(release.dimensions):
            cell = release.cells.get(key)
            if cell is None or cell.suppressed or release.base:
                groups = universe.groups(release.dimensions, key, step=release.step)
                may_be_large = len(releases) > 1 or cell is None or not cell.suppressed
                yield Exposure(place, key, None, 0, None), Target(groups, may_be_large=may_be_large)
            for since in sorted(step for step in shown if step < release.step):
                groups = universe.groups(release.dimensions, key, step=release.step, since=since)
                yield Exposure(place, key, since, 0, None), Target(groups, may_be_large=True)
