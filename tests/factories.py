"""One factory a model: the smallest valid row, to which a test adds what it is about."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from lecen.domains.agencies.choices import PartnerKind, Role, Standing
from lecen.domains.agencies.models import (
    Agency,
    Neighborhood,
    NeighborhoodAssignment,
    NeighborhoodImport,
    PartnerOrganization,
    Position,
)
from lecen.domains.engagement.choices import CheckInMethod
from lecen.domains.engagement.models import (
    CheckIn,
    Event,
    EventCondition,
    EventPartner,
    Plan,
    PlanRole,
    PlanTask,
    Program,
    Registration,
    SafeguardCheck,
)
from lecen.domains.library.choices import ConditionRating, ContactCondition, EventKind
from lecen.domains.library.models import Playbook
from lecen.domains.surveys.choices import Channel, QuestionKind
from lecen.domains.surveys.models import Answer, Collector, Question, Questionnaire, Response
from lecen.kernel.translated import TranslatedText

NOON = datetime(2026, 6, 1, 17, 0, tzinfo=UTC)  # noon in Chicago, a Monday


class UserFactory(DjangoModelFactory):
    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    password = factory.PostGenerationMethodCall("set_password", "demonstration-network-only")


# --- Agencies --------------------------------------------------------------------------------------------------------
class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    slug = factory.Sequence(lambda number: f"agency-{number}")
    name = factory.Sequence(lambda number: f"Agency {number} Police Department")
    city = "Riverbend"
    state = "IL"
    time_zone = "America/Chicago"
    is_public = True


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = Position

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.MEMBER
    standing = Standing.SWORN
    attested_by = "Supervisor"
    attested_at = NOON
    expires_on = date(2999, 12, 31)


def square(west: float, south: float, side: float = 0.02) -> dict:
    """A boundary: a square with its south-western corner at the given place, in degrees."""
    east, north = west + side, south + side
    return {
        "type": "MultiPolygon",
        "coordinates": [[[[west, south], [east, south], [east, north], [west, north], [west, south]]]],
    }


class NeighborhoodFactory(DjangoModelFactory):
    """Squares in a row from west to east; give `corner` and `side` for another place."""

    class Meta:
        model = Neighborhood
        exclude = ("corner", "side")

    class Params:
        number = factory.Sequence(int)

    agency = factory.SubFactory(AgencyFactory)
    corner = factory.LazyAttribute(lambda row: (-89.6 + row.number % 1000 * 0.02, 41.2))
    side = 0.02
    code = factory.LazyAttribute(lambda row: f"{row.number + 1:03d}")
    slug = factory.LazyAttribute(lambda row: f"beat-{row.code}")
    name = factory.LazyAttribute(lambda row: f"Beat {row.code}")
    boundary = factory.LazyAttribute(lambda row: square(*row.corner, row.side))
    west = factory.LazyAttribute(lambda row: row.corner[0])
    south = factory.LazyAttribute(lambda row: row.corner[1])
    east = factory.LazyAttribute(lambda row: row.corner[0] + row.side)
    north = factory.LazyAttribute(lambda row: row.corner[1] + row.side)
    valid_from = NOON.date()


class NeighborhoodAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = NeighborhoodAssignment

    neighborhood = factory.SubFactory(NeighborhoodFactory)
    duty = factory.Sequence(lambda number: f"Neighborhood officer {number}")
    phone = "309-555-0142"
    languages = ["en"]
    since = NOON.date() - timedelta(days=30)
    last_confirmed_on = NOON.date()


class NeighborhoodImportFactory(DjangoModelFactory):
    class Meta:
        model = NeighborhoodImport

    agency = factory.SubFactory(AgencyFactory)
    file_name = "beats.geojson"
    imported_at = NOON


class PartnerOrganizationFactory(DjangoModelFactory):
    class Meta:
        model = PartnerOrganization

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda number: f"Partner {number}")
    kind = PartnerKind.FAITH
    contact_email = factory.Sequence(lambda number: f"partner{number}@example.org")


# --- Library ---------------------------------------------------------------------------------------------------------
class PlaybookFactory(DjangoModelFactory):
    class Meta:
        model = Playbook

    slug = factory.Sequence(lambda number: f"playbook-{number}")
    version = 1
    name = TranslatedText.of(en="Faith and Blue", es="Fe y Azul")
    summary = TranslatedText.of(en="A weekend of work side by side.", es="Un fin de semana de trabajo en común.")
    purpose = TranslatedText.of(en="To work side by side.", es="Trabajar hombro con hombro.")
    kind = EventKind.FAITH
    lead_time_days = 56
    duration_minutes = 180
    content = factory.LazyFunction(
        lambda: {
            "contact_conditions": {
                condition: {
                    "rating": ConditionRating.STRONG,
                    "plan": {"en": f"Plan for {condition}", "es": f"Plan de {condition}"},
                    "hint": {"en": f"Hint for {condition}", "es": f"Consejo de {condition}"},
                }
                for condition in ContactCondition.values
            }
        }
    )


# --- Engagement ------------------------------------------------------------------------------------------------------
class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    agency = factory.SubFactory(AgencyFactory)
    playbook = factory.SubFactory(PlaybookFactory)
    title = TranslatedText.of(en="Work day at the park", es="Día de trabajo en el parque")
    day = (NOON + timedelta(days=60)).date()
    request_key = factory.LazyFunction(uuid4)


class SafeguardCheckFactory(DjangoModelFactory):
    class Meta:
        model = SafeguardCheck

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda number: f"safeguard-{number}")
    position = factory.Sequence(int)
    text = TranslatedText.of(en="Photos only with consent.", es="Fotos solo con permiso.")


class EventFactory(DjangoModelFactory):
    """A draft five days after `NOON`; `published=True` or `canceled=True` for what the public sees."""

    class Meta:
        model = Event

    class Params:
        published = factory.Trait(state="published", published_at=NOON)
        canceled = factory.Trait(
            state="canceled",
            published_at=NOON,
            canceled_at=NOON,
            cancel_reason=TranslatedText.of(en="Storm warning.", es="Aviso de tormenta."),
        )

    agency = factory.SubFactory(AgencyFactory)
    title = TranslatedText.of(en="Work day at the park", es="Día de trabajo en el parque")
    purpose = TranslatedText.of(en="To work side by side.", es="Trabajar hombro con hombro.")
    kind = EventKind.FAITH
    starts_at = NOON + timedelta(days=5)
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    time_zone = "America/Chicago"
    place = "Lincoln Park"
    address = "12 Park Street, Riverbend, IL"
    changed_at = NOON


class EventConditionFactory(DjangoModelFactory):
    class Meta:
        model = EventCondition

    event = factory.SubFactory(EventFactory)
    condition = ContactCondition.EQUAL_STATUS
    rating = ConditionRating.STRONG


class EventPartnerFactory(DjangoModelFactory):
    class Meta:
        model = EventPartner

    event = factory.SubFactory(EventFactory)
    organization = factory.SubFactory(PartnerOrganizationFactory, agency=factory.SelfAttribute("..event.agency"))
    invited_at = NOON
    expires_at = NOON + timedelta(days=30)


class RegistrationFactory(DjangoModelFactory):
    """Seats without a name; the receipt code of a row is `queries.attendance.receipt_code`, its hash is not."""

    class Meta:
        model = Registration

    event = factory.SubFactory(EventFactory, published=True, takes_registrations=True)
    code_hash = factory.Sequence(lambda number: f"{number:064x}")
    language = "en"
    day = NOON.date()
    delete_after = (NOON + timedelta(days=35)).date()


class CheckInFactory(DjangoModelFactory):
    class Meta:
        model = CheckIn

    event = factory.SubFactory(EventFactory, published=True)
    method = CheckInMethod.WALK_IN
    people = 1
    day = (NOON + timedelta(days=5)).date()


# --- Surveys ---------------------------------------------------------------------------------------------------------
AGREEMENT = [{"value": str(step), "label": {"en": f"Step {step}", "es": f"Paso {step}"}} for step in range(1, 6)]


class QuestionnaireFactory(DjangoModelFactory):
    """A questionnaire without questions; add them with `QuestionFactory(questionnaire=...)`."""

    class Meta:
        model = Questionnaire

    instrument = factory.Sequence(lambda number: f"instrument-{number}")
    version = 1
    title = TranslatedText.of(en="How was it for you?", es="¿Cómo le fue?")
    introduction = TranslatedText.of(en="Two short questions.", es="Dos preguntas cortas.")
    label = TranslatedText.of(en="Those who answered", es="Quienes contestaron")
    thanks = TranslatedText.of(en="Thank you.", es="Gracias.")


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    position = factory.Sequence(lambda number: number % 30_000)
    key = factory.Sequence(lambda number: f"question_{number}")
    kind = QuestionKind.SCALE
    text = TranslatedText.of(en="I felt listened to.", es="Sentí que me escucharon.")
    options = AGREEMENT


class CollectorFactory(DjangoModelFactory):
    """Open from an hour before noon until a day after."""

    class Meta:
        model = Collector

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    agency = factory.SubFactory(AgencyFactory)
    title = TranslatedText.of(en="Supper", es="Cena")
    slug = factory.Sequence(lambda number: f"survey{number}")
    opens_at = NOON - timedelta(hours=1)
    closes_at = NOON + timedelta(days=1)


class ResponseFactory(DjangoModelFactory):
    class Meta:
        model = Response

    collector = factory.SubFactory(CollectorFactory)
    channel = Channel.LINK
    language = "en"
    day = NOON.date()
    is_complete = True


class AnswerFactory(DjangoModelFactory):
    class Meta:
        model = Answer

    response = factory.SubFactory(ResponseFactory)
    question = factory.SubFactory(QuestionFactory)
    value = "4"


# --- Programs and tasks ----------------------------------------------------------------------------------------------
class ProgramFactory(DjangoModelFactory):
    class Meta:
        model = Program

    agency = factory.SubFactory(AgencyFactory)
    name = TranslatedText.of(en="Side by side", es="Hombro con hombro")
    purpose = TranslatedText.of(en="To work side by side.", es="Trabajar hombro con hombro.")
    started_on = NOON.date()


class PlanRoleFactory(DjangoModelFactory):
    class Meta:
        model = PlanRole

    plan = factory.SubFactory(PlanFactory)
    key = factory.Sequence(lambda number: f"role-{number}")
    position = factory.Sequence(int)
    name = TranslatedText.of(en="Lead", es="Responsable")


class PlanTaskFactory(DjangoModelFactory):
    class Meta:
        model = PlanTask

    plan = factory.SubFactory(PlanFactory)
    role = factory.SubFactory(PlanRoleFactory, plan=factory.SelfAttribute("..plan"))
    title = TranslatedText.of(en="Find a place", es="Buscar un lugar")
    due_on = (NOON + timedelta(days=10)).date()
