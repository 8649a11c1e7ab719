"""Enumerations of the agencies area."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    POLICE = "police", _("Police department")
    SHERIFF = "sheriff", _("Sheriff's office")
    CAMPUS = "campus", _("Campus police")
    TRIBAL = "tribal", _("Tribal police")
    STATE = "state", _("State agency")
    FEDERAL = "federal", _("Federal agency")
    PROSECUTOR = "prosecutor", _("Prosecutor's office")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    ORGANIZER = "organizer", _("Organizer")
    LEAD = "lead", _("Lead")
    HEAD = "head", _("Head of agency")
    ANALYST = "analyst", _("Analyst")
    OPERATOR = "operator", _("Operator of the network")


# A position brings the roles it implies; rules ask for the smallest role that suffices.
IMPLIED_ROLES: dict[str, frozenset[str]] = {
    Role.MEMBER: frozenset({Role.MEMBER}),
    Role.ORGANIZER: frozenset({Role.ORGANIZER, Role.MEMBER}),
    Role.LEAD: frozenset({Role.LEAD, Role.ORGANIZER, Role.MEMBER}),
    Role.HEAD: frozenset({Role.HEAD, Role.MEMBER}),
    Role.ANALYST: frozenset({Role.ANALYST, Role.MEMBER}),
    Role.OPERATOR: frozenset({Role.OPERATOR}),
}


class Standing(models.TextChoices):
    SWORN = "sworn", _("Sworn")
    CIVILIAN = "civilian", _("Civilian")
    CHAPLAIN = "chaplain", _("Chaplain")
    PROSECUTOR = "prosecutor", _("Prosecutor")


class Accent(models.TextChoices):
    """Accent colors of an agency's pages, as `assets/sass/_accents.scss` draws them: all within contrast limits."""

    HARBOR = "harbor", _("Harbor blue-green")
    INDIGO = "indigo", _("Indigo")
    PLUM = "plum", _("Plum")
    BRICK = "brick", _("Brick")
    FOREST = "forest", _("Forest")
    CLAY = "clay", _("Clay")


class PartnerKind(models.TextChoices):
    FAITH = "faith", _("Congregation or faith group")
    SCHOOL = "school", _("School or college")
    BUSINESS = "business", _("Business or business group")
    HEALTH = "health", _("Health or mental health service")
    YOUTH = "youth", _("Youth group")
    NEIGHBORHOOD = "neighborhood", _("Neighborhood group")
    ADVOCACY = "advocacy", _("Advocacy group")
    IMMIGRANT = "immigrant", _("Immigrant community group")
    GOVERNMENT = "government", _("Public office")
    OTHER = "other", _("Other")


class ImportState(models.TextChoices):
    PREVIEW = "preview", _("Preview")
    PUBLISHED = "published", _("Published")
    DISCARDED = "discarded", _("Discarded")


SPOKEN_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("ase", _("American Sign Language")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("fr", _("French")),
    ("ht", _("Haitian Creole")),
    ("hi", _("Hindi")),
    ("hmn", _("Hmong")),
    ("ko", _("Korean")),
    ("pl", _("Polish")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("sw", _("Swahili")),
    ("tl", _("Tagalog")),
    ("uk", _("Ukrainian")),
    ("ur", _("Urdu")),
    ("vi", _("Vietnamese")),
]


def language_names(codes: Collection[str]) -> list[str]:
    """Names of languages in the order of our list; of one that it does not have, the code."""
    names = dict(SPOKEN_LANGUAGES)
    return [str(names[code]) for code in names if code in codes] + [code for code in codes if code not in names]
