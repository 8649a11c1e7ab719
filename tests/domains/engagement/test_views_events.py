from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lecen.domains.engagement.choices import EventState
from lecen.domains.engagement.forms.events import written_event
from lecen.domains.engagement.models import Event
from lecen.kernel.translated import TranslatedText
from tests.factories import EventFactory, EventPartnerFactory, PlanFactory, SafeguardCheckFactory

SOON = timezone.now().replace(microsecond=0, second=0) + timedelta(days=5)
CONDITIONS = ("equal_status", "common_goal", "cooperation", "institutional_support")


def sent(**changed) -> dict:
    """What a browser sends for a whole event."""
    return {
        "title_en": "Coffee",
        "title_es": "Café",
        "purpose_en": "To talk.",
        "purpose_es": "Hablar.",
        "kind": "social",
        "day": "2027-06-05",
        "starts": "09:00",
        "ends": "11:00",
        "time_zone": "America/Chicago",
        "place": "Café Luna",
        "languages": ["en", "es"],
        **{f"rating_{condition}": "medium" for condition in CONDITIONS},
    } | changed


@pytest.fixture
def chaplain(signed_in, organizer):
    return signed_in(organizer)


def test_an_organizer_drafts_an_event(chaplain, agency):
    answer = chaplain.post(f"/events/new/{agency.slug}/", sent())

    event = Event.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/events/{event.pk}/manage/")
    assert (event.state, event.local_start.isoformat()) == (EventState.DRAFT, "2027-06-05T09:00:00-05:00")
    assert {row.condition for row in event.conditions.all()} == set(CONDITIONS)


def test_the_form_comes_back_with_an_error_at_the_field_and_nothing_lost(chaplain, agency):
    answer = chaplain.post(f"/events/new/{agency.slug}/", sent(title_es="Café de nadie", ends="08:00"))

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["ends"]
    for typed in ("Café de nadie", sent()["title_en"], sent()["purpose_en"], 'value="08:00"', "Café Luna"):
        assert typed in answer.text


