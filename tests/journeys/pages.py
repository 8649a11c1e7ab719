"""Every page of the platform by who opens it, for the tests that look at all of them.

A line is the name of an address and the keys of what it is about; `keys` finds those in the demonstration network.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from lecen.domains.agencies.models import (
    Agency,
    NeighborhoodAssignment,
    NeighborhoodImport,
    PartnerOrganization,
    Position,
)
from lecen.domains.engagement.choices import EventState, InvitationState
from lecen.domains.engagement.models import Event, EventPartner, Plan, Program
from lecen.domains.engagement.notices import invitation_token
from lecen.domains.library.models import Playbook
from lecen.domains.surveys.services import open_collector
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM
from tests.factories import AgencyFactory, PlanFactory
from tests.journeys.conftest import CHAPLAIN, CHIEF, LEAD, OFFICER, OPERATOR

NOBODY = ""

PAGES: dict[str, tuple[str, ...]] = {
    NOBODY: (
        "site:home",
        "site:search",
        "site:page about",
        "site:page accessibility",
        "site:page help",
        "site:page privacy",
        "site:page terms",
        "agencies:agency-list",
        "agencies:agency agency",
        "agencies:agency quiet",
        "agencies:neighborhood-find agency",
        "agencies:neighborhood-find quiet",
        "agencies:neighborhood-list agency",
        "agencies:neighborhood-list quiet",
        "agencies:neighborhood agency neighborhood",
        "library:playbook-list",
        "library:playbook playbook",
        "surveys:answer collector",
        "surveys:answer later",
        "surveys:answer closed",
        "surveys:thanks collector",
        "surveys:resume collector",
        "surveys:kiosk collector",
        "surveys:kiosk-thanks collector",
        "engagement:event-list agency",
        "engagement:event-list quiet",
        "engagement:event event",
        "engagement:event past",
        "engagement:register event",
        "engagement:registration",
        "engagement:invitation token",
        "account_login",
        "account_signup",
        "account_inactive",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_reset_password_from_key nothing nothing",
        "account_confirm_email nothing",
    ),
    OFFICER: (
        "site:desk",
        "engagement:plan plan",
        "engagement:event-manage draft",
        "engagement:check-in event",
        "accounts:account",
        "accounts:notices",
        "accounts:devices",
        "account_logout",
        "account_email",
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
    ),
    CHAPLAIN: (
        "site:desk",
        "engagement:plan-list",
        "engagement:plan-start playbook",
        "engagement:plan plan",
        "engagement:plan bare",
        "engagement:plan-event bare",
        "engagement:plan-print plan",
        "engagement:plan-move plan",
        "engagement:plan-end plan",
        "engagement:task-add plan",
        "engagement:follow-up-add plan",
        "engagement:task-edit plan task",
        "engagement:role-assign plan role",
        "engagement:program-list",
        "engagement:program-start",
        "engagement:program program",
        "engagement:program-edit program",
        "engagement:event-new agency",
        "engagement:event-manage draft",
        "engagement:event-manage event",
        "engagement:event-edit draft",
        "engagement:event-publish draft",
        "engagement:event-cancel event",
        "engagement:event-delete draft",
        "engagement:event-partners draft",
        "engagement:registration-list event",
        "engagement:check-in event",
        "engagement:check-in-scanned event code_hash",
        "surveys:share survey",
        "surveys:paper survey",
        "surveys:results survey",
        "evaluation:event-report past",
        "evaluation:pulse-close event",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_reauthenticate",
    ),
    CHIEF: ("site:desk", "evaluation:event-report past"),
    LEAD: (
        "site:desk",
        "agencies:agency-manage agency",
        "agencies:agency-edit agency",
        "agencies:contact-list agency",
        "agencies:assignment-give agency neighborhood",
        "agencies:assignment-end agency assignment",
        "agencies:import-list agency",
        "agencies:import-upload agency",
        "agencies:import agency boundaries",
        "agencies:position-list agency",
        "agencies:position-give agency",
        "agencies:position-end agency position",
        "agencies:partner-list agency",
        "agencies:partner-create agency",
        "agencies:partner-edit agency partner",
    ),
    OPERATOR: (
        "site:desk",
        "agencies:agency-create",
        "agencies:agency-manage quiet",
        "agencies:contact-list quiet",
        "agencies:import-list quiet",
        "agencies:position-list quiet",
        "agencies:partner-list quiet",
    ),
}

# Files, maps' data, and addresses that only take what a button sends.
NOT_PAGES = frozenset(
    {
        "site:robots",
        "agencies:seal",
        "agencies:neighborhood-map",
        "agencies:neighborhood-export",
        "agencies:import-map",
        "agencies:import-publish",
        "agencies:import-discard",
        "agencies:assignment-confirm",
        "agencies:position-renew",
        "surveys:paper-sheet",
        "surveys:results-file",
        "surveys:release",
        "surveys:close",
        "engagement:event-calendar",
        "engagement:event-flyer",
        "engagement:partner-remind",
        "engagement:partner-withdraw",
        "engagement:partner-reinvite",
        "engagement:program-end",
        "engagement:program-resume",
        "engagement:plan-tasks-file",
        "engagement:plan-resume",
        "engagement:task-check-off",
        "engagement:task-reopen",
        "engagement:task-drop",
        "engagement:safeguard-confirm",
        "engagement:safeguard-withdraw",
        "engagement:registration-change",
        "engagement:registration-cancel",
        "engagement:check-in-undo",
        "evaluation:event-report-document",
        "evaluation:event-report-table",
        "accounts:device-end",
        "mfa_download_recovery_codes",
    }
)
# Pages in the middle of something, which the tests of signing in reach on their way.
ON_THE_WAY = frozenset({"mfa_authenticate", "account_confirm_login_code", "account_set_password"})


def keys() -> dict[str, str]:
    """What the lines of `PAGES` name: the demonstration network, and beside it what has nothing yet."""
    at = timezone.now()
    agency = Agency.objects.get(slug="riverbend")
    AgencyFactory(slug="quiet", name="Quiet Falls Police Department")
    bare = PlanFactory(agency=agency, playbook=Playbook.objects.get(slug="faith-and-blue"))
    title = TranslatedText.of(en="Supper at Saint Brigid", es="Cena en Saint Brigid")
    opens, closes = at - timedelta(hours=1), at + timedelta(days=1)
    collector = open_collector(by=SYSTEM, agency=agency, title=title, opens_at=opens, closes_at=closes, at=at)
    published = Event.objects.filter(agency=agency, state=EventState.PUBLISHED).order_by("starts_at", "pk")
    event, past = published.filter(starts_at__gt=at)[0], published.filter(ends_at__lt=at)[0]
    plan = Plan.objects.get(agency=agency, event__state=EventState.DRAFT)
    invited = EventPartner.objects.filter(state=InvitationState.INVITED).order_by("pk")[0]
    named = {
        "event": event,
        "past": past,
        "bare": bare,
        "draft": Event.objects.get(plan=plan),
        "plan": plan,
        "task": plan.tasks.order_by("due_on", "pk").last(),
        "role": plan.roles.order_by("pk")[0],
        "program": Program.objects.order_by("pk")[0],
        "survey": event.collector,
        "assignment": NeighborhoodAssignment.objects.order_by("pk")[0],
        "boundaries": NeighborhoodImport.objects.order_by("pk")[0],
        "position": Position.objects.get(user__email=OFFICER),
        "partner": PartnerOrganization.objects.order_by("pk")[0],
    }
    return {name: str(row.pk) for name, row in named.items()} | {
        "agency": "riverbend",
        "quiet": "quiet",
        "neighborhood": "riverside",
        "playbook": "faith-and-blue",
        "collector": collector.slug,
        "later": event.collector.slug,
        "closed": past.collector.slug,
        "token": invitation_token(invited),
        "code_hash": event.registrations.order_by("pk")[0].code_hash,
        "nothing": "nothing",
    }


def path_of(line: str, known: dict[str, str]) -> str:
    """The address of a line of `PAGES`; a word that is no key stands for itself."""
    name, *arguments = line.split()
    return reverse(name, args=[known.get(argument, argument) for argument in arguments])
