"""Which panels stand on which page, in which order and size. Areas offer panels; pages are designed here."""

from lecen.kernel.panels import Placement

PAGES: dict[str, tuple[Placement, ...]] = {
    "home": (),
    "desk": (
        Placement("engagement.my_tasks", "half"),
        Placement("engagement.plans_under_way", "half"),
        Placement("site.operations"),
    ),
    "agency": (),
    "event": (),
    "playbook": (Placement("engagement.start_plan"),),
    "plan": (),
}
