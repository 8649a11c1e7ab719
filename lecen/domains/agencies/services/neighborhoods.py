"""Who serves a neighborhood: duty contacts, given, confirmed and ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies import rules
from lecen.domains.agencies.models import Neighborhood, NeighborhoodAssignment
from lecen.domains.agencies.queries.positions import day_of
from lecen.kernel import audit
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class DutyContact:
    """How residents reach whoever serves them; a name only where the agency chooses to give one."""

    duty: str
    officer_name: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()


def give_assignment(*, by: Viewer, neighborhood_id: UUID, contact: DutyContact, at: datetime) -> NeighborhoodAssignment:
    """Name a duty contact for a neighborhood, confirmed as of today."""
    with transaction.atomic():
        neighborhood = (
            Neighborhood.objects.select_for_update(of=("self",)).select_related("agency").get(pk=neighborhood_id)
        )
        require(rules.can_lead, by, neighborhood.agency)
        if not (contact.phone or contact.email):
            raise Refused(_("Give a telephone or an e-mail address, or residents cannot reach anybody."), field="phone")
        today = day_of(neighborhood.agency, at)
        assignment = NeighborhoodAssignment(
            neighborhood=neighborhood,
            duty=contact.duty,
            officer_name=contact.officer_name,
            phone=contact.phone,
            email=contact.email,
            languages=list(contact.languages),
            since=today,
            last_confirmed_on=today,
        )
        if neighborhood.assignments.filter(duty=contact.duty, until=None).exists():
            raise Refused(_("This neighborhood already has a contact for this duty. End that one first."), field="duty")
        assignment.full_clean()
        assignment.save()
        audit.record(by=by, act="assignment.given", on=assignment, at=at)
    return assignment


def confirm_assignment(*, by: Viewer, assignment_id: UUID, at: datetime) -> NeighborhoodAssignment:
    """Say that the contact is still right as of today."""
    with transaction.atomic():
        assignment = _locked(by, assignment_id)
        if assignment.until:
            raise Refused(_("This contact has ended. Add a new one instead."))
        assignment.last_confirmed_on = day_of(assignment.neighborhood.agency, at)
        assignment.save(update_fields=["last_confirmed_on"])
        audit.record(by=by, act="assignment.confirmed", on=assignment, at=at)
    return assignment


def end_assignment(*, by: Viewer, assignment_id: UUID, at: datetime) -> NeighborhoodAssignment:
    """Take a contact off the neighborhood's page. Ending it again changes nothing."""
    with transaction.atomic():
        assignment = _locked(by, assignment_id)
        if not assignment.until:
            assignment.until = day_of(assignment.neighborhood.agency, at)
            assignment.save(update_fields=["until"])
            audit.record(by=by, act="assignment.ended", on=assignment, at=at)
    return assignment


def _locked(by: Viewer, assignment_id: UUID) -> NeighborhoodAssignment:
    assignment = (
        NeighborhoodAssignment.objects.select_for_update(of=("self",))
        .select_related("neighborhood__agency")
        .get(pk=assignment_id)
    )
    require(rules.can_lead, by, assignment.neighborhood.agency)
    return assignment
