"""A small playbook, as a file would say it."""

from copy import deepcopy
from typing import Any

import pytest

from lecen.domains.library import services
from lecen.domains.library.models import Playbook
from lecen.kernel.viewer import SYSTEM


def both(english: str) -> dict[str, str]:
    return {"en": english, "es": f"{english} (es)"}


def evidence(outcome: str, strength: str, direction: str) -> dict[str, Any]:
    return {
        "outcome": both(outcome),
        "strength": strength,
        "direction": direction,
        "summary": both("What was found."),
        "citation": "Somebody (2020). A study.",
        "verified": True,
    }


CONTENT: dict[str, Any] = {
    "id": "park-day",
    "version": 1,
    "name": both("Park day"),
    "summary": both("Neighbors and officers clean a park. It takes four weeks."),
    "purpose": both("To work side by side."),
    "kind": "social",
    "lead_time_days": 28,
    "duration_minutes": 90,
    "sessions": 1,
    "audience": both("Neighbors."),
    "good_for": ["first-event", "families"],
    "roles": [{"key": "lead", "name": both("Lead"), "does": both("Holds the plan."), "count": 1}],
    "tasks": [
        {"key": "place", "days": -28, "role": "lead", "title": both("Find a place"), "detail": both("A park.")},
        {"key": "day", "days": 0, "role": "lead", "title": both("Open the gate"), "detail": both("Early.")},
        {"key": "thanks", "days": 3, "role": "lead", "title": both("Say thanks"), "detail": both("To all.")},
    ],
    "partners": [{"key": "school", "name": both("A school"), "why": both("It is near.")}],
    "safeguards": [{"key": "photos", "text": both("Photos only with consent.")}],
    "contact_conditions": {
        condition: {"rating": "strong", "plan": both("A plan."), "hint": both("A hint.")}
        for condition in ("equal_status", "common_goal", "cooperation", "institutional_support")
    },
    "materials": [both("Gloves")],
    "agenda": [{"minutes": 30, "text": both("Welcome")}, {"minutes": 60, "text": both("Work")}],
    "measures": [both("How many came")],
    "evidence": [
        evidence("Harm done", "A", "harm"),
        evidence("Trust", "C", "favors"),
        evidence("Crime", "A", "no_effect"),
        evidence("Satisfaction", "B", "favors"),
    ],
    "limits": both("One day changes little."),
}


@pytest.fixture
def content() -> dict[str, Any]:
    return deepcopy(CONTENT)


@pytest.fixture
def playbook(db, content) -> Playbook:
    services.publish_playbook(by=SYSTEM, content=content)
    return Playbook.objects.get(slug="park-day")
