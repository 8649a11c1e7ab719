"""The report as a table for spreadsheets and as a printed page. Both say what the page says, from the same values."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lecen.domains.evaluation.queries.pulse import Item
from lecen.domains.evaluation.queries.reports import EventReport, FollowUp
from lecen.kernel.documents import render_document
from lecen.kernel.tables import write_csv

MOST_FOLLOW_UPS = 6  # more do not fit on one page; the rest is on the report's own page
Line = tuple[str, str, str, str, str, str]  # part, subject, detail, figure, n, source


def report_title(report: EventReport) -> str:
    return _("Report: %(title)s") % {"title": report.event.title}


# --- For spreadsheets --------------------------------------------------------------------------------------------------
def report_table(report: EventReport) -> str:
    """A CSV file: one figure or sentence a row, each with the key of its source, and the sources below."""
    columns = (_("Part"), _("Subject"), _("Detail"), _("Figure"), "n", _("Source"))
    return write_csv(
        columns, [*_event_lines(report), *_people_lines(report), *_pulse_lines(report), *_end_lines(report)]
    )


def _event_lines(report: EventReport) -> Iterator[Line]:
    event, part = report.event, _("Event")
    yield part, _("First line"), report.first_line, "", "", ""
    yield part, _("Title"), str(event.title), "", "", ""
    yield part, _("When"), event.when, "", "", ""
    yield part, _("Where"), event.place, "", "", ""
    yield part, _("Purpose"), str(event.purpose), "", "", ""
    for host in report.hosts:
        yield part, _("Partner"), host, "", "", ""


def _people_lines(report: EventReport) -> Iterator[Line]:
    if not report.is_over:
        return
    people, part = report.people, _("Who came")
    yield part, _("People present"), "", str(people.present), "", "present"
    for breakdown in people.breakdowns:
        for group in breakdown.groups:
            yield part, breakdown.title, group.label, group.said, str(people.present), "groups"
    if people.seats:
        yield part, _("Seats kept"), "", str(people.seats), "", "seats"
    yield part, _("People who answered"), "", str(report.pulse.answered), "", "answers"


def _pulse_lines(report: EventReport) -> Iterator[Line]:
    part = _("What those who answered said")
    if report.pulse.statements:
        yield part, "", report.pulse.label, "", "", "answers"
    for item in (*report.pulse.statements, *report.pulse.others):
        for group in item.answers:
            yield part, item.words, group.label, group.said, str(item.n), "answers"
    for item in report.pulse.statements:
        yield part, item.words, _("Agreement"), item.said, str(item.n), "answers"
    noted = {item.planned.name: item.note for item in report.pulse.statements if item.planned}
    for planned in report.pulse.planned:
        yield _("Planned"), planned.name, planned.plan, planned.strength, "", "planned"
        if noted.get(planned.name):
            yield _("Planned"), planned.name, noted[planned.name], "", "", "answers"


def _end_lines(report: EventReport) -> Iterator[Line]:
    for task in report.follow_ups:
        detail = _("%(owner)s, due %(day)s") % {"owner": task.owner or _("nobody yet"), "day": task.due_said}
        yield _("Follow-ups"), task.title, detail, task.state_said, "", "follow_ups"
    for limit in report.limits:
        yield _("What this cannot show"), "", limit, "", "", ""
    yield _("Next step"), "", report.next_step, "", "", ""
    for source in report.sources:
        yield _("Where these figures come from"), source.figure, source.origin, "", "", f"{source.key}: {source.rows}"


# --- For paper ---------------------------------------------------------------------------------------------------------
def report_document(report: EventReport) -> bytes:
    """One letter page as PDF/UA-1, in the active language."""
    data = {
        "header": _("%(agency)s · Report of one event") % {"agency": report.event.agency.name},
        "footer": _("For the agency. Figures below 10 people are not shown."),
        "first_line": report.first_line,
        "facts": _facts(report),
        "people": _people(report),
        "words": _words(report),
        "columns": [_("Statement"), _("Planned"), "n", _("Agreement")],
        "items": [_printed(item) for item in report.pulse.statements],
        "others": [_sentence(item) for item in report.pulse.others],
        "follow_up_columns": [_("What"), _("Who"), _("Due"), _("State")],
        "follow_ups": [_row(task) for task in report.follow_ups[:MOST_FOLLOW_UPS]],
        "more_follow_ups": [_more(len(report.follow_ups) - printed) for printed in range(MOST_FOLLOW_UPS + 1)],
        "limits": list(report.limits),
        "next_step": report.next_step,
        "sources": [[source.figure, source.origin] for source in report.sources],
    }
    return render_document("evaluation/report.typ", data, title=report_title(report), language=get_language() or "en")


def _facts(report: EventReport) -> list[list[str]]:
    event = report.event
    facts = [[_("When"), event.when], [_("Where"), event.place], [_("Purpose"), str(event.purpose)]]
    return [*facts, [_("Partners"), ", ".join(report.hosts)]] if report.hosts else facts


def _people(report: EventReport) -> list[list[str]]:
    people = report.people
    if not report.is_over:
        return []
    lines = [[_("People present"), str(people.present)]]
    lines += [[each.title, each.said] for each in people.breakdowns]
    lines += [[_("Seats kept"), str(people.seats)]] if people.seats else []
    lines += [[_("People who answered"), str(report.pulse.answered)]]
    rated = {item.planned.name for item in report.pulse.statements if item.planned}
    unrated = [each for each in report.pulse.planned if each.name not in rated]
    return lines + [[_("Planned: %(condition)s") % {"condition": each.name}, each.strength] for each in unrated]


def _words(report: EventReport) -> dict[str, str]:
    return {
        "pulse": _("What those who answered said"),
        "label": _("%(label)s. Not representative.") % {"label": report.pulse.label},
        "follow_ups": _("Follow-ups"),
        "limits": _("What this cannot show"),
        "next_step": _("Next step"),
        "sources": _("Where these figures come from"),
    }


def _printed(item: Item) -> dict[str, Any]:
    return {
        "statement": item.words,
        "distribution": item.distribution,
        "planned": item.planned.strength if item.planned else "",
        "n": str(item.n),
        "said": item.said,
        "share": item.share,
        "note": item.note,
    }


def _sentence(item: Item) -> str:
    if not item.answers:
        return _("%(question)s Answered by fewer than 10 people.") % {"question": item.words}
    return _("%(question)s %(answers)s (n = %(n)s)") % {
        "question": item.words,
        "answers": item.distribution,
        "n": item.n,
    }


def _row(task: FollowUp) -> list[str]:
    return [task.title, task.owner or _("nobody yet"), task.due_said, task.state_said]


def _more(count: int) -> str:
    if count < 1:
        return ""
    more = ngettext("%(count)s more on the report's page.", "%(count)s more on the report's page.", count)
    return more % {"count": count}
