"""Which panels stand on which page, in which order and size. Areas offer panels; pages are designed here."""

from lecen.kernel.panels import Placement

PAGES: dict[str, tuple[Placement, ...]] = {
    "home": (),
    "desk": (Placement("site.operations"),),
    "agency": (),
    "event": (),
}
