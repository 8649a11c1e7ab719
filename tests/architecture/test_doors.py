"""Another area is entered through its doors; its models are for foreign keys and for the reads and writes around them."""

from tests.architecture.reading import Module, modules

DOORS = {"services", "queries", "rules", "choices", "changes"}
# Layers that join another area's rows to their own. Pages, forms and the rest receive objects and never fetch them.
KNOW_MODELS = {"models", "rules", "queries", "services"}


def forced_doors(module: Module) -> list[str]:
    """Imports by which `module` enters another area otherwise than by a door."""
    faults = []
    for line, imported in module.imports():
        parts = imported.split(".")
        if parts[:2] != ["lecen", "domains"] or module.area in (None, *parts[2:3]):
            continue
        door = parts[3] if len(parts) > 3 else ""
        if door not in DOORS and not (door == "models" and module.layer in KNOW_MODELS):
            faults.append(f"{module.name}:{line} enters {imported}")
    return faults


def test_areas_enter_each_other_by_their_doors():
    assert [fault for module in modules() for fault in forced_doors(module)] == []


def test_a_view_that_enters_by_a_window_is_found():
    code = """
from lecen.domains.agencies import services
from lecen.domains.agencies.forms import AgencyForm
from ...agencies.models import Agency
import lecen.domains.agencies.views
from lecen.domains import agencies
from lecen.domains.engagement import forms
"""
    assert forced_doors(Module("lecen.domains.engagement.views.events", code)) == [
        "lecen.domains.engagement.views.events:3 enters lecen.domains.agencies.forms.AgencyForm",
        "lecen.domains.engagement.views.events:4 enters lecen.domains.agencies.models.Agency",
        "lecen.domains.engagement.views.events:5 enters lecen.domains.agencies.views",
        "lecen.domains.engagement.views.events:6 enters lecen.domains.agencies",
    ]


def test_a_query_may_join_the_models_of_an_earlier_area():
    assert (
        forced_doors(Module("lecen.domains.engagement.queries", "from lecen.domains.agencies.models import Agency"))
        == []
    )
