"""The demonstration network starts with the playbooks that ship with the platform."""

from datetime import datetime

from django.conf import settings

from lecen.domains.library import exchange, services
from lecen.kernel.viewer import SYSTEM


def load(*, at: datetime) -> None:  # noqa: ARG001 - the same on every day
    for path in exchange.playbook_files(settings.CONTENT_DIR):
        services.publish_playbook(by=SYSTEM, content=exchange.read_playbook(path))
