"""`require` stands at the top of every service: no page, route, task or command can forget the rule."""

from collections.abc import Callable

from lecen.kernel.errors import NotAllowed
from lecen.kernel.viewer import Viewer


def require(rule: Callable[..., bool], viewer: Viewer, *subject: object) -> None:
    """Raise `NotAllowed` unless `rule(viewer, *subject)` holds. The platform itself passes every rule."""
    if not viewer.is_system and not rule(viewer, *subject):
        raise NotAllowed(rule.__qualname__)
