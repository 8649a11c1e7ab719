"""Who said they would come, and how many were there: counts, not people."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lecen.domains.engagement.choices import AgeBand, CheckInMethod, FirstTime, Origin, RegistrationState
from lecen.domains.engagement.models.events import Event
from lecen.kernel.secrets import EncryptedTextField


class Registration(models.Model):
    """Seats kept for a party. Name and address stand here only where given, and only until `delete_after`."""

    id = models.UUIDField(
        primary_key=True, default=uuid4, editable=False
    )  # made of the form's key: sent twice, kept once
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    code_hash = models.CharField(max_length=64, unique=True)
    seats = models.PositiveSmallIntegerField(_("how many come"), default=1)
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.CONFIRMED)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    day = models.DateField()
    name = EncryptedTextField(_("name"), blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    needs = EncryptedTextField(_("what would help you take part"), blank=True)
    delete_after = models.DateField(_("deleted after"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [models.CheckConstraint(condition=models.Q(seats__range=(1, 10)), name="registration_seats")]
        indexes = [models.Index(fields=["event", "state"], name="registration_by_event")]

    def __str__(self) -> str:
        return str(self.pk)


class CheckIn(models.Model):
    """A tap at the door. The key is drawn by the device, so that a tap queued and sent twice counts once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="check_ins")
    registration = models.OneToOneField(
        Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="check_in"
    )
    method = models.CharField(_("how"), max_length=10, choices=CheckInMethod)
    people = models.PositiveSmallIntegerField(_("people"))
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand, default=AgeBand.UNKNOWN)
    origin = models.CharField(_("from"), max_length=10, choices=Origin, default=Origin.UNKNOWN)
    first_time = models.CharField(_("first time"), max_length=8, choices=FirstTime, default=FirstTime.UNKNOWN)
    day = models.DateField()
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [models.CheckConstraint(condition=models.Q(people__range=(1, 500)), name="check_in_people")]
        indexes = [models.Index(fields=["event", "is_undone"], name="check_in_by_event")]

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.people}"
