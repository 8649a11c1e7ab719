"""Events before everybody: published, and called off. A published event never vanishes: it is canceled."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.engagement import rules
from lecen.domains.engagement.changes import EventCanceled, EventPublished
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event
from lecen.domains.engagement.queries.events import publication_gaps
from lecen.domains.engagement.services.pulse import close_pulse, open_pulse
from lecen.kernel import audit, changes
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


def publish_event(*, by: Viewer, event_id: UUID, at: datetime) -> Event:
    """Show a draft to everybody, once nothing that must be there is missing."""
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).select_related("agency", "plan").get(pk=event_id)
        require(rules.can_organize_event, by, event)
        if event.state == EventState.PUBLISHED:
            return event
        if event.state == EventState.CANCELED:
            raise Refused(_("A canceled event cannot be published again. Draft a new one."))
        for gap in publication_gaps(event=event, at=at):
            if gap.blocks:
                raise Refused(gap.text)
        event.state, event.published_at, event.changed_at = EventState.PUBLISHED, at, at
        event.save(update_fields=["state", "published_at", "changed_at"])
        open_pulse(by=by, event=event, at=at)
        audit.record(by=by, act="event.published", on=event, at=at)
        changes.publish(EventPublished(event_id=event.pk))
    return event


def cancel_event(*, by: Viewer, event_id: UUID, reason: TranslatedText, at: datetime) -> Event:
    """Call a published event off. Its page stays, with the reason; everybody who counts on it is told."""
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)
        require(rules.can_organize_event, by, event)
        if event.state == EventState.CANCELED:
            return event
        if event.state == EventState.DRAFT:
            raise Refused(_("Only a published event is canceled. Delete the draft instead."))
        if event.ends_at <= at:
            raise Refused(_("The event is over and can no longer be canceled."))
        if not reason:
            raise Refused(_("Say why the event is canceled."), field="reason")
        event.state, event.canceled_at, event.cancel_reason = EventState.CANCELED, at, reason
        event.takes_registrations, event.changed_at = False, at
        event.sequence += 1
        event.full_clean(exclude=["agency", "plan", "collector"])
        event.save(
            update_fields=["state", "canceled_at", "cancel_reason", "takes_registrations", "sequence", "changed_at"],
        )
        close_pulse(by=by, event=event, at=at)
        audit.record(by=by, act="event.canceled", on=event, at=at)
        changes.publish(EventCanceled(event_id=event.pk))
    return event
