"""Writes of the surveys area: instruments, collectors, answers, results."""

from lecen.domains.surveys.services.collectors import (
    close_collector,
    close_ended_collectors,
    open_collector,
    reschedule_collector,
)
from lecen.domains.surveys.services.demonstration import answer_as_demonstration
from lecen.domains.surveys.services.instruments import load_instruments
from lecen.domains.surveys.services.responses import record_response, save_for_later
from lecen.domains.surveys.services.results import release_results

__all__ = [
    "answer_as_demonstration",
    "close_collector",
    "close_ended_collectors",
    "load_instruments",
    "open_collector",
    "record_response",
    "release_results",
    "reschedule_collector",
    "save_for_later",
]
