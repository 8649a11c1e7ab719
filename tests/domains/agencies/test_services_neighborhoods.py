from dataclasses import replace
from datetime import date, timedelta

import pytest

from lecen.domains.agencies.models import NeighborhoodAssignment
from lecen.domains.agencies.services import neighborhoods as services
from lecen.domains.agencies.services.neighborhoods import DutyContact
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry
from tests.factories import NOON, NeighborhoodAssignmentFactory, NeighborhoodFactory

CONTACT = DutyContact("Neighborhood officer", phone="309-555-0142", languages=("en", "es"))


@pytest.fixture
def place(agency):
    return NeighborhoodFactory(agency=agency)


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_contact_counts_as_confirmed_on_the_day_it_is_named(lead, place):
    given = services.give_assignment(by=lead, neighborhood_id=place.pk, contact=CONTACT, at=NOON)

    assert (given.since, given.last_confirmed_on, given.languages) == (NOON.date(), NOON.date(), ["en", "es"])
    assert (given.officer_name, acts()) == ("", ["assignment.given"])


@pytest.mark.parametrize(("contact", "field"), [(CONTACT, "duty"), (DutyContact("Another duty"), "phone")])
def test_a_second_for_one_duty_and_one_without_a_way_to_reach_are_refused(lead, place, contact, field):
    NeighborhoodAssignmentFactory(neighborhood=place, duty=CONTACT.duty)

    with pytest.raises(Refused) as refusal:
        services.give_assignment(by=lead, neighborhood_id=place.pk, contact=contact, at=NOON)
    assert (refusal.value.field, NeighborhoodAssignment.objects.count()) == (field, 1)


def test_the_duty_is_free_again_when_its_contact_has_ended(lead, place):
    NeighborhoodAssignmentFactory(neighborhood=place, duty=CONTACT.duty, until=date(2026, 5, 1))

    assert services.give_assignment(by=lead, neighborhood_id=place.pk, contact=CONTACT, at=NOON).until is None


def test_a_contact_is_confirmed_by_the_day_of_the_agency(lead, place):
    held = NeighborhoodAssignmentFactory(neighborhood=place, last_confirmed_on=date(2026, 1, 1))
    late = NOON.replace(hour=4)  # still May 31 in Chicago
    confirmed = services.confirm_assignment(by=lead, assignment_id=held.pk, at=late)

    assert (confirmed.last_confirmed_on, acts()) == (date(2026, 5, 31), ["assignment.confirmed"])


def test_a_contact_ends_once_and_is_then_not_confirmed(lead, place):
    held = NeighborhoodAssignmentFactory(neighborhood=place)
    for later in range(2):
        services.end_assignment(by=lead, assignment_id=held.pk, at=NOON + timedelta(days=later))
    held.refresh_from_db()

    assert (held.until, acts()) == (NOON.date(), ["assignment.ended"])
    with pytest.raises(Refused, match="has ended"):
        services.confirm_assignment(by=lead, assignment_id=held.pk, at=NOON)


@pytest.mark.parametrize("who", ["member", "organizer", "head", "stranger_lead", "resident"])
def test_others_change_no_contact(request, place, who):
    viewer, held = request.getfixturevalue(who), NeighborhoodAssignmentFactory(neighborhood=place)
    contact = replace(CONTACT, duty="Other")
    for attempt in (
        lambda: services.give_assignment(by=viewer, neighborhood_id=place.pk, contact=contact, at=NOON),
        lambda: services.confirm_assignment(by=viewer, assignment_id=held.pk, at=NOON),
        lambda: services.end_assignment(by=viewer, assignment_id=held.pk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert acts() == []
