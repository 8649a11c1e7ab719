"""Agencies, who holds which position there, the neighborhoods they serve and the organizations they work with."""

from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lecen.domains.agencies.choices import (
    Accent,
    AgencyKind,
    ImportState,
    PartnerKind,
    Role,
    Standing,
)
from lecen.kernel.ids import uuid7
from lecen.kernel.secrets import EncryptedTextField
from lecen.kernel.translated import TranslatedField


def validate_time_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(gettext("“%(zone)s” is not a time zone. Example: America/Chicago.") % {"zone": value})


class Agency(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=AgencyKind, default=AgencyKind.POLICE)
    city = models.CharField(_("city"), max_length=80)
    state = models.CharField(_("state"), max_length=2, help_text=_("Two letters, such as IL."))
    sworn_officers = models.PositiveIntegerField(_("sworn officers"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, validators=[validate_time_zone])
    about = TranslatedField(_("about us"), blank=True, max_length=600, multiline=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    accent = models.CharField(_("accent color"), max_length=10, choices=Accent, default=Accent.HARBOR)
    seal = models.ImageField(_("seal"), upload_to="seals/", blank=True)
    phone = models.CharField(_("non-emergency telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    complaint_office = models.CharField(_("who takes complaints"), max_length=120, blank=True)
    complaint_url = models.URLField(_("where to complain"), blank=True)
    complaint_phone = models.CharField(_("telephone for complaints"), max_length=30, blank=True)
    supervisor_email = models.EmailField(
        _("who confirms positions"), blank=True, help_text=_("From the agency's own record, never from an applicant.")
    )
    is_public = models.BooleanField(_("public site is open"), default=False)
    is_fictional = models.BooleanField(_("fictional, for demonstration"), default=False)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["is_public", "name", "id"], name="agency_public_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agencies:agency", args=[self.slug])

    @property
    def initials(self) -> str:
        """What stands in place of a seal."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class Position(models.Model):
    """An engagement role at an agency, or in the network where none is named: attested, and until a date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="positions")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="positions")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    standing = models.CharField(_("standing"), max_length=12, choices=Standing)
    title = models.CharField(_("title"), max_length=80, blank=True)
    attested_by = models.CharField(_("confirmed by"), max_length=120)
    attested_at = models.DateTimeField(_("confirmed"))
    expires_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=models.Q(ended_at=None),
                name="position_once",
            ),
            # A role in the network has no agency, and databases take two empty cells for different ones.
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at=None, agency=None),
                name="position_once_in_the_network",
            ),
            models.CheckConstraint(
                condition=models.Q(agency=None, role=Role.OPERATOR)
                | (models.Q(agency__isnull=False) & ~models.Q(role=Role.OPERATOR)),
                name="position_role_fits_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Neighborhood(models.Model):
    """An area that the agency serves as one: a beat, a ward, a reservation district, a campus."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="neighborhoods")
    code = models.CharField(_("code"), max_length=40)
    slug = models.SlugField(_("short name in addresses"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    boundary = models.JSONField(_("boundary"))  # GeoJSON MultiPolygon, longitude before latitude (RFC 7946)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("neighborhood")
        verbose_name_plural = _("neighborhoods")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"], condition=models.Q(valid_until=None), name="neighborhood_code_once"
            ),
            models.UniqueConstraint(
                fields=["agency", "slug"], condition=models.Q(valid_until=None), name="neighborhood_slug_once"
            ),
            models.CheckConstraint(
                condition=models.Q(west__lte=models.F("east"), south__lte=models.F("north")),
                name="neighborhood_box_upright",
            ),
        ]
        indexes = [models.Index(fields=["agency", "west", "east"], name="neighborhood_by_box")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agencies:neighborhood", args=[self.agency.slug, self.slug])


class NeighborhoodAssignment(models.Model):
    """The duty contact of a neighborhood. A name stands here only by the agency's choice; never a home address."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    neighborhood = models.ForeignKey(Neighborhood, on_delete=models.CASCADE, related_name="assignments")
    duty = models.CharField(_("duty"), max_length=120, help_text=_("Such as “Neighborhood officer, Riverside”."))
    officer_name = models.CharField(_("officer's name"), max_length=120, blank=True)
    phone = models.CharField(_("duty telephone"), max_length=30, blank=True)
    email = models.EmailField(_("duty e-mail"), blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    last_confirmed_on = models.DateField(_("last confirmed"))

    class Meta:
        verbose_name = _("neighborhood assignment")
        verbose_name_plural = _("neighborhood assignments")
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["neighborhood", "duty"], condition=models.Q(until=None), name="assignment_duty_once"
            ),
        ]

    def __str__(self) -> str:
        return self.duty


class NeighborhoodImport(models.Model):
    """A file of boundaries under review: what was read, what was repaired, what was refused."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="neighborhood_imports")
    file_name = models.CharField(_("file"), max_length=200)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.PREVIEW)
    areas = models.JSONField(default=list)  # repaired: code, name, boundary, box
    report = models.JSONField(default=dict)  # repairs, refusals and overlaps, row by row
    imported_at = models.DateTimeField(_("imported"))

    class Meta:
        verbose_name = _("neighborhood import")
        verbose_name_plural = _("neighborhood imports")
        ordering = ["-imported_at", "pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("agencies:import", args=[self.agency.slug, self.pk])


class PartnerOrganization(models.Model):
    """An organization that an agency works with, and where it is reached."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=14, choices=PartnerKind)
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = EncryptedTextField(_("e-mail for invitations"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="en")
    website = models.URLField(_("website"), blank=True)

    class Meta:
        verbose_name = _("partner organization")
        verbose_name_plural = _("partner organizations")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="partner_name_once")]

    def __str__(self) -> str:
        return self.name
