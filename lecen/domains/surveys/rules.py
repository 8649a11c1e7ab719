"""Who may answer, collect and read results. Nobody may read single answers, so there is no rule that allows it."""

from django.db.models import QuerySet

from lecen.domains.agencies import rules as agencies
from lecen.domains.agencies.models import Agency
from lecen.domains.surveys.choices import CollectorState
from lecen.domains.surveys.models import Collector
from lecen.kernel.viewer import Viewer


def can_load_instruments(viewer: Viewer) -> bool:
    return agencies.can_operate(viewer)


def can_open_collector(viewer: Viewer, agency: Agency) -> bool:
    return agencies.can_organize(viewer, agency)


# --- Answering: whoever has the link -----------------------------------------------------------------------------------
def answerable_collectors(_viewer: Viewer) -> QuerySet[Collector]:
    """Collectors that take answers; whether the hour is right is for the service to say."""
    return Collector.objects.filter(state=CollectorState.OPEN)


def can_answer(_viewer: Viewer, collector: Collector) -> bool:
    return collector.state == CollectorState.OPEN


# --- Collecting: organizers of the agency ------------------------------------------------------------------------------
def managed_collectors(viewer: Viewer) -> QuerySet[Collector]:
    return Collector.objects.filter(agency__in=agencies.organized_agencies(viewer))


def can_manage(viewer: Viewer, collector: Collector) -> bool:
    return agencies.can_organize(viewer, collector.agency)


# --- Results: members of the agency, and only what was released --------------------------------------------------------
def visible_collectors(viewer: Viewer) -> QuerySet[Collector]:
    return Collector.objects.filter(agency__in=agencies.own_agencies(viewer))


def can_view_results(viewer: Viewer, collector: Collector) -> bool:
    return agencies.is_member(viewer, collector.agency)
