"""Which panels stand on which page, in which order and size. Areas offer panels; pages are designed here."""

from lecen.kernel.panels import Placement

PAGES: dict[str, tuple[Placement, ...]] = {
    "home": (Placement("engagement.next_events"),),
    "desk": (
        Placement("engagement.my_tasks", "half"),
        Placement("engagement.plans_under_way", "half"),
        Placement("engagement.own_events"),
        Placement("evaluation.reports"),
        Placement("agencies.desk"),
        Placement("site.operations"),
    ),
    "agency": (Placement("engagement.agency_events"),),
    "neighborhood": (Placement("engagement.neighborhood_events"),),
    "event": (Placement("engagement.places"),),
    "event_manage": (Placement("engagement.door"), Placement("evaluation.report")),
    "playbook": (Placement("engagement.start_plan"),),
    "plan": (),
}