def test_a_text_missing_in_every_language_is_said_at_its_field(chaplain, agency):
    answer = chaplain.post(f"/events/new/{agency.slug}/", sent(purpose_en="", purpose_es=""))

    assert answer.status_code == 200
    assert answer.context["form"].errors == {"purpose": ["Write this in at least one language."]}
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"day": "2027-03-14", "starts": "02:30"}, "starts", "skip from"),
        ({"day": "9999-12-31"}, "day", "between the years"),
        ({"last_day": "9999-12-31"}, "last_day", "between the years"),
        ({"capacity": "-1"}, "capacity", "greater than or equal to"),
        ({"capacity": "1.5"}, "capacity", "whole number"),
        ({"capacity": "9" * 400}, "capacity", "less than or equal to"),
        ({"title_en": "x" * 121}, "title", "at most 120 characters"),
        ({"title_en": "Coffee\x00"}, "title", "Null characters are not allowed"),
        ({"ends": "08:00"}, "ends", "must come after the start"),
        ({"latitude": "41.2"}, "longitude", "both latitude and longitude"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "not one of the available choices"),
        ({"starts": "quarter past"}, "starts", "Enter a valid time"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(chaplain, agency, changed, field, said):
    form = chaplain.post(f"/events/new/{agency.slug}/", sent(**changed)).context["form"]

    assert said in form.errors[field][0]
    assert Event.objects.count() == 0


def test_an_event_over_midnight_names_its_last_day(chaplain, agency):
    chaplain.post(f"/events/new/{agency.slug}/", sent(starts="21:00", ends="01:00", last_day="2027-06-06"))

    assert Event.objects.get().ends_at - Event.objects.get().starts_at == timedelta(hours=4)


def test_changing_nothing_changes_nothing(chaplain, agency):
    chaplain.post(f"/events/new/{agency.slug}/", sent())
    before = written_event(Event.objects.get())

    page = chaplain.get(f"/events/{Event.objects.get().pk}/edit/")
    chaplain.post(f"/events/{Event.objects.get().pk}/edit/", sent())

    assert written_event(Event.objects.get()) == before
    assert 'value="Café Luna"' in page.content.decode()


def test_the_hint_of_the_playbook_stands_at_each_condition(chaplain, agency):
    event = EventFactory(agency=agency, plan=PlanFactory(agency=agency))

    page = chaplain.get(f"/events/{event.pk}/edit/").content.decode()

    assert [f"Hint for {condition}" in page for condition in CONDITIONS] == [True] * 4


def test_the_manage_page_says_what_is_missing(chaplain, agency):
    plan = PlanFactory(agency=agency)
    SafeguardCheckFactory(plan=plan)
    SafeguardCheckFactory(plan=plan, confirmed_at=SOON)
    event = EventFactory(agency=agency, plan=plan, place="", starts_at=SOON)

    answer = chaplain.get(f"/events/{event.pk}/manage/")

    assert [gap.kind for gap in answer.context["gaps"]] == ["place", "safeguards"]
    assert "1 of 2 safeguards are confirmed." in answer.content.decode()
    assert f"/events/{event.pk}/publish/" not in answer.content.decode()


def test_publishing_asks_first_and_then_shows_code_and_flyer(chaplain, agency):
    event = EventFactory(agency=agency, starts_at=SOON)

    asked = chaplain.get(f"/events/{event.pk}/publish/")
    assert Event.objects.get().state == EventState.DRAFT
    shown = chaplain.post(f"/events/{event.pk}/publish/", follow=True)

    assert "Publish the event" in asked.content.decode()
    assert Event.objects.get().state == EventState.PUBLISHED
    assert [words in shown.content.decode() for words in ("The event is published.", "flyer.pdf", 'class="qr"')] == [
        True,
        True,
        True,
    ]


def test_publishing_what_is_not_ready_is_refused(chaplain, agency):
    event = EventFactory(agency=agency, place="", starts_at=SOON)

    answer = chaplain.post(f"/events/{event.pk}/publish/")

    assert (answer.status_code, Event.objects.get().state) == (409, EventState.DRAFT)
    assert "Say where the event is." in answer.content.decode()


def test_canceling_asks_for_the_reason(chaplain, agency):
    event = EventFactory(agency=agency, published=True, starts_at=SOON)

    empty = chaplain.post(f"/events/{event.pk}/cancel/", {})
    done = chaplain.post(f"/events/{event.pk}/cancel/", {"reason_en": "Storm.", "reason_es": "Tormenta."})

    assert list(empty.context["form"].errors) == ["reason"]
    assert (done.status_code, Event.objects.get().state) == (302, EventState.CANCELED)


def test_a_draft_is_deleted_after_asking(chaplain, agency):
    event = EventFactory(agency=agency)

    assert "It was never published" in chaplain.get(f"/events/{event.pk}/delete/").content.decode()
    assert Event.objects.count() == 1
    assert chaplain.post(f"/events/{event.pk}/delete/")["Location"] == f"/events/of/{agency.slug}/"
    assert Event.objects.count() == 0


@pytest.mark.parametrize("name", ["event-edit", "event-publish", "event-cancel", "event-delete", "event-partners"])
@pytest.mark.parametrize(
    ("actor", "status"),
    [("resident", 404), ("stranger_organizer", 404), ("member", 403), ("head", 403), ("organizer", 200), ("lead", 200)],
)
def test_who_may_act_on_an_event(request, agency, name, actor, status):
    event = EventFactory(agency=agency, published=True, starts_at=SOON)
    browser = request.getfixturevalue("signed_in")(request.getfixturevalue(actor))

    assert browser.get(reverse(f"engagement:{name}", args=[event.pk])).status_code == status


@pytest.mark.parametrize(
    ("actor", "status"), [("resident", 404), ("stranger_organizer", 404), ("member", 200), ("head", 200)]
)
def test_who_may_follow_the_preparation(request, agency, actor, status):
    event = EventFactory(agency=agency, starts_at=SOON)

    browser = request.getfixturevalue("signed_in")(request.getfixturevalue(actor))
    answer = browser.get(f"/events/{event.pk}/manage/")

    assert answer.status_code == status
    assert b"/edit/" not in answer.content


@pytest.mark.parametrize("rows", [1, 5])
def test_the_manage_page_costs_the_same_however_many_partners(chaplain, agency, rows, django_assert_max_num_queries):
    event = EventFactory(agency=agency, published=True, starts_at=SOON)
    for _row in range(rows):
        EventPartnerFactory(event=event)
    chaplain.get(f"/events/{event.pk}/manage/")

    with django_assert_max_num_queries(12):
        chaplain.get(f"/events/{event.pk}/manage/")


def test_the_manage_page_goes_on_warning_about_a_missing_language(chaplain, agency):
    agency.languages = ["en", "es"]
    agency.save()
    english = TranslatedText.of(en="English only")
    event = EventFactory(agency=agency, published=True, starts_at=SOON, title=english)
    over = EventFactory(agency=agency, published=True, starts_at=SOON - timedelta(days=30), title=english)

    gaps = [chaplain.get(f"/events/{row.pk}/manage/").context["gaps"] for row in (event, over)]

    assert [[(gap.kind, gap.blocks) for gap in found] for found in gaps] == [[("language", False)], []]
