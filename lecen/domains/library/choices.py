"""Enumerations of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Strength(models.TextChoices):
    """How well an outcome was studied."""

    A = "A", _("Randomized trials")
    B = "B", _("Comparison group or systematic review")
    C = "C", _("Before and after, no comparison")
    D = "D", _("Description only")


class Direction(models.TextChoices):
    """What the studies found."""

    FAVORS = "favors", _("Favors it")
    MIXED = "mixed", _("Mixed")
    NO_EFFECT = "no_effect", _("No effect found")
    HARM = "harm", _("Harm found")


class PlaybookKind(models.TextChoices):
    FAITH = "faith", _("With congregations")
    SOCIAL = "social", _("Informal meeting")
    MEETING = "meeting", _("Public meeting")
    DIALOGUE = "dialogue", _("Guided dialogue")
    COURSE = "course", _("Course")
    CELEBRATION = "celebration", _("Neighborhood celebration")


class ContactCondition(models.TextChoices):
    """The four conditions of intergroup contact (Allport 1954)."""

    EQUAL_STATUS = "equal_status", _("Equal status")
    COMMON_GOAL = "common_goal", _("Common goal")
    COOPERATION = "cooperation", _("Cooperation")
    INSTITUTIONAL_SUPPORT = "institutional_support", _("Leaders' support")


class ConditionRating(models.TextChoices):
    STRONG = "strong", _("Strong")
    MEDIUM = "medium", _("Medium")
    WEAK = "weak", _("Weak")
