"""An event, the contact conditions planned for it, and the partners who carry it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import SPOKEN_LANGUAGES
from lecen.domains.agencies.models import Agency, Neighborhood, PartnerOrganization, validate_time_zone
from lecen.domains.engagement.choices import AccessFeature, EventState, InvitationState, PartnerRole
from lecen.domains.engagement.models.plans import Plan
from lecen.domains.library.choices import ConditionRating, ContactCondition, EventKind
from lecen.domains.surveys.models import Collector
from lecen.kernel.ids import uuid7
from lecen.kernel.times import say_when, say_zone
from lecen.kernel.translated import TranslatedField


class Event(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="events")
    plan = models.OneToOneField(Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="event")
    collector = models.OneToOneField(Collector, null=True, blank=True, on_delete=models.SET_NULL, related_name="event")
    title = TranslatedField(_("title"), max_length=120)
    purpose = TranslatedField(_("purpose"), max_length=400, multiline=True)
    description = TranslatedField(_("description"), blank=True, max_length=4000, multiline=True)
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.DRAFT)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40, validators=[validate_time_zone])
    place = models.CharField(_("place"), max_length=120, blank=True)  # a draft may not know it yet
    address = models.CharField(_("address"), max_length=200, blank=True)
    directions = TranslatedField(_("how to get in"), blank=True, max_length=400, multiline=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    neighborhoods = models.ManyToManyField(
        Neighborhood, verbose_name=_("neighborhoods"), blank=True, related_name="events"
    )
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    access = models.JSONField(_("access"), default=list, blank=True)  # AccessFeature values
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    takes_registrations = models.BooleanField(_("registration is open"), default=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    canceled_at = models.DateTimeField(_("canceled"), null=True, blank=True)
    cancel_reason = TranslatedField(_("why it is canceled"), blank=True, max_length=400)
    changed_at = models.DateTimeField(_("last changed"))
    sequence = models.PositiveIntegerField(default=0)  # iCalendar: grows with every change that visitors must know

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="event_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="event_position_whole",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="event_published_has_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="canceled") | models.Q(canceled_at__isnull=False),
                name="event_canceled_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "starts_at", "id"], name="event_by_agency"),
            models.Index(fields=["state", "starts_at", "id"], name="event_by_start"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("engagement:event", args=[self.pk])

    @property
    def is_canceled(self) -> bool:
        return self.state == EventState.CANCELED

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.time_zone))

    @property
    def when(self) -> str:
        """Day and hours as people at the place say them, in the active language."""
        return say_when(self.starts_at, self.ends_at, self.time_zone)

    @property
    def zone_in_words(self) -> str:
        return say_zone(self.time_zone)

    @property
    def accepted_partners(self) -> "list[EventPartner]":
        return [partner for partner in self.partners.all() if partner.state == InvitationState.ACCEPTED]

    @property
    def spoken_languages(self) -> list[str]:
        return [str(name) for code, name in SPOKEN_LANGUAGES if code in self.languages]

    @property
    def access_features(self) -> list[str]:
        return [str(name) for value, name in AccessFeature.choices if value in self.access]


class EventCondition(models.Model):
    """One of the four contact conditions as planned: how strong, and what is done for it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="conditions")
    condition = models.CharField(_("condition"), max_length=24, choices=ContactCondition)
    rating = models.CharField(_("rating"), max_length=8, choices=ConditionRating)
    plan = TranslatedField(_("what we do for it"), blank=True, max_length=400, multiline=True)

    class Meta:
        verbose_name = _("contact condition")
        verbose_name_plural = _("contact conditions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["event", "condition"], name="event_condition_once")]

    def __str__(self) -> str:
        return self.get_condition_display()


class EventPartner(models.Model):
    """An organization invited to carry an event; it answers by a signed link, without an account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="partners")
    organization = models.ForeignKey(PartnerOrganization, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=10, choices=PartnerRole, default=PartnerRole.PARTNER)
    state = models.CharField(_("state"), max_length=10, choices=InvitationState, default=InvitationState.INVITED)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("link valid until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    promise = models.CharField(_("what they bring"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event partner")
        verbose_name_plural = _("event partners")
        ordering = ["invited_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "organization"], name="event_partner_once")]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def is_co_host(self) -> bool:
        return self.role == PartnerRole.CO_HOST
