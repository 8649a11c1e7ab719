import pytest

from lecen.domains.library import queries, services
from lecen.domains.library.models import Playbook
from lecen.kernel.viewer import SYSTEM


@pytest.fixture
def library(playbook, content):
    """The park day, and a course that takes longer."""
    other = {**content, "id": "academy", "kind": "course", "lead_time_days": 70, "good_for": ["in-depth"]}
    other |= {"name": {"en": "Academy", "es": "Reunión de policía"}}
    services.publish_playbook(by=SYSTEM, content=other)
    return playbook, Playbook.objects.get(slug="academy")


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["park-day", "academy"]),
        ({"kind": "course"}, ["academy"]),
        ({"tag": "families"}, ["park-day"]),
        ({"lead_time": 56}, ["park-day"]),
        ({"words": "REUNION"}, ["academy"]),
        ({"words": "clean park"}, ["park-day", "academy"]),
        ({"words": "park submarine"}, []),
    ],
)
def test_playbooks_fit_every_filter(library, resident, chosen, found):
    assert [playbook.slug for playbook in queries.playbooks(viewer=resident, **chosen)] == found


def test_evidence_stands_by_direction_then_strength(playbook):
    cards = queries.evidence_of(playbook=playbook)

    assert [str(card) for card in cards] == ["Satisfaction", "Trust", "Crime", "Harm done"]
