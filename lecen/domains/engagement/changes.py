"""What others may react to. Each is published in the transaction of the act that it names."""

from dataclasses import dataclass
from uuid import UUID

from lecen.kernel.changes import Change


@dataclass(frozen=True)
class EventPublished(Change):
    event_id: UUID


@dataclass(frozen=True)
class EventChanged(Change):
    """Day, time or place of a published event is another: whoever counts on it must know."""

    event_id: UUID
    sequence: int


@dataclass(frozen=True)
class EventCanceled(Change):
    event_id: UUID


@dataclass(frozen=True)
class PartnerInvited(Change):
    """An invitation, or a reminder of it, goes out; `occasion` tells one message from the next."""

    partner_id: UUID
    occasion: str


@dataclass(frozen=True)
class PartnerAnswered(Change):
    partner_id: UUID
    accepted: bool


@dataclass(frozen=True)
class PartnerWithdrawn(Change):
    """The organizer took an invitation back; `had_accepted` where the partner counted on it."""

    partner_id: UUID
    had_accepted: bool


# --- Registrations ---
@dataclass(frozen=True)
class RegistrationMade(Change):
    """Seats are kept for somebody who left an address."""

    registration_id: UUID


# --- Plans ---
@dataclass(frozen=True)
class PlanStarted(Change):
    plan_id: UUID


@dataclass(frozen=True)
class PlanMoved(Change):
    plan_id: UUID


@dataclass(frozen=True)
class PlanEnded(Change):
    """The plan is done or was given up; `state` says which."""

    plan_id: UUID
    state: str
