"""Plans: begun from a playbook, moved to another day, ended; who plays which part, which safeguard is confirmed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement import logic, rules
from lecen.domains.engagement.changes import PlanEnded, PlanMoved, PlanStarted
from lecen.domains.engagement.choices import EventState, PlanState, TaskState
from lecen.domains.engagement.models import Event, Plan, PlanRole, PlanTask, Program, SafeguardCheck
from lecen.domains.engagement.queries.plans import people_of, today_at
from lecen.domains.engagement.services.events import draft_event_from_plan, move_event
from lecen.domains.engagement.services.programs import require_open
from lecen.domains.library.models import Playbook
from lecen.kernel import audit, changes
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.times import local_datetime
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A plan to begin. With `starts`, the draft of its event is made in the same breath.

    `request_key` is drawn by the form: sent twice, it starts one plan.
    """

    agency: Agency
    playbook: Playbook
    title: TranslatedText
    day: date
    request_key: UUID
    program: Program | None = None
    starts: time | None = None
    minutes: int = 0
    place: str = ""


@dataclass(frozen=True)
class Moved:
    """What a move of the day did: tasks that went along, and how many of them are due today."""

    tasks: int
    hurried: int


def start_plan(*, by: Viewer, draft: PlanDraft, at: datetime) -> Plan:
    """Turn a playbook into a dated plan. What should already be done by its calendar is due today."""
    with transaction.atomic():
        require(rules.can_organize, by, draft.agency)
        # The parent is locked, so that a form sent twice at once waits here and then finds the first one's plan.
        Agency.objects.select_for_update().get(pk=draft.agency.pk)
        existing = Plan.objects.filter(request_key=draft.request_key, agency=draft.agency).first()
        if existing is not None:
            return existing
        require_open(by=by, program=draft.program, agency=draft.agency)
        today = today_at(agency=draft.agency, at=at)
        _require_day_to_come(draft.day, today)
        plan = _write_plan(draft)
        _write_parts(plan, today)
        audit.record(by=by, act="plan.started", on=plan, at=at)
        changes.publish(PlanStarted(plan_id=plan.pk))
        if draft.starts is not None:
            draft_plan_event(
                by=by, plan_id=plan.pk, starts=draft.starts, minutes=draft.minutes, place=draft.place, at=at
            )
    return plan


def draft_plan_event(*, by: Viewer, plan_id: UUID, starts: time, minutes: int, place: str, at: datetime) -> Event:
    """Draft the event of a plan on its day, by the clock of its agency; a plan has one."""
    with transaction.atomic():
        plan = _lock(by, plan_id)
        _require_under_way(plan)
        starts_at = local_datetime(plan.day, starts, plan.agency.time_zone)
        ends_at = starts_at + timedelta(minutes=minutes or plan.playbook.duration_minutes)
        return draft_event_from_plan(by=by, plan=plan, starts_at=starts_at, ends_at=ends_at, place=place, at=at)


def move_plan(*, by: Viewer, plan_id: UUID, day: date, at: datetime) -> Moved:
    """Set another day. Open tasks that count from the day go along; done ones and those with a date of their own stay.

    The event keeps its hours and follows, and visitors of a published one are told.
    """
    with transaction.atomic():
        plan = _lock(by, plan_id)
        _require_under_way(plan)
        today = today_at(agency=plan.agency, at=at)
        _require_day_to_come(day, today)
        if day == plan.day:
            return Moved(0, 0)
        plan.day = day
        plan.save(update_fields=["day"])
        tasks = list(plan.tasks.select_for_update().filter(state=TaskState.OPEN, days__isnull=False))
        for task in tasks:
            task.due_on = logic.due_date(day=day, days=task.days or 0, today=today)
        PlanTask.objects.bulk_update(tasks, ["due_on"])
        _move_event(by, plan, at)
        audit.record(by=by, act="plan.moved", on=plan, at=at)
        changes.publish(PlanMoved(plan_id=plan.pk))
    hurried = sum(logic.is_hurried(day=day, days=task.days, due_on=task.due_on) for task in tasks)
    return Moved(len(tasks), hurried)


def finish_plan(*, by: Viewer, plan_id: UUID, at: datetime) -> Plan:
    """Close the plan; what is still open stays open on it and reminds nobody."""
    return _end(by, plan_id, PlanState.DONE, "plan.finished", at)


def give_up_plan(*, by: Viewer, plan_id: UUID, at: datetime) -> Plan:
    """Stop preparing. An event that is already published is canceled on its own page, with its reason."""
    return _end(by, plan_id, PlanState.CANCELED, "plan.given_up", at)


def resume_plan(*, by: Viewer, plan_id: UUID, at: datetime) -> Plan:
    with transaction.atomic():
        plan = _lock(by, plan_id)
        if plan.state != PlanState.ACTIVE:
            plan.state = PlanState.ACTIVE
            plan.save(update_fields=["state"])
            audit.record(by=by, act="plan.resumed", on=plan, at=at)
    return plan


