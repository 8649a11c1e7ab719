"""What others may react to."""

from dataclasses import dataclass
from uuid import UUID

from lecen.kernel.changes import Change


@dataclass(frozen=True)
class CollectorOpened(Change):
    collector_id: UUID


@dataclass(frozen=True)
class CollectorClosed(Change):
    collector_id: UUID


@dataclass(frozen=True)
class ResultsReleased(Change):
    collector_id: UUID
    n: int
