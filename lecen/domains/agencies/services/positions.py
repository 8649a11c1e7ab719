"""Positions: given by a lead or an operator, for a year, renewed or ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.accounts.models import User
from lecen.domains.agencies import rules
from lecen.domains.agencies.changes import PositionEnded, PositionGiven
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.logic import one_year_after
from lecen.domains.agencies.models import Agency, Position
from lecen.domains.agencies.queries.positions import day_of
from lecen.kernel import audit, changes
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class NewPosition:
    """Who is to hold what, and where; without an agency in the network itself."""

    email: str
    role: str
    standing: str
    agency_id: UUID | None = None
    title: str = ""


def give_position(*, by: Viewer, position: NewPosition, at: datetime) -> Position:
    """Attest that a person holds a role, for one year. The attestation is signed by whoever gives it."""
    with transaction.atomic():
        agency = _locked_agency(position.agency_id)
        given = Position(agency=agency, role=position.role, standing=position.standing, title=position.title)
        require(rules.can_manage_position, by, given)
        given.user = _person(by, position.email)
        _refuse_second(given)
        given.attested_by, given.attested_at = _attester(by, agency), at
        given.expires_on = one_year_after(day_of(agency, at))
        given.full_clean()
        given.save()
        audit.record(by=by, act="position.given", on=given, at=at)
        changes.publish(PositionGiven(position_id=given.pk))
    return given


def renew_position(*, by: Viewer, position_id: UUID, at: datetime) -> Position:
    """Attest the same role for another year from today."""
    with transaction.atomic():
        position = _locked(by, position_id)
        if position.ended_at:
            raise Refused(_("This position has ended. Give it again instead."))
        _refuse_oneself(by, position.user)
        position.attested_by, position.attested_at = _attester(by, position.agency), at
        position.expires_on = one_year_after(day_of(position.agency, at))
        position.save(update_fields=["attested_by", "attested_at", "expires_on"])
        audit.record(by=by, act="position.renewed", on=position, at=at)
        changes.publish(PositionGiven(position_id=position.pk))
    return position


def end_position(*, by: Viewer, position_id: UUID, at: datetime, reason: str = "") -> Position:
    """Take a role back at once. Ending it again changes nothing."""
    with transaction.atomic():
        position = _locked(by, position_id)
        if position.ended_at:
            return position
        if position.role == Role.LEAD and position.user_id == by.user_id:
            raise Refused(_("You cannot end your own position as lead. Ask another lead or an operator."))
        position.ended_at = at
        position.save(update_fields=["ended_at"])
        audit.record(by=by, act="position.ended", on=position, why=reason, at=at)
        changes.publish(PositionEnded(position_id=position.pk))
    return position


def _attester(by: Viewer, agency: Agency | None) -> str:
    """Who answers for it: whoever gives it, or for the platform the supervisor in the agency's own record."""
    supervisor = agency.supervisor_email if agency else ""
    return supervisor if by.is_system and supervisor else by.name


def _locked_agency(agency_id: UUID | None) -> Agency | None:
    return Agency.objects.select_for_update().get(pk=agency_id) if agency_id else None


def _locked(by: Viewer, position_id: UUID) -> Position:
    position = Position.objects.select_for_update(of=("self",)).select_related("agency", "user").get(pk=position_id)
    require(rules.can_manage_position, by, position)
    return position


def _person(by: Viewer, email: str) -> User:
    """The person with this address. Nobody but an operator gives or renews a position of their own."""
    # Locked, so that one person is not given one position twice at once.
    person = User.objects.select_for_update().filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise Refused(
            _("Nobody has signed up with this address yet. Ask the person to create an account first."), field="email"
        )
    _refuse_oneself(by, person)
    return person


def _refuse_oneself(by: Viewer, person: User) -> None:
    if person.pk == by.user_id and not rules.can_operate(by):
        raise Refused(_("A position is confirmed by somebody else. Ask another lead or an operator."), field="email")


def _refuse_second(position: Position) -> None:
    held = Position.objects.filter(
        user=position.user, agency=position.agency, role=position.role, ended_at=None
    ).exists()
    if held:
        raise Refused(_("This person already holds this position. Renew it in the list."), field="role")
