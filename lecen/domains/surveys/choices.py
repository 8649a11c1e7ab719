"""Enumerations of the surveys area."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    SCALE = "scale", _("Agreement, five steps")
    CHOICE = "choice", _("One of several")
    THERMOMETER = "thermometer", _("Thermometer, 0 to 100")
    TEXT = "text", _("Own words")


class Channel(models.TextChoices):
    """How an answer came in."""

    LINK = "link", _("Link")
    QR = "qr", _("QR code")
    KIOSK = "kiosk", _("Shared tablet")
    PAPER = "paper", _("Paper")


class CollectorState(models.TextChoices):
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", _("Closed")
