"""What happened at agencies that others may care about."""

from dataclasses import dataclass
from uuid import UUID

from lecen.kernel.changes import Change


@dataclass(frozen=True)
class AgencyRecorded(Change):
    """An agency was added or its record changed."""

    agency_id: UUID


@dataclass(frozen=True)
class NeighborhoodsPublished(Change):
    """The boundaries of an agency's neighborhoods changed."""

    agency_id: UUID


@dataclass(frozen=True)
class PositionGiven(Change):
    """Somebody holds a position anew, or longer than before."""

    position_id: UUID


@dataclass(frozen=True)
class PositionEnded(Change):
    position_id: UUID
