"""The two ways in which the platform says no. Views and the API turn them into answers."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818  a sentence for a person, not a fault of the program
    """What was asked cannot be done; `message` tells a person why and what to do, `field` names the input."""

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowed(Exception):  # noqa: N818  an answer, not a fault of the program
    """The viewer sees the subject and may not do this to it."""
