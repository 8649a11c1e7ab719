"""Programs: what an agency does again and again for one purpose."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.choices import ProgramState
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedField


class Program(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="programs")
    name = TranslatedField(_("name"), max_length=120)
    purpose = TranslatedField(_("purpose"), max_length=600, multiline=True)
    state = models.CharField(_("state"), max_length=8, choices=ProgramState, default=ProgramState.ACTIVE)
    started_on = models.DateField(_("since"))

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["-started_on", "pk"]
        indexes = [models.Index(fields=["agency", "state", "-started_on", "id"], name="program_by_agency")]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("engagement:program", args=[self.pk])
