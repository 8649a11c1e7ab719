"""The demonstration network's instruments. Collectors belong to events, whose area opens and answers them."""

from datetime import datetime

from lecen.domains.surveys import services
from lecen.kernel.viewer import SYSTEM


def load(*, at: datetime) -> None:
    services.load_instruments(by=SYSTEM, at=at)
