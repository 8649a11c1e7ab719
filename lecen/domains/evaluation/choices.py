"""Enumerations of the evaluation area."""

from enum import StrEnum


class Stage(StrEnum):
    """How far an event has come, as its report sees it."""

    DRAFT = "draft"
    AHEAD = "ahead"
    CANCELED = "canceled"
    OVER = "over"


class Known(StrEnum):
    """What may be said about a number of people."""

    ABSENT = "absent"  # nobody asked, or nobody counted
    PENDING = "pending"  # answers still come in, none are released
    FEW = "few"  # fewer than 10, zero included
    SHOWN = "shown"
