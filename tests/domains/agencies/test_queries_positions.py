from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lecen.domains.agencies.choices import IMPLIED_ROLES, Role
from lecen.domains.agencies.queries import positions as queries
from lecen.kernel.viewer import Grant
from tests.factories import NOON, AgencyFactory, PositionFactory, UserFactory

PLACE = "agencies.agency"


def roles(user, at=NOON):
    return {grant.role for grant in queries.grants_of(user_id=user.pk, at=at)}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OPERATOR])
def test_a_position_grants_the_roles_it_implies_at_its_agency(agency, role):
    user = PositionFactory(agency=agency, role=role).user

    assert queries.grants_of(user_id=user.pk, at=NOON) == {
        Grant(implied, PLACE, agency.pk) for implied in IMPLIED_ROLES[role]
    }


def test_an_operator_is_granted_the_network(db):
    user = PositionFactory(agency=None, role=Role.OPERATOR).user

    assert queries.grants_of(user_id=user.pk, at=NOON) == {Grant(Role.OPERATOR, "network")}


def test_ended_positions_and_those_of_others_or_of_closed_accounts_grant_nothing(agency):
    user = UserFactory()
    PositionFactory(user=user, agency=agency, ended_at=NOON - timedelta(days=1))
    PositionFactory(agency=agency)
    closed = PositionFactory(agency=agency, user=UserFactory(is_active=False)).user

    assert (roles(user), roles(closed)) == (set(), set())


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "America/Chicago", "Pacific/Guam"])
def test_a_position_holds_until_the_end_of_its_last_day_at_the_agency(db, zone):
    user = PositionFactory(agency=AgencyFactory(time_zone=zone), expires_on=date(2026, 6, 1)).user
    midnight = datetime(2026, 6, 2, tzinfo=ZoneInfo(zone))

    assert roles(user, midnight - timedelta(seconds=1)) == {Role.MEMBER}
    assert roles(user, midnight) == set()


@pytest.mark.parametrize("count", [1, 5])
def test_grants_cost_one_query_whatever_their_number(django_assert_num_queries, db, count):
    user = UserFactory()
    for _number in range(count):
        PositionFactory(user=user)

    with django_assert_num_queries(1):
        assert len(queries.grants_of(user_id=user.pk, at=NOON)) == count


@pytest.mark.parametrize("count", [1, 5])
def test_a_lead_sees_the_positions_in_force_by_name(django_assert_num_queries, agency, other_agency, lead, count):
    for number in range(count):
        PositionFactory(agency=agency, user__name=f"A{number}")
    PositionFactory(agency=agency, ended_at=NOON)
    PositionFactory(agency=other_agency)

    with django_assert_num_queries(1):
        names = [position.user.name for position in queries.positions_at(viewer=lead, agency=agency)]
    assert names == [*(f"A{number}" for number in range(count)), lead.name]
