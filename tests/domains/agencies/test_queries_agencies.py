import pytest

from lecen.domains.agencies.queries import agencies as queries
from lecen.kernel.errors import Refused
from tests.factories import NOON, AgencyFactory, NeighborhoodFactory


def names(viewer, text=""):
    return [agency.name for agency in queries.agencies_for(viewer=viewer, text=text)]


def test_agencies_are_found_by_name_city_and_state(db, resident):
    AgencyFactory(name="Alder Police", city="Alder", state="IL")
    AgencyFactory(name="Birch Sheriff", city="Elm Grove", state="OH")
    AgencyFactory(name="Closed Police", city="Alder", state="IL", is_public=False)

    assert names(resident) == ["Alder Police", "Birch Sheriff"]
    assert names(resident, "grove") == ["Birch Sheriff"]
    assert names(resident, "police il") == ["Alder Police"]
    assert names(resident, "police oh") == []


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_counts_neighborhoods_in_one_query(django_assert_num_queries, db, resident, count):
    for _number in range(count):
        agency = AgencyFactory()
        NeighborhoodFactory(agency=agency)
        NeighborhoodFactory(agency=agency, valid_until=NOON.date())

    with django_assert_num_queries(1):
        assert [found.neighborhood_count for found in queries.agencies_for(viewer=resident)] == [1] * count


def test_an_agency_that_is_not_there_is_refused_with_those_that_are(agency):
    assert queries.agency_called(slug="riverbend") == agency
    with pytest.raises(Refused, match=r"There is no agency “x”. Known: riverbend."):
        queries.agency_called(slug="x")
