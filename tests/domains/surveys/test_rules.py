"""Rules come in pairs: what a list shows is what the page allows, for everybody."""

import pytest

from lecen.domains.agencies.models import Agency
from lecen.domains.surveys import rules
from tests.factories import CollectorFactory

VIEWERS = ["resident", "member", "organizer", "lead", "head", "operator", "stranger_organizer"]
TWINS = [
    (rules.answerable_collectors, rules.can_answer),
    (rules.managed_collectors, rules.can_manage),
    (rules.visible_collectors, rules.can_view_results),
]


@pytest.fixture
def collectors(agency, other_agency):
    """Open and closed, one's own and another agency's, with public sites and without."""
    Agency.objects.filter(pk=agency.pk).update(is_public=False)
    return [
        CollectorFactory(agency=place, state=state) for place in (agency, other_agency) for state in ("open", "closed")
    ]


@pytest.mark.parametrize("name", VIEWERS)
@pytest.mark.parametrize(("visible", "can"), TWINS)
def test_what_is_listed_is_what_is_allowed(request, collectors, name, visible, can):
    viewer = request.getfixturevalue(name)

    assert set(visible(viewer)) == {collector for collector in collectors if can(viewer, collector)}


@pytest.mark.parametrize(
    ("name", "manages", "reads"),
    [
        ("resident", 0, 0),
        ("member", 0, 2),
        ("head", 0, 2),
        ("organizer", 2, 2),
        ("lead", 2, 2),
        ("operator", 4, 4),
        ("stranger_organizer", 2, 2),
    ],
)
def test_members_read_organizers_manage_and_only_at_their_agency(request, collectors, name, manages, reads):
    viewer = request.getfixturevalue(name)

    assert (rules.managed_collectors(viewer).count(), rules.visible_collectors(viewer).count()) == (manages, reads)
