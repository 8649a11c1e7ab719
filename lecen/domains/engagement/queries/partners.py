"""Partners of events, and who is to be told about an event."""

from uuid import UUID

from django.db.models import QuerySet

from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import InvitationState
from lecen.domains.engagement.models import Event, EventPartner
from lecen.domains.engagement.queries import attendance
from lecen.kernel.notify import Recipient
from lecen.kernel.viewer import Viewer


def partners_of(*, viewer: Viewer, event: Event) -> QuerySet[EventPartner]:
    """Everybody asked to carry `event`, with their answers, in the order of the invitations."""
    return (
        rules.visible_partners(viewer)
        .filter(event=event)
        .select_related("organization", "event__agency")
        .order_by("invited_at", "pk")
    )


def invitation(*, partner_id: UUID) -> EventPartner | None:
    """What a signed link opens: whoever holds it may see this one invitation."""
    partners = EventPartner.objects.select_related("event__agency", "organization", "invited_by")
    return partners.filter(pk=partner_id).first()


def partner_address(*, partner: EventPartner) -> Recipient | None:
    organization = partner.organization
    if not organization.contact_email:
        return None
    return Recipient(address=organization.contact_email, language=organization.language)


def people_to_tell(*, event: Event) -> list[Recipient]:
    """Who counts on `event`: whoever registered and gave an address, and the partners who accepted."""
    accepted = event.partners.filter(state=InvitationState.ACCEPTED).select_related("organization").order_by("pk")
    told = [address for partner in accepted if (address := partner_address(partner=partner))]
    return [*attendance.people_to_tell(event=event), *told]
