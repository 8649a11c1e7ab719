"""Events: drafted, filled from a playbook, changed, thrown away while nobody has seen them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies import rules as agencies
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.domains.engagement import rules
from lecen.domains.engagement.changes import EventChanged
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event, EventCondition, Plan
from lecen.domains.engagement.services.pulse import move_pulse
from lecen.kernel import audit, changes, search
from lecen.kernel.errors import Refused
from lecen.kernel.ids import uuid7
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer

NOTHING = TranslatedText()


@dataclass(frozen=True)
class ConditionDraft:
    """One of the four contact conditions as planned."""

    condition: str
    rating: str
    plan: TranslatedText = NOTHING


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """An event as somebody wrote it. `event_id` is drawn by the form: sent twice, it makes one event."""

    agency: Agency
    title: TranslatedText
    purpose: TranslatedText
    kind: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    event_id: UUID | None = None
    plan: Plan | None = None
    description: TranslatedText = NOTHING
    place: str = ""
    address: str = ""
    directions: TranslatedText = NOTHING
    latitude: float | None = None
    longitude: float | None = None
    neighborhoods: tuple[Neighborhood, ...] = ()
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    capacity: int | None = None
    takes_registrations: bool = False
    conditions: tuple[ConditionDraft, ...] = ()


TRANSLATED = ("title", "purpose", "description", "directions")
PLAIN = (
    "kind",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "address",
    "latitude",
    "longitude",
    "capacity",
    "takes_registrations",
)
VISITORS_COUNT_ON = ("starts_at", "ends_at", "time_zone", "place", "address")


def draft_event(*, by: Viewer, draft: EventDraft, at: datetime) -> Event:
    """A new event that only the agency sees. The same draft a second time gives the event of the first."""
    with transaction.atomic():
        require(agencies.can_organize, by, draft.agency)
        key = draft.event_id or uuid7()
        # The parent is locked, so that a form sent twice at once waits here and then finds the first one's event.
        Agency.objects.select_for_update().get(pk=draft.agency.pk)
        existing = Event.objects.filter(pk=key, agency=draft.agency).first()
        if existing is not None:
            return existing
        event = Event(pk=key, agency=draft.agency, plan=draft.plan)
        _write(event, draft, at)
        event.full_clean(exclude=["agency", "plan", "collector"])
        event.save(force_insert=True)
        _write_parts(event, draft)
        _index(event)
        audit.record(by=by, act="event.drafted", on=event, at=at)
    return event


def draft_event_from_plan(
    *, by: Viewer, plan: Plan, starts_at: datetime, ends_at: datetime, place: str, at: datetime
) -> Event:
    """The event that a plan prepares, with purpose, kind and contact conditions as its playbook has them."""
    with transaction.atomic():
        require(agencies.can_organize, by, plan.agency)
        Plan.objects.select_for_update().get(pk=plan.pk)
        existing = Event.objects.filter(plan=plan).first()
        if existing is not None:
            return existing
        return draft_event(
            by=by,
            at=at,
            draft=EventDraft(
                agency=plan.agency,
                plan=plan,
                title=plan.title,
                purpose=plan.playbook.purpose,
                description=_text(plan.playbook.content.get("description", {})),
                kind=plan.playbook.kind,
                starts_at=starts_at,
                ends_at=ends_at,
                time_zone=plan.agency.time_zone,
                place=place,
                languages=tuple(plan.agency.languages),
                takes_registrations=True,
                conditions=_planned_conditions(plan.playbook.content),
            ),
        )


def change_event(*, by: Viewer, event_id: UUID, draft: EventDraft, at: datetime) -> Event:
    """Write `draft` over the event. Visitors are told only where day, time or place of a published one moved."""
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)
        require(rules.can_organize_event, by, event)
        if event.state == EventState.CANCELED:
            raise Refused(_("A canceled event can no longer be changed. Draft a new one."))
        before = [getattr(event, name) for name in VISITORS_COUNT_ON]
        _write(event, draft, at)
        event.full_clean(exclude=["agency", "plan", "collector"])
        _keep_publishable(event, at)
        moved = before != [getattr(event, name) for name in VISITORS_COUNT_ON]
        must_tell = moved and event.state == EventState.PUBLISHED
        event.sequence += must_tell
        event.save()
        _write_parts(event, draft)
        _index(event)
        audit.record(by=by, act="event.changed", on=event, at=at)
        if must_tell:
            move_pulse(by=by, event=event, at=at)
            changes.publish(EventChanged(event_id=event.pk, sequence=event.sequence))
    return event


def move_event(*, by: Viewer, event_id: UUID, starts_at: datetime, ends_at: datetime, at: datetime) -> Event:
    """Set other hours and leave the rest: what a plan does when its day moves. Visitors of a published one are told."""
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).select_related("agency").get(pk=event_id)
        require(rules.can_organize_event, by, event)
        if event.state == EventState.CANCELED or event.ends_at <= at:
            raise Refused(_("The event is canceled or over and can no longer be moved."))
        if (event.starts_at, event.ends_at) == (starts_at, ends_at):
            return event
        event.starts_at, event.ends_at, event.changed_at = starts_at, ends_at, at
        event.full_clean(exclude=["agency", "plan", "collector"])
        _keep_publishable(event, at)
        must_tell = event.state == EventState.PUBLISHED
        event.sequence += must_tell
        event.save(update_fields=["starts_at", "ends_at", "changed_at", "sequence"])
        audit.record(by=by, act="event.moved", on=event, at=at)
        if must_tell:
            move_pulse(by=by, event=event, at=at)
            changes.publish(EventChanged(event_id=event.pk, sequence=event.sequence))
    return event


def delete_draft(*, by: Viewer, event_id: UUID, at: datetime) -> None:
    """Throw away an event that was never published, with its invitations."""
    with transaction.atomic():
        event = Event.objects.select_for_update().filter(pk=event_id).first()
        if event is None:
            return
        require(rules.can_organize_event, by, event)
        if event.state != EventState.DRAFT:
            raise Refused(_("Only a draft can be deleted. Cancel a published event instead."))
        audit.record(by=by, act="event.deleted", on=event, at=at)
        search.remove(event)
        event.delete()


def _write(event: Event, draft: EventDraft, at: datetime) -> None:
    for name in TRANSLATED:
        before, after = getattr(event, name), getattr(draft, name)
        setattr(event, name, before.revised(after) if before and after else after)
    for name in PLAIN:
        setattr(event, name, getattr(draft, name))
    event.languages, event.access = list(draft.languages), list(draft.access)
    event.changed_at = at


def _write_parts(event: Event, draft: EventDraft) -> None:
    if any(neighborhood.agency_id != event.agency_id for neighborhood in draft.neighborhoods):
        raise Refused(_("Choose neighborhoods of your own agency."), field="neighborhoods")
    event.neighborhoods.set(draft.neighborhoods)
    written = {condition.condition: condition for condition in event.conditions.all()}
    for planned in draft.conditions:
        condition = written.get(planned.condition) or EventCondition(event=event, condition=planned.condition)
        condition.rating = planned.rating
        condition.plan = condition.plan.revised(planned.plan) if condition.plan and planned.plan else planned.plan
        condition.full_clean(exclude=["event"])
        condition.save()


def _index(event: Event) -> None:
    search.index(event, title=event.title, body=(event.purpose, event.description, event.place, event.agency.name))


def _keep_publishable(event: Event, at: datetime) -> None:
    """What is published may not lose what it needed to be published."""
    if event.state != EventState.PUBLISHED:
        return
    if not event.place:
        raise Refused(_("A published event needs a place."), field="place")
    if event.ends_at <= at:
        raise Refused(_("A published event cannot be moved into the past."), field="day")


def _planned_conditions(content: dict) -> tuple[ConditionDraft, ...]:
    return tuple(
        ConditionDraft(condition=key, rating=planned["rating"], plan=_text(planned.get("plan", {})))
        for key, planned in content.get("contact_conditions", {}).items()
    )


def _text(texts: dict[str, str]) -> TranslatedText:
    return TranslatedText.of(**texts)
