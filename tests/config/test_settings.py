"""What the platform writes into its log: what happened to it, and nothing about whom."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpRequest
from django.test import override_settings
from django.urls import path
from django.utils import timezone

from lecen.config.urls import urlpatterns as platform
from lecen.domains.engagement.models import Registration
from lecen.domains.surveys.models import Collector, Response
from lecen.kernel.notify import send_due
from tests.factories import (
    CollectorFactory,
    EventFactory,
    NeighborhoodFactory,
    QuestionFactory,
    QuestionnaireFactory,
)

FROM = "203.0.113.77"
EMAIL, NAME, NEEDS, WORDS = "ana.reyes@example.org", "Ana Reyes", "wheelchair ramp", "the corner of Fifth"
PLACE = {"longitude": "-89.49512345", "latitude": "41.20598765"}


def breaks_down(request: HttpRequest) -> None:
    raise RuntimeError("The lights went out")


urlpatterns = [path("breaks-down/", breaks_down), *platform]


@pytest.fixture
def event(agency):
    now = timezone.now()
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, position=1, key="words", kind="text", options=[])
    CollectorFactory(agency=agency, questionnaire=questionnaire, slug="supper42")
    Collector.objects.update(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
    NeighborhoodFactory(agency=agency, corner=(-89.5, 41.2))
    return EventFactory(
        agency=agency, published=True, takes_registrations=True, capacity=4, starts_at=now + timedelta(days=5)
    )


def test_the_log_of_a_residents_day_says_nothing_about_them(client, event, caplog):
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    given = {"registration_id": uuid4(), "seats": "1", "email": EMAIL, "name": NAME, "needs": NEEDS}

    made = client.post(f"/events/{event.pk}/register/", given, REMOTE_ADDR=FROM)
    code = made.context["code"]
    client.post("/registration/", {"code": code}, REMOTE_ADDR=FROM)
    client.post("/registration/", {"code": "WRONG-CODE-HERE"}, REMOTE_ADDR=FROM)
    client.post("/answer/supper42/", {"response_id": uuid4(), "words": WORDS}, REMOTE_ADDR=FROM)
    client.post("/agencies/riverbend/find/", PLACE, REMOTE_ADDR=FROM)
    send_due(at=timezone.now())
    with override_settings(ROOT_URLCONF=__name__):
        broken = client.post("/breaks-down/", given | PLACE | {"code": code}, REMOTE_ADDR=FROM)

    assert (Registration.objects.count(), Response.objects.count(), broken.status_code) == (1, 1, 500)
    assert "The lights went out" in caplog.text  # whoever runs the platform learns what broke
    secrets = (EMAIL, NAME, NEEDS, WORDS, code, FROM, "89.495", "41.205")
    assert [secret for secret in secrets if secret in caplog.text] == []
