"""Collectors open for one occasion and close by themselves when it is over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lecen.domains.agencies.models import Agency
from lecen.domains.surveys import queries, rules
from lecen.domains.surveys.changes import CollectorClosed, CollectorOpened
from lecen.domains.surveys.choices import CollectorState
from lecen.domains.surveys.models import Collector, Questionnaire
from lecen.domains.surveys.services.results import release_what_is_due
from lecen.kernel import audit, changes
from lecen.kernel.codes import new_code
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.translated import TranslatedText
from lecen.kernel.viewer import SYSTEM, Viewer

SLUG_BITS = 40  # short enough to read aloud; who guesses one may answer, as may whoever sees it on a wall


def open_collector(
    *,
    by: Viewer,
    agency: Agency,
    title: TranslatedText,
    opens_at: datetime,
    closes_at: datetime,
    at: datetime,
    instrument: str = "pulse",
    questionnaire_id: UUID | None = None,
) -> Collector:
    """Open a place where answers to a questionnaire, else to the current version of `instrument`, come in."""
    wanted = {"pk": questionnaire_id} if questionnaire_id else {"instrument": instrument, "is_current": True}
    _check_times(opens_at=opens_at, closes_at=closes_at, at=at)
    with transaction.atomic():
        require(rules.can_open_collector, by, agency)
        questionnaire = Questionnaire.objects.select_for_update().filter(**wanted).first()
        if questionnaire is None:
            raise Refused(_("There is no questionnaire “%(name)s” in this network.") % {"name": instrument})
        collector = Collector(
            questionnaire=questionnaire,
            agency=agency,
            title=title,
            slug=new_code(bits=SLUG_BITS).replace("-", "").lower(),
            opens_at=opens_at,
            closes_at=closes_at,
        )
        collector.full_clean()
        collector.save()
        audit.record(by=by, act="collector.opened", on=collector, at=at)
        changes.publish(CollectorOpened(collector_id=collector.pk))
    return collector


def reschedule_collector(
    *, by: Viewer, collector_id: UUID, opens_at: datetime, closes_at: datetime, at: datetime
) -> Collector:
    """Move an open collector with its occasion."""
    _check_times(opens_at=opens_at, closes_at=closes_at, at=at)
    with transaction.atomic():
        collector = queries.locked_collector(collector_id=collector_id)
        require(rules.can_manage, by, collector)
        if collector.state == CollectorState.CLOSED:
            raise Refused(_("This survey has closed. Its opening and closing times can no longer be changed."))
        collector.opens_at, collector.closes_at = opens_at, closes_at
        collector.full_clean()
        collector.save(update_fields=["opens_at", "closes_at"])
        audit.record(by=by, act="collector.rescheduled", on=collector, at=at)
    return collector


def _check_times(*, opens_at: datetime, closes_at: datetime, at: datetime) -> None:
    if closes_at <= opens_at:
        raise Refused(_("The survey must close after it opens."), field="closes_at")
    if closes_at <= at:
        raise Refused(_("The survey would have closed already. Choose a later time."), field="closes_at")


def close_collector(*, by: Viewer, collector_id: UUID, at: datetime) -> Collector:
    """Take no more answers and forget those begun and never sent; what may be released is."""
    with transaction.atomic():
        collector = queries.locked_collector(collector_id=collector_id)
        require(rules.can_manage, by, collector)
        if collector.state == CollectorState.CLOSED:
            return collector
        collector.state = CollectorState.CLOSED
        collector.save(update_fields=["state"])
        collector.responses.filter(is_complete=False).delete()
        audit.record(by=by, act="collector.closed", on=collector, at=at)
        release_what_is_due(by=by, collector=collector, at=at)
        changes.publish(CollectorClosed(collector_id=collector.pk))
    return collector


def close_ended_collectors(*, at: datetime) -> int:
    """Close every collector whose time is over; returns how many."""
    ended = list(queries.ended_collectors(at=at).values_list("pk", flat=True))
    for key in ended:
        close_collector(by=SYSTEM, collector_id=key, at=at)
    return len(ended)