def assign_role(
    *, by: Viewer, role_id: UUID, holder_id: UUID | None = None, holder_name: str = "", at: datetime
) -> PlanRole:
    """Give a part to a person of the agency or to a name outside it; with neither, nobody holds it."""
    with transaction.atomic():
        role = PlanRole.objects.select_for_update(of=("self",)).select_related("plan__agency").get(pk=role_id)
        require(rules.can_organize_plan, by, role.plan)
        if holder_id and holder_name.strip():
            raise Refused(_("Choose a person or write a name, not both."), field="holder_name")
        if holder_id and not people_of(agency=role.plan.agency, at=at).filter(pk=holder_id).exists():
            raise Refused(_("Choose a person of your agency."), field="holder")
        role.holder_id, role.holder_name = holder_id, holder_name.strip()
        role.full_clean(exclude=["plan", "holder"])
        role.save(update_fields=["holder", "holder_name"])
        audit.record(by=by, act="plan_role.assigned", on=role, at=at)
    return role


def confirm_safeguard(*, by: Viewer, safeguard_id: UUID, at: datetime) -> SafeguardCheck:
    """Put one's name to a safeguard. Confirming it again keeps the first name and time."""
    return _set_safeguard(by, safeguard_id, confirmed=True, at=at)


def withdraw_safeguard(*, by: Viewer, safeguard_id: UUID, at: datetime) -> SafeguardCheck:
    return _set_safeguard(by, safeguard_id, confirmed=False, at=at)


def _write_plan(draft: PlanDraft) -> Plan:
    plan = Plan(
        agency=draft.agency,
        program=draft.program,
        playbook=draft.playbook,
        title=draft.title,
        day=draft.day,
        request_key=draft.request_key,
    )
    plan.full_clean(exclude=["agency", "program", "playbook"])
    plan.save(force_insert=True)
    return plan


def _write_parts(plan: Plan, today: date) -> None:
    outline = plan.playbook.outline
    roles = {
        role.key: PlanRole(plan=plan, key=role.key, position=position, name=role.name, duties=role.does)
        for position, role in enumerate(outline.roles, 1)
    }
    PlanRole.objects.bulk_create(roles.values())
    PlanTask.objects.bulk_create(
        PlanTask(
            plan=plan,
            role=roles[task.role],
            title=task.title,
            detail=task.detail,
            days=task.days,
            due_on=logic.due_date(day=plan.day, days=task.days, today=today),
            is_follow_up=task.is_follow_up,
        )
        for task in outline.tasks
    )
    SafeguardCheck.objects.bulk_create(
        SafeguardCheck(plan=plan, key=safeguard.key, position=position, text=safeguard.text)
        for position, safeguard in enumerate(outline.safeguards, 1)
    )


def _move_event(by: Viewer, plan: Plan, at: datetime) -> None:
    event: Event | None = Event.objects.filter(plan=plan).exclude(state=EventState.CANCELED).first()
    if event is not None:
        clock = event.starts_at.astimezone(ZoneInfo(event.time_zone)).time()
        starts_at = local_datetime(plan.day, clock, event.time_zone)
        move_event(
            by=by, event_id=event.pk, starts_at=starts_at, ends_at=starts_at + (event.ends_at - event.starts_at), at=at
        )


def _end(by: Viewer, plan_id: UUID, state: PlanState, act: str, at: datetime) -> Plan:
    with transaction.atomic():
        plan = _lock(by, plan_id)
        if plan.state != state:
            plan.state = state
            plan.save(update_fields=["state"])
            audit.record(by=by, act=act, on=plan, at=at)
            changes.publish(PlanEnded(plan_id=plan.pk, state=state))
    return plan


def _set_safeguard(by: Viewer, safeguard_id: UUID, *, confirmed: bool, at: datetime) -> SafeguardCheck:
    with transaction.atomic():
        found = SafeguardCheck.objects.select_for_update(of=("self",)).select_related("plan__agency")
        safeguard = found.get(pk=safeguard_id)
        require(rules.can_organize_plan, by, safeguard.plan)
        if confirmed == bool(safeguard.confirmed_at):
            return safeguard
        safeguard.confirmed_at = at if confirmed else None
        safeguard.confirmed_by_id = by.user_id if confirmed else None
        safeguard.save(update_fields=["confirmed_at", "confirmed_by"])
        act = "safeguard.confirmed" if confirmed else "safeguard.withdrawn"
        audit.record(by=by, act=act, on=safeguard, at=at)
    return safeguard


def _lock(by: Viewer, plan_id: UUID) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("agency", "playbook").get(pk=plan_id)
    require(rules.can_organize_plan, by, plan)
    return plan


def _require_under_way(plan: Plan) -> None:
    if plan.state != PlanState.ACTIVE:
        raise Refused(_("This plan is no longer under way. Take it up again first."))


def _require_day_to_come(day: date, today: date) -> None:
    if day < today:
        raise Refused(_("Choose a day from today on."), field="day")
