"""What plans show on pages that others compose."""

from typing import Any

from django.utils import timezone

from lecen.domains.engagement import rules
from lecen.domains.engagement.queries import plans as queries
from lecen.domains.library.rules import can_view_playbook
from lecen.kernel.panels import Panel
from lecen.kernel.viewer import Viewer

SHOWN = 6


def start_plan(viewer: Viewer, playbook: Any) -> Panel | None:
    """On a playbook: the way to a plan, for those who organize."""
    if not rules.organizes_anywhere(viewer) or not can_view_playbook(viewer, playbook):
        return None
    return Panel("engagement/_panel_start_plan.html", {"playbook": playbook})


def my_tasks(viewer: Viewer, _subject: object) -> Panel | None:
    """On the desk: what one has to do oneself, the most urgent first."""
    if not rules.is_member_anywhere(viewer):
        return None
    tasks = list(queries.my_tasks(viewer=viewer)[: SHOWN + 1])
    late = queries.late_tasks(tasks, at=timezone.now())
    return Panel("engagement/_panel_my_tasks.html", {"tasks": tasks[:SHOWN], "more": len(tasks) > SHOWN, "late": late})


def plans_under_way(viewer: Viewer, _subject: object) -> Panel | None:
    """On the desk: the agency's plans, the next event first."""
    if not rules.is_member_anywhere(viewer):
        return None
    plans = list(queries.plans_under_way(viewer=viewer)[: SHOWN + 1])
    context = {
        "plans": plans[:SHOWN],
        "more": len(plans) > SHOWN,
        "can_organize": rules.organizes_anywhere(viewer),
        "late": queries.late_ones(plans, at=timezone.now()),
    }
    return Panel("engagement/_panel_plans_under_way.html", context)
