import pytest

from lecen.domains.agencies.models import Position
from tests.factories import PositionFactory, UserFactory

LIST = "/agencies/riverbend/positions/"


@pytest.fixture
def lead_browser(signed_in, lead):
    return signed_in(lead)


def test_a_lead_gives_a_position(lead_browser, lead):
    UserFactory(email="ruth@example.org", name="Ruth")
    form = {"email": "ruth@example.org", "role": "organizer", "standing": "chaplain"}
    first, second = lead_browser.post(f"{LIST}new/", form), lead_browser.post(f"{LIST}new/", form)

    assert (first["Location"], list(second.context["form"].errors)) == (LIST, ["role"])
    assert Position.objects.get(user__name="Ruth").attested_by == lead.name
    assert "Ruth" in lead_browser.get(LIST).text


@pytest.mark.parametrize(
    ("change", "field"), [({"email": "nobody@example.org"}, "email"), ({"role": "operator"}, "role")]
)
def test_an_error_stands_at_its_field(lead_browser, change, field):
    UserFactory(email="ruth@example.org")
    form = {"email": "ruth@example.org", "role": "organizer", "standing": "chaplain"} | change

    assert list(lead_browser.post(f"{LIST}new/", form).context["form"].errors) == [field]


def test_a_lead_renews_and_ends_a_position(lead_browser, agency):
    held = PositionFactory(agency=agency, expires_on="2026-01-01")
    assert "Expired" in lead_browser.get(LIST).text
    lead_browser.post(f"{LIST}{held.pk}/renew/")
    assert "Expired" not in lead_browser.get(LIST).text
    assert lead_browser.get(f"{LIST}{held.pk}/end/").status_code == 200
    lead_browser.post(f"{LIST}{held.pk}/end/", {"reason": "Retired"})
    held.refresh_from_db()

    assert held.ended_at is not None
    assert lead_browser.post(f"{LIST}{held.pk}/renew/").status_code == 404


def test_a_lead_who_ends_the_own_position_is_told_why_not(lead_browser, lead):
    own = Position.objects.get(user_id=lead.user_id)
    response = lead_browser.post(f"{LIST}{own.pk}/end/", {})

    assert "You cannot end your own position as lead." in response.text


@pytest.mark.parametrize("act", ["renew/", "end/"])
def test_positions_of_another_agency_are_not_there(signed_in, stranger_lead, agency, act):
    held = PositionFactory(agency=agency)
    lead_browser = signed_in(stranger_lead)

    assert lead_browser.post(f"/agencies/lakeview/positions/{held.pk}/{act}").status_code == 404
    assert lead_browser.post(f"{LIST}{held.pk}/{act}").status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_whatever_it_holds(django_assert_num_queries, lead_browser, agency, count):
    lead_browser.get(LIST)
    for _number in range(count):
        PositionFactory(agency=agency)

    with django_assert_num_queries(5):  # session, person, grants, agency, positions
        lead_browser.get(LIST)


def test_nobody_is_offered_to_renew_their_own_position(lead_browser, agency):
    PositionFactory(agency=agency, user__name="Ruth")

    page = lead_browser.get(LIST).text

    assert (page.count("Renew<"), 'Renew<span class="sr-only">: Ruth</span>' in page) == (1, True)
