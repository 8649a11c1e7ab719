import pytest

from lecen.domains.agencies.models import Neighborhood
from lecen.domains.agencies.queries import neighborhoods as queries
from lecen.domains.agencies.queries.neighborhoods import Place
from tests.factories import NOON, NeighborhoodAssignmentFactory, NeighborhoodFactory

HERE = Place(-89.495, 41.205)


def at(place, agency, viewer):
    return queries.neighborhoods_at(viewer=viewer, agency=agency, place=place)


def test_a_place_is_served_by_the_neighborhood_that_holds_it(agency, resident):
    NeighborhoodFactory(agency=agency, corner=(-89.6, 41.2))
    here = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2))

    assert at(HERE, agency, resident) == queries.Answer((here,))


def test_overlaps_are_all_shown_the_smallest_first_then_by_code(agency, resident):
    large = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), side=0.03, code="A")
    second = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), side=0.01, code="C")
    first = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), side=0.01, code="B")

    assert at(HERE, agency, resident).neighborhoods == (first, second, large)


def test_a_place_on_a_shared_edge_belongs_to_both(agency, resident):
    left = NeighborhoodFactory(agency=agency, corner=(-89.52, 41.2), code="1")
    right = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), code="2")

    assert at(Place(-89.5, 41.21), agency, resident).neighborhoods == (left, right)


def test_the_box_alone_does_not_decide(agency, resident):
    corner = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2))
    triangle = [[[[-89.5, 41.2], [-89.48, 41.2], [-89.5, 41.22], [-89.5, 41.2]]]]
    Neighborhood.objects.update(boundary={"type": "MultiPolygon", "coordinates": triangle})

    assert at(Place(-89.482, 41.218), agency, resident).neighborhoods == ()
    assert at(Place(-89.498, 41.202), agency, resident).neighborhoods == (corner,)


def test_outside_of_all_the_nearest_is_named_with_its_distance(agency, resident):
    NeighborhoodFactory(agency=agency, corner=(-89.7, 41.2))
    near = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2))
    answer = at(Place(-89.49, 41.19), agency, resident)

    assert (answer.neighborhoods, answer.nearest.neighborhood) == ((), near)
    assert round(answer.nearest.meters) == 1112


def test_where_nothing_is_published_nobody_is_named(agency, other_agency, resident):
    NeighborhoodFactory(agency=other_agency, corner=(-89.5, 41.2))
    NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), valid_until=NOON.date())

    assert at(HERE, agency, resident) == queries.Answer(())


def test_a_closed_site_names_nobody_to_a_resident(agency, resident, member):
    here = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2))
    type(agency).objects.update(is_public=False)

    assert at(HERE, agency, resident) == queries.Answer(())
    assert at(HERE, agency, member).neighborhoods == (here,)


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize(("place", "expected"), [(HERE, 2), (Place(-80.0, 41.2), 4)])
def test_a_look_up_costs_the_same_whatever_there_is(  # noqa: PLR0917 - fixtures
    django_assert_num_queries, agency, resident, count, place, expected
):
    for number in range(count):
        area = NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2), side=0.02 + number / 1000)
        NeighborhoodAssignmentFactory(neighborhood=area)

    with django_assert_num_queries(expected):
        at(place, agency, resident)


@pytest.mark.parametrize("count", [1, 5])
def test_a_list_costs_two_queries_and_leaves_boundaries_out(django_assert_num_queries, agency, resident, count):
    for number in range(count):
        area = NeighborhoodFactory(agency=agency, name=f"N{number}")
        NeighborhoodAssignmentFactory(neighborhood=area)
        NeighborhoodAssignmentFactory(neighborhood=area, until=NOON.date())

    with django_assert_num_queries(2):
        found = list(queries.neighborhoods_of(viewer=resident, agency=agency))
        assert [(area.name, len(area.contacts)) for area in found] == [(f"N{n}", 1) for n in range(count)]
        assert "boundary" in found[0].get_deferred_fields()


def test_a_list_is_searched_by_name_and_code(agency, resident):
    town = NeighborhoodFactory(agency=agency, name="Old Town", code="7")
    NeighborhoodFactory(agency=agency, name="Riverside", code="77")

    for text in ("old", "7"):
        assert list(queries.neighborhoods_of(viewer=resident, agency=agency, text=text)) == [town]


def test_the_version_of_the_map_changes_with_what_it_shows(agency, resident):
    def version():
        return queries.map_version(viewer=resident, agency=agency)

    empty = version()
    area = NeighborhoodFactory(agency=agency)
    one = version()
    Neighborhood.objects.filter(pk=area.pk).update(name="Another name")
    renamed = version()

    assert len({empty, one, renamed}) == 3
    assert renamed == version()


def test_a_place_does_not_say_where_it_is():
    assert (repr(HERE), str(HERE)) == ("Place(…)", "Place(…)")
