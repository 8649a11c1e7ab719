"""Playbooks in versions, and what is known about the outcomes of each."""

from functools import cached_property

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lecen.domains.library.choices import Direction, EventKind, Strength, Tag
from lecen.domains.library.logic import PlaybookContent, say_length
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedField


class Playbook(models.Model):
    """One version of a playbook. `content` holds its tasks, roles and checks as written in `content/playbooks`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name in addresses"))
    version = models.PositiveSmallIntegerField(_("version"))
    is_current = models.BooleanField(_("current"), default=True)
    name = TranslatedField(_("name"))
    summary = TranslatedField(_("summary"))
    purpose = TranslatedField(_("purpose"))
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    lead_time_days = models.PositiveSmallIntegerField(_("lead time in days"))
    duration_minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    tags = models.JSONField(_("good for"), default=list)
    content = models.JSONField()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="playbook_version_once"),
            models.UniqueConstraint(fields=["slug"], condition=models.Q(is_current=True), name="playbook_current_once"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("library:playbook", args=[self.slug])

    @cached_property
    def outline(self) -> PlaybookContent:
        """Roles, tasks, safeguards and the rest of the content, as typed values."""
        return PlaybookContent(self.content)

    @property
    def lead_time_weeks(self) -> int:
        """Whole weeks, rounded up."""
        return -(-self.lead_time_days // 7)

    @property
    def length_in_words(self) -> str:
        return say_length(self.duration_minutes)

    @property
    def tag_labels(self) -> list[str]:
        return [str(Tag(tag).label) for tag in self.tags]


class EvidenceCard(models.Model):
    """What one source shows about one outcome: how strong, in which direction, within which limits."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    playbook = models.ForeignKey(Playbook, on_delete=models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField()
    outcome = TranslatedField(_("outcome"))
    strength = models.CharField(_("strength"), max_length=1, choices=Strength)
    direction = models.CharField(_("direction"), max_length=12, choices=Direction)
    summary = TranslatedField(_("what was found"))
    citation = models.TextField(_("source"))
    link = models.URLField(_("link"), blank=True)
    is_verified = models.BooleanField(_("read in the source"), default=False)

    class Meta:
        verbose_name = _("evidence card")
        verbose_name_plural = _("evidence cards")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["playbook", "position"], name="evidence_position_once")]

    def __str__(self) -> str:
        return str(self.outcome)
