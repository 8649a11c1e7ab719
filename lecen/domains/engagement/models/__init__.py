"""The engagement area's tables, split by noun."""

from lecen.domains.engagement.models.attendance import CheckIn, Registration
from lecen.domains.engagement.models.events import Event, EventCondition, EventPartner
from lecen.domains.engagement.models.plans import Plan, PlanRole, PlanTask, SafeguardCheck
from lecen.domains.engagement.models.programs import Program

__all__ = [
    "CheckIn",
    "Event",
    "EventCondition",
    "EventPartner",
    "Plan",
    "PlanRole",
    "PlanTask",
    "Program",
    "Registration",
    "SafeguardCheck",
]
