"""The report of an event: every figure, where it comes from, and what it cannot show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from lecen.domains.engagement.choices import EventState, TaskState
from lecen.domains.engagement.models import Event, EventPartner, PlanTask
from lecen.domains.evaluation import logic, rules
from lecen.domains.evaluation.choices import Known, Stage
from lecen.domains.evaluation.logic import Amount
from lecen.domains.evaluation.queries.people import People, people_at
from lecen.domains.evaluation.queries.pulse import Pulse, pulse_of
from lecen.domains.evaluation.queries.sources import Source, sources_of
from lecen.kernel.rules import require
from lecen.kernel.times import say_day
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True)
class FollowUp:
    """What was promised: `state` is open, late or done; `owner` is empty where nobody has it."""

    title: str
    owner: str
    due_on: date
    state: str
    done_on: date | None

    @property
    def due_said(self) -> str:
        return say_day(self.due_on)

    @property
    def done_said(self) -> str:
        return say_day(self.done_on) if self.done_on else ""

    @property
    def state_word(self) -> str:
        return {"open": _("open"), "late": _("late"), "done": _("done")}[self.state]

    @property
    def state_said(self) -> str:
        return f"{self.state_word} · {self.done_said}" if self.done_on else self.state_word


@dataclass(frozen=True)
class EventReport:
    """One page about one event, in the active language. Pages, files and the API say what stands here, no more."""

    event: Event
    stage: Stage
    first_line: str
    hosts: tuple[str, ...]  # partners and co-hosts who accepted
    people: People
    pulse: Pulse
    follow_ups: tuple[FollowUp, ...]
    limits: tuple[str, ...]
    next_step: str
    sources: tuple[Source, ...]

    @property
    def event_id(self) -> UUID:
        return self.event.pk

    @property
    def title(self) -> str:
        return str(self.event.title)

    @property
    def purpose(self) -> str:
        return str(self.event.purpose)

    @property
    def place(self) -> str:
        return self.event.place

    @property
    def when(self) -> str:
        return self.event.when

    @property
    def is_over(self) -> bool:
        return self.stage == Stage.OVER

    @property
    def late(self) -> int:
        return sum(each.state == "late" for each in self.follow_ups)


def reported_events(*, viewer: Viewer) -> QuerySet[Event]:
    """Events whose report `viewer` may read, with what the report says about them."""
    partners = EventPartner.objects.select_related("organization").order_by("role", "pk")
    return (
        rules.visible_reports(viewer)
        .select_related("agency", "collector__questionnaire", "collector__agency")
        .prefetch_related("conditions", Prefetch("partners", partners))
    )


def recent_reports(*, viewer: Viewer, at: datetime) -> QuerySet[Event]:
    """Events that took place and whose report `viewer` may read, the latest first."""
    return (
        rules.visible_reports(viewer)
        .filter(state=EventState.PUBLISHED, ends_at__lte=at)
        .select_related("agency")
        .order_by("-starts_at", "-pk")
    )


def event_report(*, viewer: Viewer, event: Event, at: datetime) -> EventReport:
    """The report of `event`, one of `reported_events`; the number of queries does not depend on its size."""
    require(rules.can_view_report, viewer, event)
    stage = logic.stage_of(state=event.state, is_over=event.ends_at <= at)
    people = people_at(event=event) if stage == Stage.OVER else People()
    pulse = pulse_of(event=event) if stage == Stage.OVER else Pulse(Amount(Known.ABSENT))
    follow_ups = _follow_ups(event, at)
    standing = logic.Standing(
        stage=stage,
        answered=pulse.answered,
        present=people.present,
        late=sum(each.state == "late" for each in follow_ups),
        has_follow_ups=bool(follow_ups),
        low=pulse.lowest,
    )
    return EventReport(
        event=event,
        stage=stage,
        first_line=logic.first_line(stage=stage, answered=pulse.answered, present=people.present),
        hosts=tuple(_host(partner) for partner in event.accepted_partners),
        people=people,
        pulse=pulse,
        follow_ups=follow_ups,
        limits=logic.limits(answered=pulse.answered),
        next_step=logic.next_step(standing),
        sources=sources_of(event=event, people=people, pulse=pulse, follow_ups=len(follow_ups)),
    )


def _host(partner: EventPartner) -> str:
    if partner.role == "co_host":
        return _("%(name)s (co-host)") % {"name": partner.organization}
    return str(partner.organization)


def _follow_ups(event: Event, at: datetime) -> tuple[FollowUp, ...]:
    zone = ZoneInfo(event.agency.time_zone)
    tasks = (
        PlanTask.objects.filter(plan=event.plan_id, is_follow_up=True)
        .exclude(state=TaskState.DROPPED)
        .select_related("owner", "role__holder")
        .order_by("due_on", "pk")
    )
    return tuple(
        FollowUp(
            title=str(task.title),
            owner=task.who,
            due_on=task.due_on,
            state=logic.follow_up_state(state=task.state, due_on=task.due_on, today=at.astimezone(zone).date()),
            done_on=task.done_at.astimezone(zone).date() if task.done_at else None,
        )
        for task in (tasks if event.plan_id else ())
    )
