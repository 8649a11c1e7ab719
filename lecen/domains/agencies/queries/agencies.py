"""Agencies as lists."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from lecen.domains.agencies import rules
from lecen.domains.agencies.models import Agency
from lecen.kernel.errors import Refused
from lecen.kernel.search import storable
from lecen.kernel.viewer import Viewer


def agencies_for(*, viewer: Viewer, text: str = "") -> QuerySet[Agency]:
    """Agencies that `viewer` may see, by name; each word of `text` stands in the name, the city or the state."""
    found = rules.visible_agencies(viewer)
    for word in storable(text).split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(city__icontains=word) | Q(state__iexact=word))
    current = Count("neighborhoods", filter=Q(neighborhoods__valid_until=None))
    return found.annotate(neighborhood_count=current).order_by("name", "pk")


def agency_called(*, slug: str) -> Agency:
    """The agency with this short name, for an operator at the command line; refused with a list to choose from."""
    found = Agency.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise Refused(_("There is no agency “%(slug)s”. Known: %(known)s.") % {"slug": slug, "known": known or "–"})
    return found
