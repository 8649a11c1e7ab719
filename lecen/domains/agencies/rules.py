"""Who may see and do what with agencies. Each `can_…` has its twin that finds all for which it holds."""

from django.db.models import Q, QuerySet

from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import (
    Agency,
    Neighborhood,
    NeighborhoodAssignment,
    NeighborhoodImport,
    PartnerOrganization,
    Position,
)
from lecen.kernel.viewer import Viewer


def can_operate(viewer: Viewer) -> bool:
    """Operators of the network manage every agency; what the platform itself does passes as one."""
    return viewer.is_system or viewer.holds(Role.OPERATOR)


def _where(viewer: Viewer, role: Role, path: str) -> Q:
    """The rows whose agency, reached by `path`, is one at which `viewer` holds `role`; all for an operator."""
    return Q() if can_operate(viewer) else Q(**{f"{path}__in": viewer.scope_ids(role, Agency)})


def _holds(viewer: Viewer, role: Role, agency: Agency) -> bool:
    return can_operate(viewer) or viewer.holds(role, agency)


# --- Agencies: everybody sees those whose public site is open; their own members see the others ---------------------
def visible_agencies(viewer: Viewer) -> QuerySet[Agency]:
    if can_operate(viewer):
        return Agency.objects.all()
    return Agency.objects.filter(Q(is_public=True) | Q(pk__in=viewer.scope_ids(Role.MEMBER, Agency)))


def can_view(viewer: Viewer, agency: Agency) -> bool:
    return agency.is_public or _holds(viewer, Role.MEMBER, agency)


def led_agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies whose record, neighborhoods and positions `viewer` manages."""
    return Agency.objects.filter(_where(viewer, Role.LEAD, "pk"))


def can_lead(viewer: Viewer, agency: Agency) -> bool:
    return _holds(viewer, Role.LEAD, agency)


def organized_agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies for which `viewer` plans events and keeps the list of partners."""
    return Agency.objects.filter(_where(viewer, Role.ORGANIZER, "pk"))


def can_organize(viewer: Viewer, agency: Agency) -> bool:
    return _holds(viewer, Role.ORGANIZER, agency)


def own_agencies(viewer: Viewer) -> QuerySet[Agency]:
    """Agencies at which `viewer` holds any position."""
    return Agency.objects.filter(_where(viewer, Role.MEMBER, "pk"))


def is_member(viewer: Viewer, agency: Agency) -> bool:
    return _holds(viewer, Role.MEMBER, agency)


# --- Neighborhoods: as public as their agency; past boundaries stay for reports and are on no page -------------------
def visible_neighborhoods(viewer: Viewer) -> QuerySet[Neighborhood]:
    current = Neighborhood.objects.filter(valid_until=None)
    if can_operate(viewer):
        return current
    return current.filter(Q(agency__is_public=True) | Q(agency__in=viewer.scope_ids(Role.MEMBER, Agency)))


def can_view_neighborhood(viewer: Viewer, neighborhood: Neighborhood) -> bool:
    return neighborhood.valid_until is None and can_view(viewer, neighborhood.agency)


def visible_assignments(viewer: Viewer) -> QuerySet[NeighborhoodAssignment]:
    """Duty contacts of the neighborhoods that `viewer` sees, as long as they last."""
    return NeighborhoodAssignment.objects.filter(until=None, neighborhood__in=visible_neighborhoods(viewer))


def can_view_assignment(viewer: Viewer, assignment: NeighborhoodAssignment) -> bool:
    return assignment.until is None and can_view_neighborhood(viewer, assignment.neighborhood)


def visible_imports(viewer: Viewer) -> QuerySet[NeighborhoodImport]:
    return NeighborhoodImport.objects.filter(_where(viewer, Role.LEAD, "agency"))


def can_view_import(viewer: Viewer, review: NeighborhoodImport) -> bool:
    return can_lead(viewer, review.agency)


# --- Positions: leads see those at their agency, operators all, everybody their own ----------------------------------
def visible_positions(viewer: Viewer) -> QuerySet[Position]:
    if can_operate(viewer):
        return Position.objects.all()
    own = Q(user_id=viewer.user_id) if viewer.user_id else Q(pk=None)
    return Position.objects.filter(own | Q(agency__in=viewer.scope_ids(Role.LEAD, Agency)))


def can_view_position(viewer: Viewer, position: Position) -> bool:
    return can_manage_position(viewer, position) or (viewer.user_id is not None and position.user_id == viewer.user_id)


def managed_positions(viewer: Viewer) -> QuerySet[Position]:
    return Position.objects.filter(_where(viewer, Role.LEAD, "agency"))


def can_manage_position(viewer: Viewer, position: Position) -> bool:
    """Positions in the network itself are the operators' business alone."""
    return can_operate(viewer) if position.agency is None else can_lead(viewer, position.agency)


# --- Partners: their contacts are for those who invite them ----------------------------------------------------------
def visible_partners(viewer: Viewer) -> QuerySet[PartnerOrganization]:
    return PartnerOrganization.objects.filter(_where(viewer, Role.ORGANIZER, "agency"))


def can_view_partner(viewer: Viewer, partner: PartnerOrganization) -> bool:
    return can_organize(viewer, partner.agency)
