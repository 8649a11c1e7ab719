import pytest

from lecen.domains.agencies.queries.partners import partners_of
from tests.factories import PartnerOrganizationFactory


@pytest.mark.parametrize("count", [1, 5])
def test_partners_are_listed_by_name_in_one_query(django_assert_num_queries, agency, other_agency, organizer, count):
    PartnerOrganizationFactory(agency=other_agency)
    for number in range(count):
        PartnerOrganizationFactory(agency=agency, name=f"P{number}")

    with django_assert_num_queries(1):
        assert [found.name for found in partners_of(viewer=organizer, agency=agency)] == [f"P{n}" for n in range(count)]


def test_partners_are_searched_by_name_and_person_and_hidden_from_members(agency, organizer, member):
    parish = PartnerOrganizationFactory(agency=agency, name="Saint Brigid", contact_name="Tom Reilly")
    PartnerOrganizationFactory(agency=agency, name="New Hope")

    assert list(partners_of(viewer=organizer, agency=agency, text="brigid")) == [parish]
    assert list(partners_of(viewer=organizer, agency=agency, text="reilly")) == [parish]
    assert list(partners_of(viewer=member, agency=agency)) == []
