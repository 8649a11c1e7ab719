"""Questionnaires in versions, where answers come in, the answers, and what was released of them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.models import Agency
from lecen.domains.surveys.choices import Channel, CollectorState, QuestionKind
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedField


class Questionnaire(models.Model):
    """One version of an instrument. A version that has collected answers is never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    instrument = models.SlugField(_("instrument"))
    version = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(_("current"), default=True)
    title = TranslatedField(_("title"))
    introduction = TranslatedField(_("introduction"), multiline=True)
    label = TranslatedField(_("how results are labeled"))
    thanks = TranslatedField(_("thanks"), multiline=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["instrument", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "version"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["instrument"], condition=models.Q(is_current=True), name="questionnaire_current_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Question(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(_("key"))
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    text = TranslatedField(_("question"))
    help = TranslatedField(_("help"), blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    options = models.JSONField(_("options"), default=list)  # [{"value": "1", "label": {"en": …, "es": …}}]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="question_position_once"),
            models.UniqueConstraint(fields=["questionnaire", "key"], name="question_key_once"),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Collector(models.Model):
    """One place where answers to one questionnaire come in, for one occasion; it never knows which."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="collectors")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="collectors")
    title = TranslatedField(_("title"))  # the occasion in the words of those who answer
    slug = models.SlugField(_("short name in addresses"), max_length=16, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=CollectorState, default=CollectorState.OPEN)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("collector")
        verbose_name_plural = _("collectors")
        ordering = ["-opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="collector_closes_after_opening"
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="collector_to_close", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("surveys:answer", args=[self.slug])


class Response(models.Model):
    """One person's answers. The key is drawn by the form, so that a form sent twice counts once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="responses")
    channel = models.CharField(max_length=6, choices=Channel)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    day = models.DateField()
    is_complete = models.BooleanField(default=False)  # begun answers can be resumed and are not counted
    resume_hash = models.CharField(max_length=64, blank=True)  # cleared when complete

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        indexes = [models.Index(fields=["collector", "is_complete"], name="response_by_collector")]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(max_length=40, blank=True)  # an option's value, or 0 to 100
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]

    def __str__(self) -> str:
        return self.value or self.text[:60]


class ResultRelease(models.Model):
    """What was shown of a collector's answers, after disclosure control. It is never taken back or changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    collector = models.ForeignKey(Collector, on_delete=models.CASCADE, related_name="releases")
    n = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    tables = models.JSONField()
    basis = models.JSONField(default=dict)  # exact counts and texts at that moment: what the next release is checked by

    class Meta:
        verbose_name = _("released results")
        verbose_name_plural = _("released results")
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["collector", "n"], name="release_n_once")]

    def __str__(self) -> str:
        return f"n = {self.n}"
