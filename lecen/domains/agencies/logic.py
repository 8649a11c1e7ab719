"""What a file of boundaries was found to hold, in numbers and in words; and how long ago something was confirmed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lecen.kernel.geometry import Box

LEAST_OVERLAP_SQUARE_METERS = 100.0  # less is how two drawings of one street differ
SQUARE_METERS_A_SQUARE_KILOMETER = 1_000_000
UNCONFIRMED_AFTER_DAYS = 180


@dataclass(frozen=True)
class Area:
    """One boundary of a file, repaired; `row` counts the features of the file from 1."""

    row: int
    code: str
    name: str
    boundary: Mapping[str, Any]
    box: Box

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Area":
        return cls(**{**value, "box": Box(**value["box"])})


@dataclass(frozen=True)
class Finding:
    """What was repaired, refused or noticed: a kind and its values, so that everybody reads it in their language."""

    kind: str
    row: int = 0  # 0 where it concerns the whole file
    code: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self)


@dataclass(frozen=True)
class Reading:
    """A file of boundaries as read: what can be published and everything a person should know before."""

    areas: tuple[Area, ...]
    repairs: tuple[Finding, ...]
    refusals: tuple[Finding, ...]
    overlaps: tuple[Finding, ...]

    def report(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "repairs": [asdict(finding) for finding in self.repairs],
            "refusals": [asdict(finding) for finding in self.refusals],
            "overlaps": [asdict(finding) for finding in self.overlaps],
        }


def findings(report: Mapping[str, list[dict[str, Any]]], part: str) -> list[Finding]:
    """One part of a stored report: repairs, refusals or overlaps."""
    return [Finding(**entry) for entry in report.get(part, [])]


def say(finding: Finding) -> str:
    """The finding as a sentence in the active language."""
    texts = _counted(finding) if "count" in finding.values else _said(finding.kind)
    return texts % dict(finding.values)


def _counted(finding: Finding) -> str:
    count = finding.values["count"]
    match finding.kind:
        case "winding":
            return ngettext(
                "%(count)d outline ran the wrong way around and was turned.",
                "%(count)d outlines ran the wrong way around and were turned.",
                count,
            )
        case "closed":
            return ngettext(
                "%(count)d outline was not closed; its first point was added at the end.",
                "%(count)d outlines were not closed; their first point was added at the end.",
                count,
            )
        case "heights":
            return ngettext(
                "%(count)d point had a height, which was dropped.",
                "%(count)d points had a height, which was dropped.",
                count,
            )
        case "crumbs":
            return ngettext(
                "%(count)d line or point that encloses nothing was dropped.",
                "%(count)d lines or points that enclose nothing were dropped.",
                count,
            )
        case _:
            return _("The outline crossed itself and was repaired. Compare it on the map.")


def _said(kind: str) -> str:
    return {
        "crs": _("The member “crs” was dropped: it says WGS84, which every GeoJSON file uses anyway."),
        "overlap": _("%(first)s and %(second)s overlap by %(square_kilometers)s km²."),
        "not_feature": _("This entry is not a GeoJSON feature."),
        "no_geometry": _("It has no shape. Draw it in the program that made the file, or delete it there."),
        "not_area": _("It is a %(type)s, not an area. Only polygons and multipolygons can be neighborhoods."),
        "not_coordinates": _("Its coordinates are not numbers in the order that GeoJSON asks for."),
        "out_of_range": _(
            "The point %(longitude)s, %(latitude)s is nowhere on earth: longitude goes from -180 to 180, "
            "latitude from -90 to 90."
        ),
        "swapped": _(
            "The point %(longitude)s, %(latitude)s has latitude and longitude in the wrong order: "
            "GeoJSON has longitude first. Export the file again."
        ),
        "projected": _(
            "The point %(longitude)s, %(latitude)s is not in degrees. Export the file again as WGS84 (EPSG:4326)."
        ),
        "no_area": _("Its outline encloses nothing: it needs at least three different points."),
        "tangled": _("Its outline crosses itself too many times to be mended. Are its points in the right order?"),
        "no_code": _("“%(property)s” is empty, so it has no code. Fill it in."),
        "too_long": _("“%(property)s” is longer than %(limit)d characters. Shorten it."),
        "duplicate": _(
            "It has the same code as area %(first)d of the file. Give it its own code, or choose to join areas "
            "with the same code if they are parts of one neighborhood."
        ),
        "joined": _("It has the same code as area %(first)d and was joined to it as another part."),
    }[kind]


def say_confirmed(day: date, today: date) -> str:
    """How long ago a contact was confirmed, as people say it."""
    days = (today - day).days
    if days <= 0:
        return _("today")
    if days < 14:  # noqa: PLR2004 - two weeks are still counted in days
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < 60:  # noqa: PLR2004 - two months are still counted in weeks
        return ngettext("%(count)d week ago", "%(count)d weeks ago", days // 7) % {"count": days // 7}
    if days < 730:  # noqa: PLR2004 - two years are still counted in months
        return ngettext("%(count)d month ago", "%(count)d months ago", days // 30) % {"count": days // 30}
    return ngettext("%(count)d year ago", "%(count)d years ago", days // 365) % {"count": days // 365}


def needs_confirmation(day: date, today: date) -> bool:
    return (today - day).days > UNCONFIRMED_AFTER_DAYS


def say_distance(meters: float) -> str:
    """A distance as it is said in the United States."""
    miles = meters / 1609.344
    if miles < 0.1:  # noqa: PLR2004 - a tenth of a mile is the smallest that is said in miles
        feet = max(100, round(meters / 0.3048, -2))
        return _("%(feet)d feet") % {"feet": feet}
    return _("%(miles)s miles") % {"miles": f"{miles:.1f}" if miles < 10 else f"{miles:,.0f}"}  # noqa: PLR2004


def one_year_after(day: date) -> date:
    """The same day of next year; March 1 for February 29."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
