"""Events: what may be seen, what is missing before publication, who carries them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Prefetch, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency, Neighborhood
from lecen.domains.engagement import logic, rules
from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.models import Event, EventPartner, SafeguardCheck
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import Viewer


class GapKind(StrEnum):
    PLACE = "place"
    PAST = "past"
    SAFEGUARDS = "safeguards"
    SITE = "site"
    LANGUAGE = "language"
    CONDITIONS = "conditions"


@dataclass(frozen=True)
class Gap:
    """What is missing before publication; one that does not block is a warning."""

    kind: GapKind
    text: str | Promise
    blocks: bool = True


GAPS: dict[GapKind, Gap] = {
    GapKind.PLACE: Gap(GapKind.PLACE, _("Say where the event is.")),
    GapKind.PAST: Gap(GapKind.PAST, _("The event has already ended. Set another day.")),
    GapKind.SAFEGUARDS: Gap(GapKind.SAFEGUARDS, _("Confirm every safeguard of the plan.")),
    GapKind.SITE: Gap(GapKind.SITE, _("The agency's public site is not open yet. A lead of the agency opens it.")),
    GapKind.LANGUAGE: Gap(
        GapKind.LANGUAGE,
        _("The event is not written in every language of your agency's site. Some neighbors cannot read it."),
        blocks=False,
    ),
    GapKind.CONDITIONS: Gap(
        GapKind.CONDITIONS,
        _("A contact condition is weak and nothing is planned for it yet."),
        blocks=False,
    ),
}


def publication_gaps(*, event: Event, at: datetime) -> tuple[Gap, ...]:
    """What is missing before `event` can be published, the blocking gaps first."""
    found = {
        GapKind.PLACE: not event.place,
        GapKind.PAST: event.ends_at <= at,
        GapKind.SAFEGUARDS: event.plan is not None and event.plan.safeguards.filter(confirmed_at=None).exists(),
        GapKind.SITE: not event.agency.is_public,
        GapKind.LANGUAGE: any(
            logic.untranslated((event.title, event.purpose, event.description, event.directions), language=language)
            for language in site_languages(agency=event.agency)
        ),
        GapKind.CONDITIONS: any(
            condition.rating == "weak" and not condition.plan for condition in event.conditions.all()
        ),
    }
    return tuple(GAPS[kind] for kind, missing in found.items() if missing)


def site_languages(*, agency: Agency) -> tuple[str, ...]:
    """The languages of the site in which `agency` should write: those that it lists as spoken."""
    return tuple(code for code, _name in settings.LANGUAGES if code in agency.languages)


def upcoming_events(*, at: datetime) -> QuerySet[Event]:
    """Published or canceled events of public sites that have not ended at `at`, soonest first."""
    return _listed(rules.public_events()).filter(ends_at__gte=at).order_by("starts_at", "pk")


def speaking(events: QuerySet[Event], *, language: str) -> QuerySet[Event]:
    """Those of `events` at which `language` is spoken; read as text, which both databases can search."""
    return events.annotate(languages_text=Cast("languages", TextField())).filter(
        languages_text__contains=f'"{language}"'
    )


def past_events(*, at: datetime) -> QuerySet[Event]:
    """Events that took place, the latest first."""
    return (
        _listed(rules.public_events()).filter(ends_at__lt=at, state=EventState.PUBLISHED).order_by("-starts_at", "-pk")
    )


def drafts_of(*, viewer: Viewer, agency: Agency) -> QuerySet[Event]:
    return (
        _listed(rules.followed_events(viewer)).filter(agency=agency, state=EventState.DRAFT).order_by("starts_at", "pk")
    )


def _listed(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.select_related("agency")


def _partners() -> Prefetch:
    # Pages name the organization; where it is reached stays encrypted.
    named = EventPartner.objects.select_related("organization").defer("organization__contact_email")
    return Prefetch("partners", named.order_by("invited_at", "pk"))


def shown_events(*, viewer: Viewer) -> QuerySet[Event]:
    """Events with all that their public page shows, in a constant number of queries."""
    return (
        rules.visible_events(viewer)
        .select_related("agency", "plan__playbook", "collector")
        .prefetch_related(
            Prefetch("neighborhoods", Neighborhood.objects.select_related("agency").order_by("name", "pk")),
            _partners(),
        )
    )


def prepared_events(*, viewer: Viewer) -> QuerySet[Event]:
    """Events with all that their agency sees of the preparation."""
    return (
        rules.followed_events(viewer)
        .select_related("agency", "plan__playbook", "collector")
        .prefetch_related(
            "conditions",
            "neighborhoods",
            _partners(),
        )
    )


@dataclass(frozen=True)
class Safeguards:
    """How many safeguards of the plan there are, and how many are confirmed."""

    total: int
    confirmed: int

    @property
    def whole(self) -> bool:
        return self.confirmed == self.total


def safeguards(*, event: Event) -> Safeguards:
    if event.plan_id is None:
        return Safeguards(0, 0)
    counted = SafeguardCheck.objects.filter(plan=event.plan_id).aggregate(
        total=Count("pk"), confirmed=Count("confirmed_at")
    )
    return Safeguards(**counted)


def condition_hints(*, event: Event) -> dict[str, str]:
    """What the playbook advises where a condition is weak, in the active language."""
    if event.plan is None:
        return {}
    planned = event.plan.playbook.content.get("contact_conditions", {})
    return {
        key: str(TranslatedText.of(**condition["hint"])) for key, condition in planned.items() if "hint" in condition
    }


def events_ahead(*, viewer: Viewer, at: datetime) -> QuerySet[Event]:
    """What is coming at the agencies where `viewer` holds a position, drafts too, soonest first."""
    own = rules.followed_events(viewer).filter(agency__in=viewer.scope_ids(Role.MEMBER, Agency))
    return _listed(own).filter(ends_at__gte=at).exclude(state=EventState.CANCELED).order_by("starts_at", "pk")
