"""Who carries an event with the agency: invited, reminded, answered by a signed link, withdrawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.models import PartnerOrganization
from lecen.domains.agencies.services.partners import PartnerRecord, create_partner
from lecen.domains.engagement import rules
from lecen.domains.engagement.changes import PartnerAnswered, PartnerInvited, PartnerWithdrawn
from lecen.domains.engagement.choices import EventState, InvitationState, PartnerRole
from lecen.domains.engagement.models import Event, EventPartner
from lecen.kernel import audit, changes
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer

LINK_LASTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """Whom to ask, and for what part; `newcomer` is not on the agency's list yet."""

    organization_ids: tuple[UUID, ...] = ()
    newcomer: PartnerRecord | None = None
    role: str = PartnerRole.PARTNER


def invite_partners(*, by: Viewer, event_id: UUID, invitation: Invitation, at: datetime) -> list[EventPartner]:
    """Ask organizations to take part. Whoever is invited or has accepted already is not asked twice."""
    with transaction.atomic():
        event = _lock_event(by, event_id, at)
        known = PartnerOrganization.objects.filter(agency=event.agency, pk__in=invitation.organization_ids)
        organizations = list(known.order_by("name", "pk"))
        if invitation.newcomer:
            organizations.append(create_partner(by=by, agency_id=event.agency_id, record=invitation.newcomer, at=at))
        if not organizations:
            raise Refused(_("Choose whom to invite, or add an organization."), field="organizations")
        _require_addresses(organizations)
        return [_invite(by, event, organization, invitation.role, at) for organization in organizations]


def remind_partner(*, by: Viewer, partner_id: UUID, at: datetime) -> EventPartner:
    """Send the link once more, with more time to answer; at most one reminder a day goes out."""
    with transaction.atomic():
        partner = _lock_partner(by, partner_id, at)
        if partner.state != InvitationState.INVITED:
            raise Refused(_("They have answered already, or the invitation was withdrawn."))
        partner.expires_at = _link_ends(partner.event, at)
        partner.save(update_fields=["expires_at"])
        audit.record(by=by, act="partner.reminded", on=partner, at=at)
        changes.publish(PartnerInvited(partner_id=partner.pk, occasion=f"reminded-{at:%Y-%m-%d}"))
    return partner


def withdraw_partner(*, by: Viewer, partner_id: UUID, at: datetime) -> EventPartner:
    """Take an invitation back; the link says so, and the partner leaves the public page."""
    with transaction.atomic():
        partner = _lock_partner(by, partner_id, at)
        if partner.state in {InvitationState.WITHDRAWN, InvitationState.DECLINED}:
            return partner
        had_accepted = partner.state == InvitationState.ACCEPTED
        partner.state = InvitationState.WITHDRAWN
        partner.save(update_fields=["state"])
        audit.record(by=by, act="partner.withdrawn", on=partner, at=at)
        changes.publish(PartnerWithdrawn(partner_id=partner.pk, had_accepted=had_accepted))
    return partner


def reinvite_partner(*, by: Viewer, partner_id: UUID, at: datetime) -> EventPartner:
    """Ask again whoever declined, was withdrawn or let the link expire."""
    with transaction.atomic():
        partner = _lock_partner(by, partner_id, at)
        waits = partner.state == InvitationState.INVITED and partner.expires_at > at
        if waits or partner.state == InvitationState.ACCEPTED:
            return partner
        return _send(by, partner, at)


def answer_invitation(*, by: Viewer, partner_id: UUID, accepts: bool, promise: str, at: datetime) -> EventPartner:
    """What an organization answers by its link. The first answer counts; a second one changes nothing."""
    with transaction.atomic():
        partner = EventPartner.objects.select_for_update(of=("self",)).select_related("event").get(pk=partner_id)
        require(rules.can_answer_invitation, by, partner)
        if partner.state in {InvitationState.ACCEPTED, InvitationState.DECLINED}:
            return partner
        _refuse_closed(partner, at)
        partner.state = InvitationState.ACCEPTED if accepts else InvitationState.DECLINED
        partner.promise, partner.answered_at = promise.strip() if accepts else "", at
        partner.full_clean(exclude=["event", "organization", "invited_by"])
        partner.save(update_fields=["state", "promise", "answered_at"])
        audit.record(by=by, act="partner.answered", on=partner, at=at)
        changes.publish(PartnerAnswered(partner_id=partner.pk, accepted=accepts))
    return partner


def _invite(by: Viewer, event: Event, organization: PartnerOrganization, role: str, at: datetime) -> EventPartner:
    partner = EventPartner.objects.select_for_update().filter(event=event, organization=organization).first()
    if partner is None:
        partner = EventPartner(event=event, organization=organization)
    elif partner.state in {InvitationState.INVITED, InvitationState.ACCEPTED}:
        return partner
    partner.role = role
    return _send(by, partner, at)


def _send(by: Viewer, partner: EventPartner, at: datetime) -> EventPartner:
    partner.state, partner.answered_at, partner.promise = InvitationState.INVITED, None, ""
    partner.invited_at, partner.invited_by_id = at, by.user_id
    partner.expires_at = _link_ends(partner.event, at)
    partner.full_clean(exclude=["event", "organization", "invited_by"])
    partner.save()
    audit.record(by=by, act="partner.invited", on=partner, at=at)
    changes.publish(PartnerInvited(partner_id=partner.pk, occasion=f"invited-{at:%Y-%m-%dT%H:%M:%S}"))
    return partner


def _lock_event(by: Viewer, event_id: UUID, at: datetime) -> Event:
    event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)
    require(rules.can_organize_event, by, event)
    if event.state == EventState.CANCELED or event.ends_at <= at:
        raise Refused(_("The event is canceled or over, so nobody can be invited to it anymore."))
    return event


def _lock_partner(by: Viewer, partner_id: UUID, at: datetime) -> EventPartner:
    """The invitation, locked after its event as everywhere, so that two writers never wait for each other."""
    event_id = EventPartner.objects.values_list("event", flat=True).get(pk=partner_id)
    event = _lock_event(by, event_id, at)
    partner = EventPartner.objects.select_for_update().get(pk=partner_id)
    partner.event = event
    return partner


def _link_ends(event: Event, at: datetime) -> datetime:
    return min(at + LINK_LASTS, event.ends_at)


def _require_addresses(organizations: list[PartnerOrganization]) -> None:
    without = [organization.name for organization in organizations if not organization.contact_email]
    if without:
        raise Refused(
            _("There is no e-mail for invitations to %(names)s yet. Add it to the list of partners first.")
            % {"names": ", ".join(without)},
            field="organizations",
        )


def _refuse_closed(partner: EventPartner, at: datetime) -> None:
    if partner.state == InvitationState.WITHDRAWN:
        raise Refused(_("This invitation was withdrawn. Ask the person who sent it."))
    if partner.event.state == EventState.CANCELED:
        raise Refused(_("The event is canceled, so there is nothing to answer anymore."))
    if partner.expires_at <= at:
        raise Refused(_("This link has expired. Ask the person who sent it for a new one."))
