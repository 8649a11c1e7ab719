"""A plan: a playbook with dates, people and checks; its tasks are dated relative to the day of the event."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.models import Agency
from lecen.domains.engagement.choices import PlanState, TaskState
from lecen.domains.engagement.models.programs import Program
from lecen.domains.library.models import Playbook
from lecen.kernel.ids import uuid7
from lecen.kernel.translated import TranslatedField


class Plan(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="plans")
    program = models.ForeignKey(
        Program, verbose_name=_("program"), null=True, blank=True, on_delete=models.SET_NULL, related_name="plans"
    )
    playbook = models.ForeignKey(Playbook, verbose_name=_("playbook"), on_delete=models.PROTECT, related_name="plans")
    title = TranslatedField(_("title"), max_length=120)
    day = models.DateField(_("day of the event"))  # in the agency's time zone
    state = models.CharField(_("state"), max_length=8, choices=PlanState, default=PlanState.ACTIVE)
    # Drawn by the form, so that a form sent twice starts one plan.
    request_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["agency", "state", "day", "id"], name="plan_by_agency")]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("engagement:plan", args=[self.pk])


class PlanRole(models.Model):
    """A part to play; held by a person of the network, by a name outside it, or by nobody yet."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="roles")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    name = TranslatedField(_("role"))
    duties = TranslatedField(_("what it does"), blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("held by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_roles",
    )
    holder_name = models.CharField(_("held by somebody else"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("plan role")
        verbose_name_plural = _("plan roles")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plan_role_key_once")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def held_by(self) -> str:
        """A name, or nothing where nobody holds it yet."""
        return str(self.holder) if self.holder else self.holder_name


class PlanTask(models.Model):
    """One thing to do by a date. Follow-ups after the event are tasks too: an owner and a date, nothing less."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    role = models.ForeignKey(PlanRole, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_tasks",
    )
    title = TranslatedField(_("task"), max_length=200)
    detail = TranslatedField(_("how"), blank=True, max_length=1000, multiline=True)
    days = models.SmallIntegerField(_("days from the event"), null=True, blank=True)  # none: the date stands alone
    due_on = models.DateField(_("due"))
    is_follow_up = models.BooleanField(_("follow-up"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=TaskState, default=TaskState.OPEN)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", done_at__isnull=False)
                | (~models.Q(state="done") & models.Q(done_at=None)),
                name="task_done_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "due_on", "id"], name="task_by_plan"),
            models.Index(fields=["owner", "state", "due_on"], name="task_by_owner"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_done(self) -> bool:
        return self.state == TaskState.DONE

    @property
    def responsible_id(self) -> UUID | None:
        """The person of the network who has to do it: the owner, else who holds the role."""
        if self.owner_id:
            return self.owner_id
        return self.role.holder_id if self.role else None

    @property
    def responsible(self) -> Any:
        """The same as a person."""
        return self.owner or (self.role.holder if self.role else None)

    @property
    def who(self) -> str:
        """A person's name, else the name of the role; nothing where neither is known."""
        if self.owner:
            return str(self.owner)
        return (self.role.held_by or str(self.role)) if self.role else ""


class SafeguardCheck(models.Model):
    """A safeguard of the playbook, confirmed by somebody before the event is published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="safeguards")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    text = TranslatedField(_("safeguard"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("safeguard")
        verbose_name_plural = _("safeguards")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="safeguard_key_once")]

    def __str__(self) -> str:
        return str(self.text)
