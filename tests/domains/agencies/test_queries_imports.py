import pytest

from lecen.domains.agencies.queries.imports import compare
from tests.factories import NOON, NeighborhoodFactory


@pytest.mark.parametrize("count", [1, 5])
def test_a_comparison_costs_one_query(django_assert_num_queries, agency, make_area, count):
    for number in range(count):
        NeighborhoodFactory(agency=agency, code=str(number))

    with django_assert_num_queries(1):
        assert len(compare(agency=agency, areas=[make_area("x")]).ended) == count


def test_areas_are_new_redrawn_renamed_unchanged_or_ended(agency, other_agency, make_area):
    rows = {
        code: NeighborhoodFactory(agency=agency, code=code, name=f"Beat {code}", corner=(-89.5, 41.2))
        for code in ("1", "2", "3", "4", "5")
    }
    NeighborhoodFactory(agency=other_agency, code="9")
    NeighborhoodFactory(agency=agency, code="8", valid_until=NOON.date())
    areas = [make_area("0"), make_area("1"), make_area("2", side=0.03), make_area("3", "New name")]
    found = compare(agency=agency, areas=areas, kept={"5"})

    assert found.added == (areas[0],)
    assert found.unchanged == (rows["1"],)
    assert found.redrawn == ((rows["2"], areas[2]),)
    assert found.renamed == ((rows["3"], areas[3]),)
    assert found.ended == (rows["4"],)
    assert found.changes_anything
    assert not compare(agency=agency, areas=[areas[1]], kept={"2", "3", "4", "5"}).changes_anything
