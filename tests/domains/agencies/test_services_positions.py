from dataclasses import replace
from datetime import date, timedelta

import pytest

from lecen.domains.agencies.choices import Role, Standing
from lecen.domains.agencies.models import Agency, Position
from lecen.domains.agencies.services import positions as services
from lecen.domains.agencies.services.positions import NewPosition
from lecen.kernel.errors import NotAllowed, Refused
from lecen.kernel.models import AuditEntry, AuditReason
from lecen.kernel.viewer import SYSTEM
from tests.factories import NOON, PositionFactory, UserFactory


@pytest.fixture
def wanted(agency):
    UserFactory(email="ruth@example.org", name="Ruth")
    return NewPosition("Ruth@Example.org ", Role.ORGANIZER, Standing.CHAPLAIN, agency.pk, "Chaplain")


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_position_is_signed_by_whoever_gives_it_and_lasts_a_year(lead, agency, wanted):
    given = services.give_position(by=lead, position=wanted, at=NOON)

    assert (given.user.name, given.agency, given.role, given.title) == ("Ruth", agency, Role.ORGANIZER, "Chaplain")
    assert (given.attested_by, given.attested_at, given.expires_on) == (lead.name, NOON, date(2027, 6, 1))
    assert acts() == ["position.given"]


def test_what_the_platform_gives_is_signed_by_the_supervisor_in_the_record(agency, wanted):
    Agency.objects.update(supervisor_email="chief@example.org")

    assert services.give_position(by=SYSTEM, position=wanted, at=NOON).attested_by == "chief@example.org"


def test_a_role_is_held_once(lead, wanted):
    services.give_position(by=lead, position=wanted, at=NOON)

    with pytest.raises(Refused, match="already holds"):
        services.give_position(by=lead, position=wanted, at=NOON)
    assert acts() == ["position.given"]


def test_a_person_without_an_account_is_refused_at_the_field(lead, wanted):
    with pytest.raises(Refused) as refusal:
        services.give_position(by=lead, position=replace(wanted, email="nobody@example.org"), at=NOON)
    assert refusal.value.field == "email"


def test_nobody_but_an_operator_gives_a_position_to_themselves(lead, operator, wanted):
    own = Position.objects.get(user_id=lead.user_id)
    with pytest.raises(Refused, match="confirmed by somebody else"):
        services.give_position(by=lead, position=replace(wanted, email=own.user.email), at=NOON)
    operators = Position.objects.get(user_id=operator.user_id)

    assert services.give_position(by=operator, position=replace(wanted, email=operators.user.email), at=NOON)


def test_network_positions_are_given_by_operators_alone(lead, operator, wanted):
    network = replace(wanted, agency_id=None, role=Role.OPERATOR)
    with pytest.raises(NotAllowed):
        services.give_position(by=lead, position=network, at=NOON)

    assert services.give_position(by=operator, position=network, at=NOON).agency is None


@pytest.mark.parametrize("who", ["organizer", "member", "head", "stranger_lead", "resident"])
def test_only_leads_give_renew_and_end(request, agency, wanted, who):
    viewer, held = request.getfixturevalue(who), PositionFactory(agency=agency)
    for attempt in (
        lambda: services.give_position(by=viewer, position=wanted, at=NOON),
        lambda: services.renew_position(by=viewer, position_id=held.pk, at=NOON),
        lambda: services.end_position(by=viewer, position_id=held.pk, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert acts() == []


def test_a_renewed_position_lasts_a_year_from_the_day(lead, agency):
    held = PositionFactory(agency=agency, expires_on=date(2026, 1, 1))
    renewed = services.renew_position(by=lead, position_id=held.pk, at=NOON)

    assert (renewed.expires_on, renewed.attested_by) == (date(2027, 6, 1), lead.name)


def test_a_lead_does_not_renew_the_own_position(lead):
    own = Position.objects.get(user_id=lead.user_id)

    with pytest.raises(Refused, match="confirmed by somebody else"):
        services.renew_position(by=lead, position_id=own.pk, at=NOON)


def test_an_ended_position_is_not_renewed(lead, agency):
    held = PositionFactory(agency=agency, ended_at=NOON)

    with pytest.raises(Refused, match="has ended"):
        services.renew_position(by=lead, position_id=held.pk, at=NOON)


def test_a_position_ends_once_with_its_reason(lead, agency):
    held = PositionFactory(agency=agency)
    for later in range(2):
        services.end_position(by=lead, position_id=held.pk, reason="Retired", at=NOON + timedelta(days=later))
    held.refresh_from_db()

    assert (held.ended_at, acts()) == (NOON, ["position.ended"])
    assert list(AuditReason.objects.values_list("text", flat=True)) == ["Retired"]


def test_a_lead_does_not_end_the_own_lead(lead):
    own = Position.objects.get(user_id=lead.user_id)

    with pytest.raises(Refused, match="cannot end your own"):
        services.end_position(by=lead, position_id=own.pk, at=NOON)
