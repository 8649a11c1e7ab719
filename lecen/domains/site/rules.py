"""The desk belongs to whoever is signed in; everything else here is public."""

from lecen.kernel.viewer import Viewer


def can_use_desk(viewer: Viewer) -> bool:
    return viewer.is_person
