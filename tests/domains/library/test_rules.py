from lecen.domains.library import rules
from tests.factories import PlaybookFactory


def test_everybody_sees_current_playbooks_and_nobody_an_old_version(resident, organizer, operator):
    current = PlaybookFactory(slug="coffee", version=2)
    old = PlaybookFactory(slug="coffee", version=1, is_current=False)

    for viewer in (resident, organizer, operator):
        assert list(rules.visible_playbooks(viewer)) == [current]
        assert [rules.can_view_playbook(viewer, each) for each in (current, old)] == [True, False]


def test_only_operators_publish_playbooks(resident, organizer, lead, operator):
    assert [rules.can_publish_playbooks(viewer) for viewer in (resident, organizer, lead, operator)] == [
        False,
        False,
        False,
        True,
    ]
