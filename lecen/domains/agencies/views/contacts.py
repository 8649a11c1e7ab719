"""Duty contacts as pages show them: languages by name, and in words how long ago somebody confirmed them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lecen.domains.agencies.choices import language_names
from lecen.domains.agencies.logic import needs_confirmation, say_confirmed
from lecen.domains.agencies.models import Neighborhood, NeighborhoodAssignment


@dataclass(frozen=True)
class ShownContact:
    assignment: NeighborhoodAssignment
    languages: tuple[str, ...]
    confirmed: str
    is_old: bool


@dataclass(frozen=True)
class Served:
    """A neighborhood and who serves it."""

    neighborhood: Neighborhood
    contacts: tuple[ShownContact, ...]


def serving(neighborhoods: Iterable[Neighborhood], today: date) -> list[Served]:
    """`neighborhoods`, whose query fetched their `contacts`, for a page shown on `today`."""
    return [
        Served(area, tuple(_shown(contact, today) for contact in area.contacts))  # type: ignore[attr-defined]
        for area in neighborhoods
    ]


def _shown(contact: NeighborhoodAssignment, today: date) -> ShownContact:
    return ShownContact(
        assignment=contact,
        languages=tuple(language_names(contact.languages)),
        confirmed=say_confirmed(contact.last_confirmed_on, today),
        is_old=needs_confirmation(contact.last_confirmed_on, today),
    )
