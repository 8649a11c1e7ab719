import pytest

from lecen.domains.agencies import demo
from lecen.domains.agencies.models import Agency, Neighborhood, NeighborhoodAssignment, PartnerOrganization, Position
from lecen.domains.agencies.queries.neighborhoods import Place, neighborhoods_at
from lecen.kernel.models import AuditEntry
from lecen.kernel.viewer import ANONYMOUS
from tests.factories import NOON


@pytest.fixture
def loaded(db):
    demo.load(at=NOON)
    return Agency.objects.get(slug="riverbend")


def counts():
    models = (Agency, Neighborhood, NeighborhoodAssignment, PartnerOrganization, Position, AuditEntry)
    return [model.objects.count() for model in models]


def test_the_demonstration_agency_is_open_fictional_and_whole(loaded):
    assert (loaded.is_fictional, loaded.is_public, loaded.sworn_officers) == (True, True, 40)
    assert counts()[:5] == [1, 6, 5, 5, 5]
    assert set(Position.objects.values_list("role", flat=True)) == {"member", "organizer", "lead", "head", "operator"}


def test_loading_it_again_changes_nothing(loaded):
    before = counts()
    demo.load(at=NOON)

    assert counts() == before


def test_one_pair_of_its_neighborhoods_overlaps(loaded):
    corner = demo.CORNER
    place = Place(corner[0] + 0.0425, corner[1] + 0.028)

    answer = neighborhoods_at(viewer=ANONYMOUS, agency=loaded, place=place)
    assert sorted(area.name for area in answer.neighborhoods) == ["College Park", "Eastgate"]
