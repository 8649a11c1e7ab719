"""The report as data, for members of the agency."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from lecen.domains.evaluation import queries
from lecen.domains.evaluation.choices import Known, Stage
from lecen.kernel.api import ApiRouter
from lecen.kernel.web import get_visible

router = ApiRouter()


class AmountOut(Schema):
    """How many people. `few` is fewer than 10, zero included; then, and where it is not `shown`, there is no value."""

    known: Known
    value: int | None


class GroupOut(Schema):
    """A figure that is null is not shown; it need not be a small one."""

    label: str
    value: int | None


class BreakdownOut(Schema):
    key: str
    title: str
    groups: list[GroupOut]


class PeopleOut(Schema):
    present: AmountOut
    seats: AmountOut | None
    breakdowns: list[BreakdownOut]


class AgreementOut(Schema):
    """Whole percent; null where the shown figures leave it open. `strongly`: only those who agreed strongly."""

    share: int | None
    strongly: bool


class PlannedOut(Schema):
    name: str
    rating: str
    plan: str


class ItemOut(Schema):
    key: str
    words: str
    n: AmountOut
    answers: list[GroupOut]
    agreed: AgreementOut | None
    planned: PlannedOut | None
    note: str


class PulseOut(Schema):
    label: str
    answered: AmountOut
    is_open: bool
    statements: list[ItemOut]
    others: list[ItemOut]
    planned: list[PlannedOut]


class FollowUpOut(Schema):
    title: str
    owner: str
    due_on: date
    state: str
    done_on: date | None


class SourceOut(Schema):
    key: str
    figure: str
    origin: str
    rows: str


class ReportOut(Schema):
    """The one page about an event. Those who answered are not representative, and nothing here shows a cause."""

    event_id: UUID
    title: str
    purpose: str
    place: str
    when: str
    stage: Stage
    first_line: str
    hosts: list[str]
    people: PeopleOut
    pulse: PulseOut
    follow_ups: list[FollowUpOut]
    limits: list[str]
    next_step: str
    sources: list[SourceOut]


@router.get("/{uuid:event_id}/report/", response=ReportOut, summary="The one-page report of an event")
def event_report(request: HttpRequest, event_id: UUID) -> object:
    event = get_visible(queries.reported_events(viewer=request.viewer), pk=event_id)
    return queries.event_report(viewer=request.viewer, event=event, at=timezone.now())
