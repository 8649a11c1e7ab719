"""Where each figure of a report comes from: which rows were counted, and how many."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.domains.engagement.models import Event
from lecen.domains.evaluation.choices import Known
from lecen.domains.evaluation.queries.people import People
from lecen.domains.evaluation.queries.pulse import Pulse
from lecen.kernel.times import say_when


@dataclass(frozen=True)
class Source:
    """`key` names the figure for programs, `rows` the kind of rows and their key where there is one."""

    key: str
    figure: str
    origin: str
    rows: str


def sources_of(*, event: Event, people: People, pulse: Pulse, follow_ups: int) -> tuple[Source, ...]:
    """One line for each kind of figure that the report shows or withholds."""
    found = [Source("present", _("People present"), _origin_of_count(people), f"check-ins of event {event.pk}")]
    if people.breakdowns:
        shares = _("The same entries, by what was noted; small groups are not shown")
        found.append(Source("groups", _("Age, first time, where from"), shares, f"check-ins of event {event.pk}"))
    if people.seats:
        kept = _("Registrations that were not canceled, as they stand now")
        found.append(Source("seats", _("Seats kept"), kept, f"registrations of event {event.pk}"))
    found.append(
        Source("answers", _("Answers to the pulse"), _origin_of_answers(event, pulse), _rows_of_answers(pulse))
    )
    if pulse.planned:
        planned = _("What the organizers wrote before the event")
        found.append(Source("planned", _("Planned conditions"), planned, f"conditions of event {event.pk}"))
    if follow_ups:
        promised = ngettext("%(count)s task of the plan", "%(count)s tasks of the plan", follow_ups)
        found.append(
            Source("follow_ups", _("Follow-ups"), promised % {"count": follow_ups}, f"tasks of plan {event.plan_id}")
        )
    return tuple(found)


def _origin_of_count(people: People) -> str:
    if people.present.known == Known.ABSENT:
        return _("No entries were made at the door")
    if not people.present.is_shown:
        return _("Entries made at the door; too few people to say more")
    return ngettext(
        "%(count)s entry made at the door, %(days)s", "%(count)s entries made at the door, %(days)s", people.entries
    ) % {"count": people.entries, "days": people.days}


def _origin_of_answers(event: Event, pulse: Pulse) -> str:
    if pulse.answered.known == Known.ABSENT:
        return _("No pulse was set up")
    if pulse.answered.known == Known.PENDING:
        return _("The pulse is open; nothing is released")
    if pulse.released_at is None:
        return _("The pulse is closed; too few answers to release")
    return _("Released with n = %(n)s: %(when)s") % {
        "when": say_when(pulse.released_at, None, event.time_zone),
        "n": pulse.answered,
    }


def _rows_of_answers(pulse: Pulse) -> str:
    if pulse.released_at:
        return f"release n={pulse.answered} of collector {pulse.collector_id}"
    return f"collector {pulse.collector_id}" if pulse.collector_id else ""
