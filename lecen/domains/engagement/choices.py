"""Enumerations of the engagement area."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgramState(models.TextChoices):
    ACTIVE = "active", _("Active")
    ENDED = "ended", _("Ended")


class PlanState(models.TextChoices):
    ACTIVE = "active", _("Under way")
    DONE = "done", pgettext_lazy("plan", "Done")
    CANCELED = "canceled", _("Canceled")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", pgettext_lazy("task", "Done")
    DROPPED = "dropped", _("Dropped")


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELED = "canceled", _("Canceled")


class AccessFeature(models.TextChoices):
    """What a visitor can count on."""

    STEP_FREE = "step_free", _("Step-free entrance")
    RESTROOM = "restroom", _("Accessible restroom")
    SIGN_LANGUAGE = "sign_language", _("Sign language interpreter")
    INTERPRETER = "interpreter", _("Interpreter")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    CHILD_CARE = "child_care", _("Child care")
    TRANSIT = "transit", _("Near public transit")
    PARKING = "parking", _("Accessible parking")
    QUIET_ROOM = "quiet_room", _("Quiet room")


class PartnerRole(models.TextChoices):
    PARTNER = "partner", _("Partner")
    CO_HOST = "co_host", _("Co-host")


class InvitationState(models.TextChoices):
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RegistrationState(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELED = "canceled", _("Canceled")


class CheckInMethod(models.TextChoices):
    QR = "qr", _("Registration code")
    WALK_IN = "walk_in", _("Walk-in")
    HEADCOUNT = "headcount", _("Headcount")


class AgeBand(models.TextChoices):
    """As people look or say; nobody is asked for a date of birth."""

    CHILD = "child", _("Child, under 13")
    TEEN = "teen", _("Teen, 13 to 17")
    ADULT = "adult", _("Adult")
    SENIOR = "senior", _("65 and over")
    UNKNOWN = "unknown", _("Not noted")


class Origin(models.TextChoices):
    HERE = "here", _("This neighborhood")
    ELSEWHERE = "elsewhere", _("Elsewhere")
    UNKNOWN = "unknown", _("Not noted")


class FirstTime(models.TextChoices):
    YES = "yes", _("First time here")
    NO = "no", _("Has come before")
    UNKNOWN = "unknown", _("Not noted")
