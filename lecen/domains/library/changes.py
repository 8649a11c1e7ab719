"""What others may react to in the library."""

from dataclasses import dataclass
from uuid import UUID

from lecen.kernel.changes import Change


@dataclass(frozen=True)
class PlaybookPublished(Change):
    playbook_id: UUID
