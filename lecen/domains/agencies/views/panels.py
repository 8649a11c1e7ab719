"""What the agencies area shows on pages that others compose."""

from lecen.domains.agencies import rules
from lecen.domains.agencies.choices import Role
from lecen.domains.agencies.models import Agency
from lecen.kernel.panels import Panel
from lecen.kernel.viewer import Viewer

MOST_AGENCIES = 5


def desk(viewer: Viewer, _subject: object) -> Panel | None:
    """The viewer's own agencies, with the way to manage those they may."""
    own = viewer.scope_ids(Role.MEMBER, Agency)
    agencies = list(Agency.objects.filter(pk__in=own).order_by("name", "pk")[:MOST_AGENCIES])
    if not agencies and not rules.can_operate(viewer):
        return None
    rows = [(agency, rules.can_organize(viewer, agency)) for agency in agencies]
    return Panel("agencies/_panel_desk.html", {"rows": rows, "can_operate": rules.can_operate(viewer)})
