"""Boundaries of neighborhoods: reviewed first, then published as a whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lecen.domains.agencies import rules
from lecen.domains.agencies.changes import NeighborhoodsPublished
from lecen.domains.agencies.choices import ImportState
from lecen.domains.agencies.logic import Area, Finding, Reading, findings
from lecen.domains.agencies.models import Agency, Neighborhood, NeighborhoodAssignment, NeighborhoodImport
from lecen.domains.agencies.queries.imports import Comparison, compare
from lecen.domains.agencies.queries.positions import day_in
from lecen.kernel import audit, changes, search
from lecen.kernel.errors import Refused
from lecen.kernel.rules import require
from lecen.kernel.viewer import Viewer

LONGEST_SLUG = 60


@dataclass(frozen=True)
class Publication:
    """What publishing changed, in numbers."""

    added: int = 0
    redrawn: int = 0
    renamed: int = 0
    ended: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.redrawn or self.renamed or self.ended)


def prepare_import(
    *, by: Viewer, agency_id: UUID, file_name: str, reading: Reading, at: datetime
) -> NeighborhoodImport:
    """Keep a file's boundaries for review; nobody but leads sees them before they are published."""
    with transaction.atomic():
        agency = Agency.objects.get(pk=agency_id)
        require(rules.can_lead, by, agency)
        if not reading.areas:
            first: Finding | str = next(iter(reading.refusals), "")
            raise Refused(
                _("None of the areas in the file can be used. The first reason: %(reason)s") % {"reason": first},
                field="file",
            )
        review = NeighborhoodImport(
            agency=agency,
            file_name=file_name[-200:],
            areas=[area.as_json() for area in reading.areas],
            report=reading.report(),
            imported_at=at,
        )
        review.full_clean()
        review.save()
        audit.record(by=by, act="neighborhoods.prepared", on=review, at=at)
    return review


def publish_import(*, by: Viewer, import_id: UUID, at: datetime) -> Publication:
    """Make the reviewed boundaries those of the agency. Done a second time, it changes nothing.

    Codes that the file had but that were refused keep their present boundary; those it does not have end today.
    """
    with transaction.atomic():
        review = _locked(by, import_id)
        if review.state == ImportState.PUBLISHED:
            return Publication()
        if review.state == ImportState.DISCARDED:
            raise Refused(_("This file was discarded. Upload it again to publish it."))
        comparison = compare(agency=review.agency, areas=_areas(review), kept=_refused_codes(review))
        _replace(review.agency, comparison, day_in(review.agency.time_zone, at))
        _close(review, ImportState.PUBLISHED)
        audit.record(by=by, act="neighborhoods.published", on=review, at=at)
        changes.publish(NeighborhoodsPublished(agency_id=review.agency.pk))
    return Publication(
        added=len(comparison.added),
        redrawn=len(comparison.redrawn),
        renamed=len(comparison.renamed),
        ended=len(comparison.ended),
        unchanged=len(comparison.unchanged),
    )


def discard_import(*, by: Viewer, import_id: UUID, at: datetime) -> NeighborhoodImport:
    """Throw the reviewed boundaries away; the report of what was wrong with them stays."""
    with transaction.atomic():
        review = _locked(by, import_id)
        if review.state == ImportState.PUBLISHED:
            raise Refused(_("These boundaries are already published. Upload another file to replace them."))
        if review.state == ImportState.PREVIEW:
            _close(review, ImportState.DISCARDED)
            audit.record(by=by, act="neighborhoods.discarded", on=review, at=at)
    return review


def _locked(by: Viewer, import_id: UUID) -> NeighborhoodImport:
    review = NeighborhoodImport.objects.get(pk=import_id)
    # The agency is locked first and by everybody: two files of one agency are published one after the other.
    agency = Agency.objects.select_for_update().get(pk=review.agency_id)
    require(rules.can_lead, by, agency)
    review = NeighborhoodImport.objects.select_for_update().get(pk=import_id)
    review.agency = agency
    return review


def _areas(review: NeighborhoodImport) -> tuple[Area, ...]:
    return tuple(Area.from_json(entry) for entry in review.areas)


def _refused_codes(review: NeighborhoodImport) -> frozenset[str]:
    return frozenset(finding.code for finding in findings(review.report, "refusals"))


def _close(review: NeighborhoodImport, state: ImportState) -> None:
    review.state, review.areas = state, []
    review.save(update_fields=["state", "areas"])


def _replace(agency: Agency, comparison: Comparison, today: date) -> None:
    leaving = [*comparison.ended, *(before for before, _area in comparison.redrawn)]
    Neighborhood.objects.filter(pk__in=[before.pk for before in leaving]).update(valid_until=today)
    for before, area in comparison.renamed:
        before.name = area.name
        before.save(update_fields=["name"])
    taken = set(agency.neighborhoods.filter(valid_until=None).values_list("slug", flat=True))
    taken |= {before.slug for before, _area in comparison.redrawn}
    redrawn = [_drawn(agency, area, before.slug, today) for before, area in comparison.redrawn]
    added = [_drawn(agency, area, _free_slug(area, taken), today) for area in comparison.added]
    Neighborhood.objects.bulk_create([*redrawn, *added], batch_size=200)
    successors = {before.pk: after for (before, _area), after in zip(comparison.redrawn, redrawn, strict=True)}
    _carry_contacts_over(successors, today)
    for before in leaving:
        search.remove(before)
    for after in (*redrawn, *added, *(before for before, _area in comparison.renamed)):
        search.index(after, title=after.name, body=[after.code, agency.name, agency.city])


def _drawn(agency: Agency, area: Area, slug: str, today: date) -> Neighborhood:
    return Neighborhood(
        agency=agency,
        code=area.code,
        slug=slug,
        name=area.name,
        boundary=area.boundary,
        west=area.box.west,
        south=area.box.south,
        east=area.box.east,
        north=area.box.north,
        valid_from=today,
    )


def _free_slug(area: Area, taken: set[str]) -> str:
    """A short name for the address that no other neighborhood of the agency has; noted in `taken`."""
    wanted = slugify(area.name)[:LONGEST_SLUG].strip("-") or slugify(area.code) or "area"
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted[: LONGEST_SLUG - 5]}-{number}", number + 1
    taken.add(slug)
    return slug


def _carry_contacts_over(successors: Mapping[UUID, Neighborhood], today: date) -> None:
    """Whoever serves a neighborhood serves it also where its boundary was redrawn."""
    serving = list(NeighborhoodAssignment.objects.filter(neighborhood__in=successors, until=None).order_by("pk"))
    NeighborhoodAssignment.objects.filter(pk__in=[one.pk for one in serving]).update(until=today)
    NeighborhoodAssignment.objects.bulk_create(
        NeighborhoodAssignment(
            neighborhood=successors[one.neighborhood_id],
            duty=one.duty,
            officer_name=one.officer_name,
            phone=one.phone,
            email=one.email,
            languages=one.languages,
            since=one.since,
            last_confirmed_on=one.last_confirmed_on,
        )
        for one in serving
    )
