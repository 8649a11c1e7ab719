"""What publishing a file of boundaries would change."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lecen.domains.agencies.logic import Area
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.kernel import geometry
from lecen.kernel.geometry import Box


@dataclass(frozen=True)
class Comparison:
    """The areas of a file beside the neighborhoods in force."""

    added: tuple[Area, ...]
    redrawn: tuple[tuple[Neighborhood, Area], ...]
    renamed: tuple[tuple[Neighborhood, Area], ...]
    unchanged: tuple[Neighborhood, ...]
    ended: tuple[Neighborhood, ...]

    @property
    def changes_anything(self) -> bool:
        return bool(self.added or self.redrawn or self.renamed or self.ended)


def compare(*, agency: Agency, areas: Sequence[Area], kept: Collection[str] = ()) -> Comparison:
    """How `areas` differ from the boundaries in force; codes in `kept` do not end although the file lacks them."""
    current = {area.code: area for area in agency.neighborhoods.filter(valid_until=None).order_by("code")}
    codes = {area.code for area in areas}
    pairs = [(current[area.code], area) for area in areas if area.code in current]
    stands = {area.code: _stands(before, area) for before, area in pairs}
    standing = [pair for pair in pairs if stands[pair[1].code]]
    return Comparison(
        added=tuple(area for area in areas if area.code not in current),
        redrawn=tuple(pair for pair in pairs if not stands[pair[1].code]),
        renamed=tuple((before, area) for before, area in standing if before.name != area.name),
        unchanged=tuple(before for before, area in standing if before.name == area.name),
        ended=tuple(before for code, before in current.items() if code not in codes and code not in kept),
    )


def _stands(before: Neighborhood, area: Area) -> bool:
    box = Box(before.west, before.south, before.east, before.north)
    return box == area.box and geometry.same(before.boundary, area.boundary)
