import pytest
from django.test import RequestFactory

from lecen.kernel import panels
from lecen.kernel.panels import Panel, Placement, placed_panels
from lecen.kernel.viewer import ANONYMOUS

PAGES = {"porch": (Placement("tea.fails"), Placement("tea.silent"), Placement("tea.speaks", "half"))}


def fails(viewer, subject):
    raise RuntimeError("no tea")


@pytest.fixture
def porch(settings, monkeypatch):
    settings.LECEN_PAGES = "tests.kernel.test_panels.PAGES"
    functions = {
        "tea.fails": fails,
        "tea.silent": lambda viewer, subject: None,
        "tea.speaks": lambda viewer, subject: Panel("_messages.html", {"messages": [subject]}),
    }
    monkeypatch.setattr(panels, "panel_functions", lambda: functions)


def test_panel_that_fails_is_logged_and_left_out_and_the_page_stands(porch, caplog):
    request = RequestFactory().get("/")
    placed = placed_panels(page="porch", viewer=ANONYMOUS, subject="Tea is ready", request=request)

    assert [(panel.name, panel.size) for panel in placed] == [("tea.speaks", "half")]
    assert "Tea is ready" in placed[0].html
    assert "Panel tea.fails failed on page porch" in caplog.text
