from lecen.domains.agencies.models import Agency
from lecen.kernel.viewer import ANONYMOUS, Grant, Viewer, ViewerKind


def test_viewer_holds_a_role_only_where_it_was_granted(agency, other_agency):
    viewer = Viewer(ViewerKind.PERSON, grants=frozenset({Grant("lead", "agencies.agency", agency.pk)}))

    assert [viewer.holds("lead", agency), viewer.holds("lead", other_agency), viewer.holds("lead")] == [
        True,
        False,
        False,
    ]
    assert viewer.scope_ids("lead", Agency) == {agency.pk}


def test_nobody_holds_anything(agency):
    assert (ANONYMOUS.holds("member", agency), ANONYMOUS.scope_ids("member", Agency)) == (False, frozenset())
