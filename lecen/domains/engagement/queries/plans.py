"""Plans: lists, the board of one, the tasks of a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Count, Min, Q, QuerySet

from lecen.domains.agencies.models import Agency, Position
from lecen.domains.engagement import logic, rules
from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.logic import Section
from lecen.domains.engagement.models import Plan, PlanRole, PlanTask, SafeguardCheck
from lecen.kernel.viewer import Viewer


def today_at(*, agency: Agency, at: datetime) -> date:
    """The date on the calendars of `agency` at `at`."""
    return at.astimezone(ZoneInfo(agency.time_zone)).date()


def late_ones(plans: Iterable[Plan], *, at: datetime) -> frozenset[UUID]:
    """Which of `plans` have an open task past its day, by the calendar of each agency."""
    return frozenset(
        plan.pk
        for plan in plans
        if (due := getattr(plan, "next_due_on", None)) and due < today_at(agency=plan.agency, at=at)
    )


def late_tasks(tasks: Iterable[PlanTask], *, at: datetime) -> frozenset[UUID]:
    return frozenset(task.pk for task in tasks if task.due_on < today_at(agency=task.plan.agency, at=at))


def people_of(*, agency: Agency, at: datetime) -> QuerySet:
    """Who holds a position at `agency`: whoever can be given a role or a task there."""
    held = Position.objects.filter(agency=agency, ended_at=None, expires_on__gte=today_at(agency=agency, at=at))
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def plans(*, viewer: Viewer) -> QuerySet[Plan]:
    """Plans that `viewer` may see, with how many of their tasks are done and when the next is due."""
    kept = ~Q(tasks__state=TaskState.DROPPED)
    return (
        rules.visible_plans(viewer)
        .select_related("agency", "playbook", "program")
        .annotate(
            task_count=Count("tasks", filter=kept),
            done_count=Count("tasks", filter=Q(tasks__state=TaskState.DONE)),
            next_due_on=Min("tasks__due_on", filter=Q(tasks__state=TaskState.OPEN)),
        )
    )


def plans_under_way(*, viewer: Viewer) -> QuerySet[Plan]:
    """The event that comes first stands first."""
    return plans(viewer=viewer).filter(state=PlanState.ACTIVE).order_by("day", "pk")


def ended_plans(*, viewer: Viewer) -> QuerySet[Plan]:
    return plans(viewer=viewer).exclude(state=PlanState.ACTIVE).order_by("-day", "-pk")


def shown_plans(*, viewer: Viewer) -> QuerySet[Plan]:
    """Plans with all that their pages show but their tasks."""
    return rules.visible_plans(viewer).select_related("agency", "playbook", "program", "event")


def my_tasks(*, viewer: Viewer) -> QuerySet[PlanTask]:
    """Open tasks of plans under way for which `viewer` is the one to act, the most urgent first."""
    mine = Q(owner_id=viewer.user_id) | Q(owner=None, role__holder_id=viewer.user_id)
    return (
        PlanTask.objects.filter(mine, plan__in=rules.visible_plans(viewer))
        .filter(plan__state=PlanState.ACTIVE, state=TaskState.OPEN)
        .select_related("plan__agency", "role__holder", "owner")
        .order_by("due_on", "pk")
    )


def tasks_of(*, plan: Plan) -> QuerySet[PlanTask]:
    return plan.tasks.select_related("owner", "role__holder").order_by("due_on", "pk")


@dataclass(frozen=True)
class BoardTask:
    """A task as the board shows it to one viewer."""

    task: PlanTask
    section: Section
    is_hurried: bool
    is_mine: bool
    can_check_off: bool

    @property
    def is_late(self) -> bool:
        return self.section == Section.LATE


@dataclass(frozen=True)
class Week:
    """Tasks of the week that begins on the Monday `starts_on`."""

    starts_on: date
    tasks: tuple[BoardTask, ...]
    holds_the_day: bool


@dataclass(frozen=True)
class Board:
    """A plan at a glance: what is late, what comes, what follows, what is done, and what to do first."""

    plan: Plan
    today: date
    tasks: tuple[BoardTask, ...]  # all of them, whatever the filter
    shown: tuple[BoardTask, ...]
    roles: tuple[PlanRole, ...]
    safeguards: tuple[SafeguardCheck, ...]

    def section(self, section: Section) -> tuple[BoardTask, ...]:
        """Tasks in one place of the board; the first one to do stands above them all and is not repeated."""
        return tuple(each for each in self.shown if each.section == section and each is not self.first)

    @property
    def late(self) -> tuple[BoardTask, ...]:
        return self.section(Section.LATE)

    @property
    def this_week(self) -> tuple[BoardTask, ...]:
        return self.section(Section.THIS_WEEK)

    @property
    def later(self) -> tuple[Week, ...]:
        weeks = groupby(self.section(Section.LATER), key=lambda each: logic.monday_of(each.task.due_on))
        day = logic.monday_of(self.plan.day)
        return tuple(Week(monday, tuple(tasks), holds_the_day=monday == day) for monday, tasks in weeks)

    @property
    def follow_ups(self) -> tuple[BoardTask, ...]:
        return self.section(Section.FOLLOW_UP)

    @property
    def done(self) -> tuple[BoardTask, ...]:
        return self.section(Section.DONE)

    @property
    def dropped(self) -> tuple[BoardTask, ...]:
        return self.section(Section.DROPPED)

    @cached_property
    def first(self) -> BoardTask | None:
        """What to do next: the open task that is due first."""
        return next((each for each in self.shown if each.task.state == TaskState.OPEN), None)

    @property
    def hurried(self) -> int:
        return sum(each.is_hurried for each in self.tasks if each.task.state == TaskState.OPEN)

    @property
    def open_count(self) -> int:
        return sum(each.task.state == TaskState.OPEN for each in self.tasks)

    @property
    def vacant_count(self) -> int:
        return sum(not role.held_by for role in self.roles)

    @property
    def mine_count(self) -> int:
        return sum(each.is_mine for each in self.tasks if each.task.state == TaskState.OPEN)

    @property
    def total(self) -> int:
        return sum(each.section != Section.DROPPED for each in self.tasks)

    @property
    def done_count(self) -> int:
        return sum(each.section == Section.DONE for each in self.tasks)

    @property
    def share_done(self) -> int:
        return logic.share_done(done=self.done_count, total=self.total)

    @property
    def confirmed_count(self) -> int:
        return sum(safeguard.confirmed_at is not None for safeguard in self.safeguards)

    @property
    def days_left(self) -> int:
        return (self.plan.day - self.today).days

    @property
    def weeks_left(self) -> int:
        return self.days_left // 7

    @property
    def this_week_ends(self) -> date:
        return self.today + logic.WEEK - timedelta(days=1)


def plan_board(*, plan: Plan, viewer: Viewer, at: datetime, mine_only: bool = False) -> Board:
    """The board of `plan`, in three queries however long it is."""
    today = today_at(agency=plan.agency, at=at)
    tasks = tuple(_board_task(task, plan, viewer, today) for task in tasks_of(plan=plan))
    return Board(
        plan=plan,
        today=today,
        tasks=tasks,
        shown=tuple(task for task in tasks if task.is_mine or not mine_only),
        roles=tuple(plan.roles.select_related("holder").order_by("position")),
        safeguards=tuple(plan.safeguards.select_related("confirmed_by").order_by("position")),
    )


def _board_task(task: PlanTask, plan: Plan, viewer: Viewer, today: date) -> BoardTask:
    task.plan = plan
    return BoardTask(
        task=task,
        section=logic.section_of(state=task.state, due_on=task.due_on, is_follow_up=task.is_follow_up, today=today),
        is_hurried=logic.is_hurried(day=plan.day, days=task.days, due_on=task.due_on),
        is_mine=viewer.user_id is not None and task.responsible_id == viewer.user_id,
        can_check_off=plan.state == PlanState.ACTIVE and rules.can_check_off(viewer, task),
    )
