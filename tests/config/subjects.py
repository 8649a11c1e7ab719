"""One of everything, at one agency: what the addresses of the access matrix name."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.choices import TaskState
from lecen.domains.library import demo as library
from lecen.domains.library.models import Playbook
from lecen.kernel.links import sign_link
from lecen.kernel.models import ShortLink
from tests import factories as make


@dataclass
class Subjects:
    """Arguments by the name of the address, or by the name of the parameter."""

    by_address: dict[str, dict[str, Any]] = field(default_factory=dict)
    by_parameter: dict[str, Any] = field(default_factory=dict)

    def arguments(self, name: str, parameters: set[str]) -> dict[str, Any]:
        own = self.by_address.get(name, {})
        return {parameter: own.get(parameter, self.by_parameter.get(parameter)) for parameter in parameters}


def make_subjects(agency: Agency) -> Subjects:
    now = timezone.now()
    beat = make.NeighborhoodFactory(agency=agency)
    assignment = make.NeighborhoodAssignmentFactory(neighborhood=beat)
    boundaries = make.NeighborhoodImportFactory(agency=agency)
    position = make.PositionFactory(agency=agency)
    partner = make.PartnerOrganizationFactory(agency=agency)
    library.load(at=now)
    playbook = Playbook.objects.get(slug="faith-and-blue")
    program = make.ProgramFactory(agency=agency)
    plan = make.PlanFactory(agency=agency, playbook=playbook, program=program, day=(now + timedelta(days=40)).date())
    role = make.PlanRoleFactory(plan=plan)
    task = make.PlanTaskFactory(plan=plan, state=TaskState.OPEN)
    safeguard = make.SafeguardCheckFactory(plan=plan)
    times = {"starts_at": now + timedelta(days=5), "ends_at": now + timedelta(days=5, hours=2)}
    collector = make.CollectorFactory(
        agency=agency, opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=9)
    )
    make.QuestionFactory(questionnaire=collector.questionnaire)
    event = make.EventFactory(
        agency=agency, plan=plan, collector=collector, published=True, takes_registrations=True, **times
    )
    draft = make.EventFactory(agency=agency, **times)
    invitation = make.EventPartnerFactory(event=event, organization=partner, expires_at=now + timedelta(days=9))
    registration = make.RegistrationFactory(event=event)
    short = ShortLink.objects.create(code="0000000", path="/pages/help/")
    return Subjects(
        by_address={
            "agencies:position-renew": {"key": position.pk},
            "agencies:position-end": {"key": position.pk},
            "agencies:partner-edit": {"key": partner.pk},
            "library:playbook": {"slug": playbook.slug},
            "engagement:plan-start": {"slug": playbook.slug},
            "api:playbook": {"slug": playbook.slug},
            "api:survey-detail": {"slug": collector.slug},
            "api:survey-answer": {"slug": collector.slug},
            "surveys:answer": {"slug": collector.slug},
            "surveys:thanks": {"slug": collector.slug},
            "surveys:resume": {"slug": collector.slug},
            "surveys:kiosk": {"slug": collector.slug},
            "surveys:kiosk-thanks": {"slug": collector.slug},
            "engagement:event@draft": {"event_id": draft.pk},
            "engagement:event-calendar@draft": {"event_id": draft.pk},
            "engagement:event-flyer@draft": {"event_id": draft.pk},
            "engagement:register@draft": {"event_id": draft.pk},
            "engagement:event-delete": {"event_id": draft.pk},
            "api:event@draft": {"event_id": draft.pk},
        },
        by_parameter={
            "agency": agency.slug,
            "slug": agency.slug,
            "neighborhood": beat.slug,
            "assignment": assignment.pk,
            "key": boundaries.pk,
            "pk": collector.pk,
            "collector_id": collector.pk,
            "language": "en",
            "program_id": program.pk,
            "plan_id": plan.pk,
            "role_id": role.pk,
            "task_id": task.pk,
            "safeguard_id": safeguard.pk,
            "event_id": event.pk,
            "partner_id": invitation.pk,
            "token": sign_link(
                purpose="invitation", payload={"partner": str(invitation.pk)}, expires_at=now + timedelta(1)
            ),
            "session_id": 1,
            "code": short.code,
            "name": "help",
            "code_hash": registration.code_hash,
        },
    )
