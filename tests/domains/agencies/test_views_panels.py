from lecen.domains.agencies.views.panels import desk


def test_the_desk_shows_ones_own_agencies_and_the_way_to_manage_them(agency, organizer, member):
    assert desk(organizer, None).context["rows"] == [(agency, True)]
    assert desk(member, None).context["rows"] == [(agency, False)]


def test_the_desk_of_an_operator_leads_to_all_agencies(operator, resident):
    assert desk(operator, None).context == {"rows": [], "can_operate": True}
    assert desk(resident, None) is None
