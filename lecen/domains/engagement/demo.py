"""The engagement of the demonstration network: fictional, the same on every load of one day."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth import get_user_model

from lecen.domains.agencies import rules as agencies
from lecen.domains.agencies.queries.positions import grants_of
from lecen.domains.engagement import rules
from lecen.domains.engagement.choices import AgeBand, CheckInMethod, EventState, FirstTime, Origin
from lecen.domains.engagement.models import Event, EventPartner, Plan
from lecen.domains.engagement.queries.plans import today_at
from lecen.domains.engagement.services import (
    check_ins,
    events,
    partners,
    plans,
    programs,
    publication,
    registrations,
    tasks,
)
from lecen.domains.library import rules as library
from lecen.kernel.times import local_datetime
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM, Viewer, ViewerKind


def load(*, at: datetime) -> None:
    load_plan(at=at)
    load_events(at=at)
    load_attendance(at=at)


# --- Plans ---
WEEKS_AHEAD = 4
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
    chaplain = _viewer_of(people[HOLDERS["lead"]].pk, at)
    _work_through(plan, chaplain, at)
    for safeguard in list(plan.safeguards.all())[:4]:
        plans.confirm_safeguard(by=chaplain, safeguard_id=safeguard.pk, at=at - timedelta(days=6))


def _viewer_of(user_id: UUID, at: datetime) -> Viewer:
    """A person as the platform knows them, so that the board names who did what."""
    return Viewer(ViewerKind.PERSON, user_id=user_id, grants=frozenset(grants_of(user_id=user_id, at=at)))


def _draft(agency: Any, key: UUID, at: datetime) -> plans.PlanDraft:
    today = today_at(agency=agency, at=at)
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
        day=_saturday(agency, WEEKS_AHEAD, at),
        request_key=key,
    )


def _work_through(plan: Plan, by: Viewer, at: datetime) -> None:
    """What was due by now is done, but for the last task; no national program is used, so that one is left out."""
    today = today_at(agency=plan.agency, at=at)
    past = list(plan.tasks.filter(due_on__lt=today).order_by("days"))
    for task in past[:-1]:
        if task.days == NATIONAL_PROGRAM_DAYS:
            tasks.drop_task(by=by, task_id=task.pk, at=at)
        else:
            tasks.check_off_task(by=by, task_id=task.pk, at=at - timedelta(days=(today - task.due_on).days))


# --- Events: one behind us, one of yesterday, one ahead, and the draft that the plan prepares ---
PAST_EVENT = uuid5(NAMESPACE_URL, "lecen:demo:event:school-bags")
UPCOMING_EVENT = uuid5(NAMESPACE_URL, "lecen:demo:event:coffee")
YESTERDAY_EVENT = uuid5(NAMESPACE_URL, "lecen:demo:event:listening")  # its pulse is open
PREPARED = timedelta(weeks=6)
SCHOOL_BAGS: dict[str, Any] = {
    "title": TranslatedText.of(en="Pack school bags side by side", es="Preparar mochilas escolares hombro con hombro"),
    "purpose": TranslatedText.of(
        en="Neighbors, two congregations and patrol officers pack 200 school bags together, and get to know one "
        "another at the tables.",
        es="Vecinos, dos congregaciones y oficiales de patrulla preparan juntos 200 mochilas escolares y se conocen "
        "en las mesas.",
    ),
    "description": TranslatedText.of(
        en="- 10:00 Coffee and finding your table\n- 10:30 Packing\n- 12:00 Lunch, and what should get better here",
        es="- 10:00 Café y buscar su mesa\n- 10:30 Preparar las mochilas\n- 12:00 Comida, y qué debería mejorar aquí",
    ),
    "directions": TranslatedText.of(
        en="Enter from Mill Street; the ramp is on the left. Bus 4 stops at the door.",
        es="Entre por la calle Mill; la rampa está a la izquierda. El autobús 4 para en la puerta.",
    ),
    "kind": "faith",
    "place": "Saint Brigid Parish hall",
    "address": "44 Mill Street, Riverbend, IL 61348",
    "languages": ("en", "es"),
    "access": ("step_free", "restroom", "interpreter", "child_care", "transit"),
    "capacity": 120,
}
COFFEE: dict[str, Any] = {
    "title": TranslatedText.of(en="Coffee with the officers of Old Town", es="Café con los oficiales de Old Town"),
    "purpose": TranslatedText.of(
        en="To talk about the neighborhood over coffee, without speeches and without an agenda.",
        es="Conversar sobre el vecindario con un café, sin discursos y sin programa.",
    ),
    "description": TranslatedText.of(
        en="Come for five minutes or for the whole morning. Bring a question, or just yourself.",
        es="Venga cinco minutos o toda la mañana. Traiga una pregunta o venga sin más.",
    ),
    "directions": TranslatedText.of(
        en="At the corner of Main and Second. The entrance has no step.",
        es="En la esquina de Main y Second. La entrada no tiene escalón.",
    ),
    "kind": "social",
    "place": "Café Luna",
    "address": "210 Main Street, Riverbend, IL 61348",
    "languages": ("en", "es", "ase"),
    "access": ("step_free", "restroom", "sign_language", "transit"),
    "capacity": 40,
    "takes_registrations": True,
}
LISTENING: dict[str, Any] = {
    "title": TranslatedText.of(en="What should get better on Mill Hill?", es="¿Qué debería mejorar en Mill Hill?"),
    "purpose": TranslatedText.of(
        en="Neighbors say what worries them, and leave knowing who answers and by when.",
        es="Los vecinos dicen lo que les preocupa y se van sabiendo quién responde y para cuándo.",
    ),
    "kind": "meeting",
    "place": "Mill Hill Library",
    "address": "9 Library Lane, Riverbend, IL 61348",
    "languages": ("en", "es"),
    "access": ("step_free", "restroom", "interpreter", "hearing_loop"),
}
CONDITIONS = (
    (
        "equal_status",
        "medium",
        "First names on tags; officers and neighbors at mixed tables.",
        "Gafetes con el nombre de pila; oficiales y vecinos en mesas mixtas.",
    ),
    ("common_goal", "strong", "One thing that is done before people leave.", "Una cosa que queda hecha antes de irse."),
    (
        "cooperation",
        "strong",
        "Every table needs both groups to finish.",
        "Cada mesa necesita a los dos grupos para terminar.",
    ),
    (
        "institutional_support",
        "medium",
        "The chief and the host welcome people together.",
        "Quien dirige la agencia y quien organiza dan juntos la bienvenida.",
    ),
)


def load_events(*, at: datetime) -> None:
    """What is there already stays."""
    agency = agencies.visible_agencies(SYSTEM).get(slug="riverbend")
    if Event.objects.filter(pk__in=(PAST_EVENT, UPCOMING_EVENT)).exists():
        return
    plan = _finished_plan(agency, _saturday(agency, -3, at), at)
    past = _event(PAST_EVENT, agency, SCHOOL_BAGS | {"plan": plan}, day=plan.day, places=("R3", "R2"), at=at - PREPARED)
    _carried_by(past, {"Saint Brigid Parish": "The hall and lunch", "New Hope Baptist Church": "Ten volunteers"})
    publication.publish_event(by=SYSTEM, event_id=past.pk, at=past.changed_at)
    coming = _event(UPCOMING_EVENT, agency, COFFEE, day=_saturday(agency, 2, at), places=("R2",), at=at)
    _carried_by(coming, {"Casa Abierta": "Interpreters for Spanish"})
    publication.publish_event(by=SYSTEM, event_id=coming.pk, at=at)
    yesterday = today_at(agency=agency, at=at) - timedelta(days=1)
    held = _event(YESTERDAY_EVENT, agency, LISTENING, day=yesterday, places=("R3",), at=at - PREPARED)
    publication.publish_event(by=SYSTEM, event_id=held.pk, at=held.changed_at)
    _plan_event(agency, at)


def _saturday(agency: Any, weeks: int, at: datetime) -> date:
    today = today_at(agency=agency, at=at)
    return today + timedelta(weeks=weeks, days=(5 - today.weekday()) % 7)


def _finished_plan(agency: Any, day: date, at: datetime) -> Plan:
    """The plan behind the past event: what was due is done, but for one follow-up that is late."""
    draft = plans.PlanDraft(
        agency=agency,
        playbook=library.visible_playbooks(SYSTEM).get(slug="faith-and-blue"),
        title=SCHOOL_BAGS["title"],
        day=day,
        request_key=uuid5(PAST_EVENT, "plan"),
    )
    plan = plans.start_plan(by=SYSTEM, draft=draft, at=at - timedelta(weeks=12))
    chaplain_id = get_user_model().objects.values_list("pk", flat=True).get(email=HOLDERS["lead"])
    lead = plan.roles.get(key="lead")
    plans.assign_role(by=SYSTEM, role_id=lead.pk, holder_id=chaplain_id, holder_name="", at=at)
    chaplain = _viewer_of(chaplain_id, at)
    for safeguard in plan.safeguards.all():
        plans.confirm_safeguard(by=chaplain, safeguard_id=safeguard.pk, at=at - PREPARED)
    _work_through(plan, chaplain, at)
    return plan


def _plan_event(agency: Any, at: datetime) -> None:
    """The event of the plan: a draft with one congregation on board and one still to answer."""
    plan = Plan.objects.filter(agency=agency, event=None).order_by("day", "pk").first()
    if plan is None:
        return
    starts = local_datetime(plan.day, time(10), agency.time_zone)
    place = "Riverbend Food Pantry"
    prepared = events.draft_event_from_plan(
        by=SYSTEM, plan=plan, starts_at=starts, ends_at=starts + timedelta(hours=3), place=place, at=at
    )
    _carried_by(prepared, {"New Hope Baptist Church": "Tables and two drivers"})
    _invite(prepared, "Saint Brigid Parish")


def _event(key: UUID, agency: Any, texts: dict[str, Any], *, day: date, places: tuple[str, ...], at: datetime) -> Event:
    """An event of three hours, drafted at `at`."""
    starts = local_datetime(day, time(10), agency.time_zone)
    conditions = tuple(
        events.ConditionDraft(name, rating, TranslatedText.of(en=english, es=spanish))
        for name, rating, english, spanish in CONDITIONS
    )
    draft = events.EventDraft(
        event_id=key,
        agency=agency,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        time_zone=agency.time_zone,
        neighborhoods=tuple(agencies.visible_neighborhoods(SYSTEM).filter(agency=agency, code__in=places)),
        conditions=conditions,
        **texts,
    )
    return events.draft_event(by=SYSTEM, draft=draft, at=at)


def _carried_by(event: Event, promises: dict[str, str]) -> None:
    """Invited, and accepted by their links."""
    for name, promise in promises.items():
        partner = _invite(event, name)
        link = Viewer(ViewerKind.LINK, scopes=frozenset({rules.invitation_scope(partner)}))
        partners.answer_invitation(by=link, partner_id=partner.pk, accepts=True, promise=promise, at=event.changed_at)


def _invite(event: Event, name: str) -> EventPartner:
    known = agencies.visible_partners(SYSTEM).filter(agency=event.agency, name=name)
    invitation = partners.Invitation(organization_ids=tuple(known.values_list("pk", flat=True)), role="co_host")
    [partner] = partners.invite_partners(by=SYSTEM, event_id=event.pk, invitation=invitation, at=event.changed_at)
    return partner


# --- Attendance: who said that they come to the event ahead, and who was counted at the one behind us ---
PARTIES: tuple[dict[str, Any], ...] = (
    {"seats": 2, "name": "Marisol Vega", "language": "es", "needs": "Quisiera una intérprete de español."},
    {"seats": 1},
    {"seats": 4, "name": "The Hale family", "needs": "A table that a wheelchair fits under."},
    {"seats": 3, "language": "es"},
)
BANDS = (AgeBand.ADULT, AgeBand.ADULT, AgeBand.CHILD, AgeBand.SENIOR, AgeBand.ADULT, AgeBand.TEEN, AgeBand.CHILD)
ORIGINS = (Origin.HERE, Origin.HERE, Origin.ELSEWHERE, Origin.UNKNOWN, Origin.HERE)
FIRST_TIMES = (FirstTime.YES, FirstTime.NO, FirstTime.UNKNOWN)
WALK_INS = 76
COUNTED_AT_LUNCH = 12  # families who came in by the garden and were counted at the tables


def load_attendance(*, at: datetime) -> None:
    """The same taps and registrations again change nothing."""
    published = Event.objects.filter(agency__slug="riverbend", state=EventState.PUBLISHED).order_by("starts_at", "pk")
    past = published.filter(ends_at__lt=at).first()
    if past is not None:
        check_ins.record_check_ins(by=SYSTEM, event_id=past.pk, taps=_taps(past), at=past.starts_at)
    coming = published.filter(starts_at__gt=at, takes_registrations=True).first()
    if coming is not None:
        for number, party in enumerate(PARTIES):
            draft = registrations.RegistrationDraft(registration_id=uuid5(coming.pk, f"party:{number}"), **party)
            registrations.register(by=SYSTEM, event_id=coming.pk, draft=draft, at=at)


def _taps(event: Event) -> list[check_ins.Tap]:
    taps = [
        check_ins.Tap(
            tap_id=uuid5(event.pk, f"tap:{number}"),
            age_band=BANDS[number % len(BANDS)],
            origin=ORIGINS[number % len(ORIGINS)],
            first_time=FIRST_TIMES[number % len(FIRST_TIMES)],
        )
        for number in range(WALK_INS)
    ]
    lunch = check_ins.Tap(
        tap_id=uuid5(event.pk, "lunch"), method=CheckInMethod.HEADCOUNT, people=COUNTED_AT_LUNCH, age_band=AgeBand.ADULT
    )
    return [*taps, lunch]
