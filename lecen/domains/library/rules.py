"""Who may do what in the library: anybody reads what is current; operators publish."""

from django.db.models import QuerySet

from lecen.domains.agencies.choices import Role
from lecen.domains.library.models import Playbook
from lecen.kernel.viewer import Viewer


def visible_playbooks(viewer: Viewer) -> QuerySet[Playbook]:  # noqa: ARG001 - the same for everybody
    return Playbook.objects.filter(is_current=True)


def can_view_playbook(viewer: Viewer, playbook: Playbook) -> bool:  # noqa: ARG001
    return playbook.is_current


def can_publish_playbooks(viewer: Viewer) -> bool:
    return viewer.holds(Role.OPERATOR)
