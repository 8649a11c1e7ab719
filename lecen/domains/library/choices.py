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
    NOT_STUDIED = "not_studied", _("Not studied")
    HARM = "harm", _("Harm found")


class EventKind(models.TextChoices):
    """What people come to; a playbook leads to one kind."""

    FAITH = "faith", _("With congregations")
    SOCIAL = "social", _("Informal meeting")
    MEETING = "meeting", _("Public meeting")
    DIALOGUE = "dialogue", _("Guided dialogue")
    COURSE = "course", _("Course")
    CELEBRATION = "celebration", _("Neighborhood celebration")


class Tag(models.TextChoices):
    """What a playbook is good for: the words to filter by."""

    SMALL_AGENCY = "small-agency", _("Small agencies")
    FIRST_EVENT = "first-event", _("A first event")
    LOW_COST = "low-cost", _("Little money")
    FAITH = "faith", _("Congregations")
    FAMILIES = "families", _("Families")
    YOUTH = "youth", _("Young people")
    SCHOOLS = "schools", _("Schools")
    BUSINESS = "business", _("Local businesses")
    SMALL_GROUP = "small-group", _("Small groups")
    ONE_TO_ONE = "one-to-one", _("Talking one to one")
    SERVICE_PROJECT = "service-project", _("Working side by side")
    PROBLEM_SOLVING = "problem-solving", _("Solving a problem")
    POLICY = "policy", _("Explaining or changing rules")
    AFTER_AN_INCIDENT = "after-an-incident", _("After an incident")
    RESIDENTS_HOST = "residents-host", _("Residents as hosts")
    RESIDENTS_TEACH = "residents-teach", _("Residents as teachers")
    CITY_WIDE = "city-wide", _("The whole city")
    IN_DEPTH = "in-depth", _("Going into depth")
    YEARLY = "yearly", _("Once a year")


class LeadTime(models.TextChoices):
    """How long the preparation may take."""

    MONTH = "28", _("Up to 4 weeks")
    TWO_MONTHS = "56", _("Up to 8 weeks")
    QUARTER = "84", _("Up to 12 weeks")


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
