"""The desk belongs to whoever is signed in; everything else here is public."""

from lecen.domains.agencies.choices import Role
from lecen.kernel.viewer import Viewer


def can_use_desk(viewer: Viewer) -> bool:
    return viewer.is_person


def can_operate(viewer: Viewer) -> bool:
    return viewer.holds(Role.OPERATOR)
