"""The engagement of the demonstration network: fictional, the same on every load of one day."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth import get_user_model
from django.db.models import Model

from lecen.domains.agencies import rules as agencies
from lecen.domains.engagement.models import Plan
from lecen.domains.engagement.queries.plans import today_at
from lecen.domains.engagement.services import plans, programs, tasks
from lecen.domains.library import rules as library
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM


def load(*, at: datetime) -> None:
    load_plan(at=at)


# --- Plans ---
WEEKS_AHEAD = timedelta(weeks=4)
PREPARED_FOR = timedelta(weeks=5)
NATIONAL_PROGRAM_DAYS = -40
HOLDERS = {"lead": "chaplain@riverbend.example", "officers": "officer@riverbend.example"}
NAMED = {"faith_lead": "Fr. Tomás Aguilar, Saint Brigid Parish", "interpreter": "Elena Duarte"}


def load_plan(*, at: datetime) -> None:
    """A plan nine weeks long, five of them behind it: most done, one task late, one dropped."""
    agency = agencies.visible_agencies(SYSTEM).get(slug="riverbend")
    key = uuid5(NAMESPACE_URL, "lecen:demo:plan:faith-and-blue")
    if Plan.objects.filter(request_key=key).exists():
        return
    plan = plans.start_plan(by=SYSTEM, draft=_draft(agency, key, at), at=at - PREPARED_FOR)
    people = {user.email: user for user in get_user_model().objects.filter(email__in=HOLDERS.values())}
    for role in plan.roles.all():
        holder = people.get(HOLDERS.get(role.key, ""))
        plans.assign_role(
            by=SYSTEM,
            role_id=role.pk,
            holder_id=holder.pk if holder else None,
            holder_name="" if holder else NAMED.get(role.key, ""),
            at=at,
        )
    _work_through(plan, at)
    for safeguard in list(plan.safeguards.all())[:4]:
        plans.confirm_safeguard(by=SYSTEM, safeguard_id=safeguard.pk, at=at - timedelta(days=6))


def _draft(agency: Model, key: UUID, at: datetime) -> plans.PlanDraft:
    today = today_at(agency=agency, at=at)
    saturday = today + WEEKS_AHEAD + timedelta(days=(5 - today.weekday()) % 7)
    program = programs.start_program(
        by=SYSTEM,
        at=at - PREPARED_FOR,
        draft=programs.ProgramDraft(
            program_id=uuid5(NAMESPACE_URL, "lecen:demo:program:side-by-side"),
            agency=agency,
            name=TranslatedText.of(en="Side by side", es="Hombro con hombro"),
            purpose=TranslatedText.of(
                en="Neighbors, congregations and officers do something useful together, every season.",
                es="Vecinos, congregaciones y oficiales hacen juntos algo útil, cada temporada.",
            ),
            started_on=today.replace(day=1) - timedelta(days=400),
        ),
    )
    return plans.PlanDraft(
        agency=agency,
        playbook=library.visible_playbooks(SYSTEM).get(slug="faith-and-blue"),
        program=program,
        title=TranslatedText.of(en="Packing day for the food pantry", es="Día de empaque para el banco de alimentos"),
        day=saturday,
        request_key=key,
    )


def _work_through(plan: Plan, at: datetime) -> None:
    """What was due by now is done, but for the last task; no national program is used, so that one is left out."""
    today = today_at(agency=plan.agency, at=at)
    past = list(plan.tasks.filter(due_on__lt=today).order_by("days"))
    for task in past[:-1]:
        if task.days == NATIONAL_PROGRAM_DAYS:
            tasks.drop_task(by=SYSTEM, task_id=task.pk, at=at)
        else:
            tasks.check_off_task(by=SYSTEM, task_id=task.pk, at=at - timedelta(days=(today - task.due_on).days))
