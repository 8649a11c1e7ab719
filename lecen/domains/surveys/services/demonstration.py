"""Made-up answers for a fictional agency, so that a demonstration has results to show."""

from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from lecen.domains.surveys import queries
from lecen.domains.surveys.choices import Channel, QuestionKind
from lecen.domains.surveys.models import Collector, Question
from lecen.domains.surveys.services.responses import record_response
from lecen.kernel.errors import Refused
from lecen.kernel.viewer import Viewer

# What 46 made-up people said, one word a person, one digit an item of the pulse; 0 is skipped.
# Friendly, as those who stay to the end are; with some who were not listened to.
SCALES = (
    "55554 55545 45443 55555 44342 54554 55455 33323 55544 44354 55553 45444 55455 22221 54545 55534 "
    "44444 55554 53553 45442 55555 54344 55545 34352 55454 44553 55555 45343 55444 54555 20302 55553 "
    "45554 54443 55545 55454 44432 55555 35553 54554 45344 55550 54553 44455 55544 43332 "
)
WARMTH = "80 70 60 90 50 70 100 30 80 60 0 70 80 20 90 60 50 100 70 40 90 60 80 30"
CHANNELS = (Channel.QR, Channel.QR, Channel.KIOSK, Channel.QR, Channel.PAPER, Channel.LINK)
SPANISH_EACH = 3
HERE_OF_FIVE = 3
NAMESPACE = UUID("6f5d1c4e-7b0a-4c7e-9f5b-2f1f1f0c8a11")


def answer_as_demonstration(*, by: Viewer, collector: Collector, at: datetime) -> int:
    """Answer `collector` as 46 people would; run again, nothing is added. `at` lies in the collector's time."""
    if not collector.agency.is_fictional:
        raise Refused(_("Made-up answers are for fictional agencies only."))
    questions = queries.questions_of(collector=collector)
    for person, steps in enumerate(SCALES.split()):
        record_response(
            by=by,
            collector=collector,
            answers=_answers(questions, person, steps),
            channel=CHANNELS[person % len(CHANNELS)],
            language="es" if person % SPANISH_EACH == 0 else "en",
            response_id=uuid5(NAMESPACE, f"{collector.pk} {person}"),
            at=at,
        )
    return len(SCALES.split())


def _answers(questions: list[Question], person: int, steps: str) -> dict[str, str]:
    warmth = WARMTH.split()
    scales = [question.key for question in questions if question.kind == QuestionKind.SCALE]
    answers = {key: step for key, step in zip(scales, steps, strict=False) if step != "0"}
    for place, question in enumerate(questions):
        values = [option["value"] for option in question.options]
        if question.kind == QuestionKind.THERMOMETER:
            answers[question.key] = warmth[person % len(warmth)]
        elif question.kind == QuestionKind.CHOICE:
            answers[question.key] = values[0] if (person * 7 + place) % 5 < HERE_OF_FIVE else values[-1]
    return answers
