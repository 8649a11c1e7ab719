"""Partner organizations as lists."""

from django.db.models import Q, QuerySet

from lecen.domains.agencies import rules
from lecen.domains.agencies.models import Agency, PartnerOrganization
from lecen.kernel.search import storable
from lecen.kernel.viewer import Viewer


def partners_of(*, viewer: Viewer, agency: Agency, text: str = "") -> QuerySet[PartnerOrganization]:
    """Partners of `agency` that `viewer` may see, by name; `text` stands in the name or the contact's name."""
    found = rules.visible_partners(viewer).filter(agency=agency)
    if text := storable(text):
        found = found.filter(Q(name__icontains=text) | Q(contact_name__icontains=text))
    return found.order_by("name", "pk")
